"""The append-only journal and its proof."""
