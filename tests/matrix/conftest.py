"""The matrix is asked on the stories' city: Shenzhen's units, calendar and rules."""

from tests.story.conftest import template, world

__all__ = ["template", "world"]
