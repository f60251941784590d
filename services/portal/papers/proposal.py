"""How a paper speaks of a proposal, of those who put it, and of those who can be asked about it."""

from dataclasses import dataclass
from datetime import date

from services.portal.domain.cases import day_text
from services.portal.papers.wording import named_together


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as papers name it; ``session`` is as written: 市政协七届四次会议."""

    number: str
    title: str
    session: str
    proposers: tuple[str, ...]
    is_collective: bool = False

    @property
    def named(self) -> str:
        """The name that titles use: 市政协七届四次会议第20240080号提案."""
        return f"{self.session}第{self.number}号提案"

    @property
    def cited(self) -> str:
        """The name that texts use: 《关于……的提案》（第20240080号）."""
        return f"《{self.title}》（第{self.number}号）"

    @property
    def put_by(self) -> str:
        """Who put it: 王志毅、李喆委员, 王志毅等6位委员, or a body's name."""
        if self.is_collective:
            return named_together(self.proposers)
        names = named_together(self.proposers)
        return names if names.endswith("委员") else f"{names}委员"

    @property
    def you(self) -> str:
        """How a letter speaks to them."""
        if self.is_collective:
            return "贵单位"
        return "您" if len(self.proposers) == 1 and "等" not in self.proposers[0] else "你们"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a reader may call about a paper."""

    name: str
    phone: str = ""

    @property
    def remark(self) -> str:
        """What stands in the brackets behind the date."""
        return f"联系人：{self.name}" + (f"，联系电话：{self.phone}" if self.phone else "")


def by_day(day: date | None, *, otherwise: str = "") -> str:
    """A day as forms and lists write it; the other text where there is none."""
    return day_text(day) if day else otherwise


def remark_of(contact: Contact | None) -> str:
    """The remark of a paper with somebody to call, else nothing."""
    return contact.remark if contact else ""
