"""Each letter of a case as a paper: its kind says who composes it."""

from typing import assert_never

from services.portal.papers.kinds import Kind
from services.portal.papers.letters_of_assignment import (
    extension_decision_letter,
    extension_wish_letter,
    hand_over_letter,
    return_letter,
)
from services.portal.papers.letters_of_escalation import (
    minutes_letter,
    reminder_letter,
    supervision_letter,
)
from services.portal.papers.letters_of_reply import (
    disclosure_letter,
    opinion_form_letter,
    opinion_letter,
    reply_letter,
    second_reply_letter,
)
from services.portal.papers.of_case import Case, Letter
from services.portal.papers.paper import Paper


def composed(case: Case, letter: Letter, *, text: str | None = None) -> Paper:
    """A letter, printed. ``text`` are the words of a reply, which no act carries."""
    match letter.kind:
        case Kind.HAND_OVER:
            return hand_over_letter(case, letter)
        case Kind.RETURN:
            return return_letter(case, letter)
        case Kind.EXTENSION_WISH:
            return extension_wish_letter(case, letter)
        case Kind.EXTENSION_DECISION:
            return extension_decision_letter(case, letter)
        case Kind.OPINION:
            return opinion_letter(case, letter)
        case Kind.REPLY:
            return reply_letter(case, letter, text=text)
        case Kind.SECOND_REPLY:
            return second_reply_letter(case, letter)
        case Kind.OPINION_FORM:
            return opinion_form_letter(case, letter)
        case Kind.DISCLOSURE:
            return disclosure_letter(case, letter)
        case Kind.REMINDER:
            return reminder_letter(case, letter)
        case Kind.SUPERVISION:
            return supervision_letter(case, letter)
        case Kind.MINUTES | Kind.MEETING_MINUTES:
            return minutes_letter(case, letter)
        case _:
            assert_never(letter.kind)
