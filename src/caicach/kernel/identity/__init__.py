"""Accounts, the bare tree of units, roles held in them."""
