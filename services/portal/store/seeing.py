"""Seeing: what a reader may see, as conditions of statements."""

from dataclasses import dataclass
from typing import Any

from shared.contracts.event import UnitCode
from shared.policy import Sight


@dataclass(frozen=True, slots=True)
class Seen:
    """A reader's sight. Conditions stand after ``AND``; ``given`` are the values that they take.

    ``place`` is the number of the first value in the statement; there is one, or none.
    """

    sight: Sight

    @property
    def everything(self) -> bool:
        """Whether nothing is kept from the reader."""
        return self.sight.everything

    @property
    def given(self) -> tuple[Any, ...]:
        """The values of the conditions."""
        if self.sight.everything:
            return ()
        return (self.sight.person if self._is_person else list(self.sight.units),)

    @property
    def _is_person(self) -> bool:
        return self.sight.person is not None

    def unit(self, code: UnitCode) -> bool:
        """Whether a unit's own pages are for the reader."""
        return self.sight.everything or code in self.sight.units

    def rows(self, proposals: str, place: int) -> str:
        """Rows of proposals that concern the reader's units, or were put by the reader.

        Whoever handles a group handles each of its members.
        """
        if self.sight.everything:
            return "true"
        if self._is_person:
            return (
                f"{proposals}.proposers::jsonb"
                f" @> jsonb_build_array(jsonb_build_object('person', ${place}::text))"
            )
        return f"{proposals}.units && ${place}::text[]"

    def proposals(self, column: str, place: int) -> str:
        """The same, of rows that name a proposal."""
        if self.sight.everything:
            return "true"
        theirs = self.rows("theirs", place)
        return f"{column} IN (SELECT theirs.proposal_id FROM proposals AS theirs WHERE {theirs})"  # noqa: S608

    def duties(self, proposal: str, unit: str, place: int) -> str:
        """What the reader's own units owe; of a proposer's own proposals, what anybody owes."""
        if self.sight.everything or self._is_person:
            return self.proposals(proposal, place)
        return f"{unit} = ANY(${place})"

    def ratings(self, table: str, place: int) -> str:
        """Ratings once all have spoken, or the time for it is over; before that, one's own."""
        if self.sight.everything:
            return "true"
        closed = (
            "EXISTS (SELECT FROM replies AS closed"
            f" WHERE closed.proposal_id = {table}.proposal_id"
            f" AND closed.reply_id = {table}.reply_id AND closed.closed_on IS NOT NULL)"
        )
        if not self._is_person:
            return f"(${place}::text[] IS NOT NULL AND {closed})"
        return (
            f"({closed} OR {table}.proposer IN (SELECT one->>'name'"  # noqa: S608
            " FROM proposals AS own, json_array_elements(own.proposers) AS one"
            f" WHERE own.proposal_id = {table}.proposal_id AND one->>'person' = ${place}::text))"
        )
