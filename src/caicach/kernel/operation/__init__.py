"""Pages and commands over the kernel's lowest rooms."""
