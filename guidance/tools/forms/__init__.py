"""What the tools ask. Every form is sent by GET, so that its answer is an address."""
