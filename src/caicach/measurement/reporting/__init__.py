"""Periodic reports drafted from the records."""
