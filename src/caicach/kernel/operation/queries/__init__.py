"""Reads for the pages of operation, each by a constant number of SQL queries."""
