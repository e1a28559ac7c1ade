"""Gapless register numbers."""
