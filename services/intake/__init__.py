"""Proposals until the committee has taken them up, merged or declined them."""
