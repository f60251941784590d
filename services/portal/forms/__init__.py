"""What people fill in: every act of the services as a form, and how what was filled in is read."""
