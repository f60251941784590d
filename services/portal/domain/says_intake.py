"""How the timeline reads out what intake tells: how a proposal came in, and what became of it."""

from services.portal.domain.rows import Facts
from services.portal.domain.saying import Line, Names, Saying
from services.portal.domain.words import KINDS, word


def _submitted(parts: Facts, name: Names) -> Saying:
    how_many = len(parts["proposers"])
    return Saying(f"提交提案（{word(KINDS, parts['kind'])}，提案人{how_many}名）")


def _accepted(parts: Facts, name: Names) -> Saying:
    return Saying(f"审查立案，编为第{parts['number']}号", tone="milestone")


def _declined(parts: Facts, name: Names) -> Saying:
    return Saying("审查不予立案", parts["reason"], "milestone")


def _merged(parts: Facts, name: Names) -> Saying:
    return Saying(f"并案办理：共{len(parts['members'])}件，分别答复", parts["why"])


def _designated_key(parts: Facts, name: Names) -> Saying:
    by = name(parts["supervised_by"])
    return Saying(f"列为重点提案，{parts['leader']}领办，{by}督办", tone="milestone")


LINES: dict[str, Line] = {
    "huiban.intake.ProposalSubmitted.v1": Line(_submitted, keeps=("kind", "proposers")),
    "huiban.intake.ProposalAccepted.v1": Line(_accepted, keeps=("number",)),
    "huiban.intake.ProposalDeclined.v1": Line(_declined, keeps=("reason",)),
    "huiban.intake.ProposalsMerged.v1": Line(_merged, keeps=("main", "members", "why")),
    "huiban.intake.ProposalDesignatedKey.v1": Line(
        _designated_key, keeps=("leader", "supervised_by")
    ),
}
