"""Traditional letters of Simplified ones, as they are written in Hong Kong."""

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("s2hk")


def traditional(text: str) -> str:
    """The same text in traditional letters."""
    converted: str = _converter().convert(text)
    return converted
