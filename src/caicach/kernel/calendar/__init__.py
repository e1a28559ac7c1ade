"""Working time of Việt Nam, the clock, values by day."""
