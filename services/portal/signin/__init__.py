"""Who comes in: accounts, second factors, sessions, and the trail that they leave."""
