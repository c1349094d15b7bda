"""What people type into documents and about them."""
