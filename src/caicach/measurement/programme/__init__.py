"""The reform plan: read, approved, assigned, followed."""
