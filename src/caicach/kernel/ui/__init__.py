"""The design system: tokens, shell, components."""
