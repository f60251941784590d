"""How fast and how large, beside the raw limits of the same machine in the same run."""
