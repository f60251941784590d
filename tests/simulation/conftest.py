"""A year begins where stories begin: the registry is filled and everybody has heard of it."""

from tests.story.conftest import template, world

__all__ = ["template", "world"]
