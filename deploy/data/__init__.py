"""What is made once and committed: data that the services start with."""
