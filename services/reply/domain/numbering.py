"""Numbering: each unit's letters of a series and year, one after another (文号)."""

from dataclasses import dataclass

from shared.contracts.registry import RulesPublished

# What a letter is called where the rule set has no series of that name.
PATTERNS = {"reply": "{unit}函〔{year}〕{n}号", "opinion": "{unit}会函〔{year}〕{n}号"}


@dataclass(frozen=True, slots=True)
class LetterBook:
    """A unit's register of letters of one series and year; ``last`` is the last number given."""

    short_name: str
    year: int
    last: int
    pattern: str = PATTERNS["reply"]

    def number(self, nth: int) -> str:
        """The document number of the nth letter from here."""
        return self.pattern.format(unit=self.short_name, year=self.year, n=self.last + nth)


def pattern_of(series: str, *, rules: RulesPublished) -> str:
    """How the numbers of a series are written; where the rules do not say, as they always were."""
    known = rules.series.get(series)
    return known.pattern if known is not None else PATTERNS[series]
