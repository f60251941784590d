"""Shows everything, decides nothing."""
