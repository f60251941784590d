"""What the office decides when it hands proposals over. No I/O, no clock, no framework."""
