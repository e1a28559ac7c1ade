"""What the units of the tree are and how they are named."""
