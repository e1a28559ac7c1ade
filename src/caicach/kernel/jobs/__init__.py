"""Background work and the delivery of events."""
