"""The pages of a whole city, found by following links, in a real browser."""
