"""Watches every clock, reminds, and lifts matters to the city."""
