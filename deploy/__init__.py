"""What starts, operates and shows the system."""
