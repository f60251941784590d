"""Every SQL statement of the portal: what folded events write, and what pages read."""
