"""caicach: the open platform for public administration reform."""

__version__ = "0.1.0"
