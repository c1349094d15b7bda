"""What the templates of documents need, made ready: the templates only loop."""
