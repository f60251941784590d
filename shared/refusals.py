"""How our rules say no: a sentence for people, a stable code for programs.

::

    Refusal             409  the office's rules forbid it as things stand
    ├── Unknown         404  there is no such thing
    ├── NotYours        403  somebody may, but not this caller
    └── Malformed       422  the words or figures given make no sense
"""

import re
from typing import ClassVar


class Refusal(Exception):
    """A "no". The docstring of each subclass is the sentence that the user reads.

    Its ``{placeholders}`` are filled from the keyword arguments; the class name, in kebab case,
    is the stable code.
    """

    status: ClassVar[int] = 409

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The refusal as a person reads it."""
        return " ".join((type(self).__doc__ or "").split()).format(**self.facts)

    @classmethod
    def code(cls) -> str:
        """The refusal as a program knows it: ``TooLateToReturn`` is ``too-late-to-return``."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", cls.__name__).lower()


class Unknown(Refusal):
    """没有找到{what}“{id}”。"""

    status = 404


class NotYours(Refusal):
    """您无权办理此事。"""

    status = 403


class Malformed(Refusal):
    """填写的内容有误：{why}。"""

    status = 422
