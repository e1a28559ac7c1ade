"""One list and one grid for every room."""
