"""Six services of one shape; none knows another."""
