"""Who handles a proposal in which role, and whether they took it on."""
