"""What the ledger's filters ask, as conditions of statements: the same ones lead to its rows and
to every figure that is counted of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.portal.domain.ledger import UNCATEGORISED, Filters
from services.portal.domain.terms import asked_of, plain
from services.portal.store.rows import UNIT_DUTIES, horizon, near_until
from services.portal.store.seeing import Seen
from shared.contracts.event import UnitCode
from shared.nearness import Horizon

# What a unit has to do with a proposal now: a merged one is handled in its main one, and whoever
# was handed work down has a part of their own.
IS_PART = (
    "tasks.proposal_id = coalesce(proposals.merged_into, proposals.proposal_id)"
    " AND tasks.ended_on IS NULL AND tasks.role IS NOT NULL"
)
# The answer that a part owes: a co-handler its opinion, others their first reply, one to each
# proposal of a group.
FIRST = (
    "replies AS first ON first.proposal_id = proposals.proposal_id"
    " AND first.unit = tasks.unit AND first.round = 1 AND tasks.role <> 'co_handle'"
)
GIVEN_ON = "CASE tasks.role WHEN 'co_handle' THEN tasks.answered_on ELSE first.issued_on END"
DAYS_LATE = "CASE tasks.role WHEN 'co_handle' THEN tasks.days_late ELSE first.days_late END"
OWES = "tasks.parent IS NULL AND tasks.role IN ('lead', 'split', 'co_handle')"
TIMELY = {
    "on_time": f"{OWES} AND {GIVEN_ON} IS NOT NULL AND coalesce({DAYS_LATE}, 0) = 0",
    "late": f"{OWES} AND {GIVEN_ON} IS NOT NULL AND {DAYS_LATE} > 0",
    "waiting": f"{OWES} AND {GIVEN_ON} IS NULL",
}
# Where alone such a part can be: indexes know these few, the conditions above they do not. What was
# merged has its parts in its main proposal, and of its own answers these say nothing.
TIMELY_AMONG = {
    "late": (
        "SELECT proposal_id FROM replies WHERE days_late > 0"
        " UNION ALL SELECT proposal_id FROM tasks WHERE days_late > 0"
        " UNION ALL SELECT proposal_id FROM proposals"
        " WHERE merged_into IN (SELECT proposal_id FROM tasks WHERE days_late > 0)"
    ),
    "waiting": (
        "SELECT proposal_id FROM tasks WHERE parent IS NULL AND ended_on IS NULL"
        " AND coalesce(answered_on, 'infinity') = 'infinity'"
        " UNION ALL SELECT proposal_id FROM proposals WHERE merged_into IS NOT NULL"
    ),
}
# The day on which a proposal was handed over: a merged one with its main one, if not by itself.
HANDED_ON = (
    "coalesce(proposals.assigned_on, (SELECT main.assigned_on FROM proposals AS main"
    " WHERE main.proposal_id = proposals.merged_into))"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks on a day. ``within`` has the units of the district that is named."""

    filters: Filters
    near: Horizon
    seen: Seen
    within: Collection[UnitCode] = ()

    @property
    def units(self) -> Collection[str] | None:
        """The units of whose duties is spoken; None where it is of any."""
        if self.filters.unit:
            return (self.filters.unit,)
        return self.within if self.filters.district else None


