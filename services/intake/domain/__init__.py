"""What the committee decides of a proposal before anybody handles it."""
