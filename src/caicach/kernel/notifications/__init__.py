"""Notices to people, in page and by mail."""
