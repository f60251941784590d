"""Every SQL statement of sign-in, in a schema of its own: ``signin``."""
