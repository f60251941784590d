"""The kernel that all services share: the published language, and how to tell, hear and answer."""
