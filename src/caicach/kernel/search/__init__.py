"""Folding of Vietnamese text and the one search box."""
