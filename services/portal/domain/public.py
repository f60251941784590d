"""What the public is told: a few plain words of progress, and what was released, masked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from shared.contracts.registry import RulesPublished
from shared.refusals import Refusal

PAGE_SIZE = 20
FEED_SIZE = 50
MOST_DATA = 500
# Where a proposal stands, for everybody; what is not named here is nobody else's business yet.
PROGRESS = {
    "accepted": "已立案，等待交办",
    "merged": "与同类提案一并办理",
    "handling": "承办单位正在办理",
    "redo": "正在重新办理",
    "replied": "已答复",
    "rated": "已答复",
    "unrated": "已答复",
}
ANSWERED = "replied"
PROGRESS_POLICY, LICENCE_POLICY = "public.progress", "public.licence"
NO_LICENCE = "许可尚未规定，使用前请联系发布机关。"
FORMULA = re.compile(r"^[=+\-@\t\r]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class NoLongerPublic(Refusal):
    """这份文件曾经公开，现已撤回。"""

    status: ClassVar[int] = 410


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms the public is told: which states it may know of, and what it may do with it."""

    states: tuple[str, ...] = ()
    licence: str = NO_LICENCE


def terms_for_all(rules: RulesPublished | None) -> Terms:
    """What a place's rules let everybody see; where they say nothing, only what was released."""
    if rules is None:
        return Terms()
    progress, licence = (rules.policies.get(one) for one in (PROGRESS_POLICY, LICENCE_POLICY))
    return Terms(
        states=tuple(PROGRESS) if progress is not None and progress.value == "filed" else (),
        licence=licence.says if licence is not None else NO_LICENCE,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for among what is public."""

    q: str = ""
    year: int | None = None
    unit: str = ""
    after: str = ""


def address_of(path: str, lang: str, query: Mapping[str, Any]) -> str:
    """An address within the public pages, in the language that is being read."""
    said = {name: value for name, value in query.items() if value}
    if lang != "zh-Hans":
        said["lang"] = lang
    return f"{path}?{urlencode(said)}" if said else path


def cells(row: Iterable[object]) -> list[str]:
    """A row of a sheet; what would be reckoned as a formula stays a text."""
    texts = ("" if one is None else str(one) for one in row)
    return [f"'{one}" if FORMULA.match(one) else one for one in texts]


def printable(text: str) -> str:
    """A text without the signs that XML has no place for."""
    return UNPRINTABLE.sub("", text)