class Conditions:
    """A question as conditions of one statement, on ``proposals``, ``tasks``, ``replies``,
    ``ratings`` and ``open_clocks``. They are fixed texts; ``given`` are the values that they take.
    ``year`` is what stands for the year in a statement that goes from one to the next.
    """

    def __init__(self, question: Question, *, year: str = "") -> None:
        self.filters, self.near, self.seen = question.filters, question.near, question.seen
        self.within = question.within
        self._year = year
        self.given: list[Any] = [*self.seen.given]

    def value(self, one: Any) -> str:
        """A value's place in the statement."""
        self.given.append(one)
        return f"${len(self.given)}"

    def proposals(self) -> str:
        """Which proposals the reader may see and the filters leave."""
        first, *others = self.ways()
        if not others:
            return first
        each = " UNION ".join(
            f"SELECT proposals.proposal_id FROM proposals WHERE {way}"  # noqa: S608
            for way in (first, *others)
        )
        return f"proposals.proposal_id IN ({each})"

    def ways(self) -> list[str]:
        """The same as conditions that indexes know: of each way a proposal is found, or of several.

        A number that is looked for is the proposal's own, or stands in its text. Asked with an
        "or", the planner would try every proposal in turn.
        """
        chosen, year = self._chosen()
        found: list[str] = []
        for word in plain(self.filters.q).split():
            in_text, as_number = self._mentions(word, year=year), self._numbered(word, year=year)
            if not as_number:
                chosen.append(in_text)
            elif not found:
                found = [as_number, in_text]
            else:
                chosen.append(f"({as_number} OR {in_text})")
        return [" AND ".join([*chosen, *([way] if way else [])]) for way in found or [""]]

    def _chosen(self) -> tuple[list[str], str]:
        """What was chosen but for the words, and what stands for the year."""
        filters = self.filters
        said = ["proposals.year IS NOT NULL", self.seen.rows("proposals", 1)]
        for column in ("state", "kind", "origin"):
            if chosen := getattr(filters, column):
                said.append(f"proposals.{column} = {self.value(chosen)}")
        if filters.category == UNCATEGORISED:
            said.append("proposals.category IS NULL")
        elif filters.category:
            said.append(f"proposals.category = {self.value(filters.category)}")
        year = self.value(int(filters.year)) if filters.year else self._year
        if year:
            said.append(f"proposals.year = {year}")
        if filters.key:
            said.append(f"proposals.is_key IS {'' if filters.key == 'yes' else 'NOT '}TRUE")
        if filters.merged:
            said.append(f"proposals.merged_into IS {'NOT ' if filters.merged == 'yes' else ''}NULL")
        if filters.handed:
            said.append(self._in_month(HANDED_ON, filters.handed))
        if filters.unit:
            said.append(f"proposals.units @> ARRAY[{self.value(filters.unit)}::text]")
        if filters.district:
            said.append(f"proposals.units && {self.value(list(self.within))}::text[]")
        if filters.unit or filters.role or filters.district or filters.timely:
            said.append(
                f"EXISTS (SELECT FROM tasks{f' LEFT JOIN {FIRST}' if filters.timely else ''}"
                f" WHERE {IS_PART} AND {self.parts()})"
            )
        if few := TIMELY_AMONG.get(filters.timely):
            said.append(f"proposals.proposal_id IN ({few})")
        if filters.rating or filters.process:
            said.append(
                "EXISTS (SELECT FROM ratings JOIN replies USING (proposal_id, reply_id)"
                f" WHERE replies.proposal_id = proposals.proposal_id AND {self.forms()})"
            )
        elif filters.result_class or filters.replied:
            said.append(
                "EXISTS (SELECT FROM replies"
                f" WHERE replies.proposal_id = proposals.proposal_id AND {self.replies()})"
            )
        if filters.light:
            said.append(self._lit())
        return said, year

    def parts(self, *, of_all: bool = False) -> str:
        """Which of a proposal's parts the filters speak of.

        What a unit was handed down is its part too where it is looked at by itself, or ``of_all``
        units each by itself.
        """
        filters = self.filters
        said = [] if (filters.unit or of_all) else ["tasks.parent IS NULL"]
        said += self._of_unit("tasks.unit")
        if filters.role:
            said.append(f"tasks.role = {self.value(filters.role)}")
        if filters.timely:
            said.append(TIMELY[filters.timely])
        return " AND ".join(said) or "true"

    def replies(self) -> str:
        """Which of a proposal's replies the filters speak of; what was sent back is none."""
        filters = self.filters
        said = ["replies.void_on IS NULL", *self._of_unit("replies.unit")]
        if filters.result_class:
            said.append(f"replies.result_class = {self.value(filters.result_class)}")
        if filters.replied:
            said.append(self._in_month("replies.issued_on", filters.replied))
        if filters.role:
            said.append(
                f"EXISTS (SELECT FROM tasks WHERE {IS_PART} AND tasks.parent IS NULL"
                f" AND tasks.unit = replies.unit AND tasks.role = {self.value(filters.role)})"
            )
        return " AND ".join(said)

    def forms(self) -> str:
        """Which ratings of these replies the filters speak of, of those that the reader may see."""
        said = [self.replies(), self.seen.ratings("ratings", 1)]
        for about, chosen in (("result", self.filters.rating), ("process", self.filters.process)):
            if chosen:
                said.append(f"ratings.{about} = {self.value(chosen)}")
        return " AND ".join(said)

    def owed(self) -> str:
        """Which open clocks the filters speak of."""
        duties = f"open_clocks.kind = ANY({self.value(UNIT_DUTIES)})"
        return " AND ".join([duties, *self._of_unit("open_clocks.unit")])

    def light(self) -> str:
        """The light of some open clocks of ``owed``, the worst of them: an aggregate."""
        day, until = self.value(self.near.on), self._near_until()
        return (
            f"CASE WHEN bool_or(due_on < {day}) THEN 'red'"
            f" WHEN bool_or(due_on <= {until}) THEN 'yellow' ELSE 'green' END"
        )

    def _lit(self) -> str:
        owed, day = self.owed(), self.value(self.near.on)
        shows, nothing_worse = f"due_on < {day}", "false"
        if self.filters.light != "red":
            red, lit = shows, f"due_on <= {self._near_until()}"
            if self.filters.light == "yellow":
                # No due date after the latest is near: so the index knows where to end.
                latest = self.value(self.near.latest)
                shows = f"due_on BETWEEN {day} AND {latest} AND {lit}"
                nothing_worse = red
            else:
                shows, nothing_worse = f"due_on >= {day} AND NOT {lit}", f"({red} OR {lit})"
        return (
            "proposals.proposal_id IN (SELECT open_clocks.proposal_id"  # noqa: S608
            f" FROM open_clocks WHERE {owed} AND {shows})"
            f" AND NOT EXISTS (SELECT FROM open_clocks WHERE {owed}"
            f" AND open_clocks.proposal_id = proposals.proposal_id AND {nothing_worse})"
        )

    def _near_until(self) -> str:
        until = near_until("clock", len(self.given) + 1)
        self.given.append(horizon(self.near))
        return until

    def _of_unit(self, column: str) -> list[str]:
        said = []
        if self.filters.unit:
            said.append(f"{column} = {self.value(self.filters.unit)}")
        if self.filters.district:
            said.append(f"{column} = ANY({self.value(list(self.within))})")
        return said

    def _in_month(self, column: str, month: str) -> str:
        first = self.value(date.fromisoformat(f"{month}-01"))
        return f"({column} >= {first} AND {column} < {first} + interval '1 month')"

    def _mentions(self, word: str, *, year: str) -> str:
        """That a proposal's title, proposers or text hold a word."""
        terms = asked_of(word)
        looked_up = (
            "SELECT texts.proposal_id FROM texts"  # noqa: S608
            f" WHERE terms @> {self.value(terms)}::text[]"
        )
        if terms != [word]:  # otherwise the term is the word, and has found it
            looked_up += f" AND strpos(words, {self.value(word)}) > 0"
        if year:
            looked_up += f" AND ARRAY[texts.year] @> ARRAY[{year}]"
        return f"proposals.proposal_id IN ({looked_up})"

    def _numbered(self, word: str, *, year: str) -> str:
        """That a proposal's number begins like this; nothing if the word is no number."""
        if not word.isdecimal():
            return ""
        # In a year there is an order of the numbers; among all an index of these alone.
        number = "coalesce(proposals.number, '~')" if year else "proposals.number"
        return f"({number} >= {self.value(word)} AND {number} < {self.value(word + ':')})"
