"""The manual: how people in each post do their work here, readable before signing in."""
