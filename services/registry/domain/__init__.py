"""What the registry decides: which units stand, who acts, which days are worked, what applies."""
