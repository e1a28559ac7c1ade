"""Content-addressed files behind an access check."""
