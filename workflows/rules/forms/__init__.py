"""What administrators type about their organisation’s own rules."""
