"""What people type about procurements."""
