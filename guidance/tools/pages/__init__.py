"""What the templates of the tools need, as values."""
