"""Submitting: a member, several members jointly, or a body hand in a proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.intake.domain.proposal import acting_for
from services.intake.domain.refusals import (
    AttachedTwice,
    CollectiveIsOneBody,
    CollectiveNeedsBody,
    ConvenorMissing,
    JointNeedsTwo,
    JointSignsOnline,
    NotAmongProposers,
    OnlyInSession,
    ProposerNamedTwice,
    PutByBody,
    PutByMembers,
    SealMissing,
    SingleHasOneProposer,
    TextMissing,
    TextTooLong,
    TitleMissing,
    TitleTooLong,
    TooManyAttachments,
    TooManySuggestedUnits,
    UnitSuggestedTwice,
    UnknownCategory,
    UnknownKind,
)
from shared.contracts.event import Actor, UnitCode
from shared.contracts.intake import (
    Attachment,
    ProposalKind,
    ProposalRevised,
    ProposalSubmitted,
    Proposer,
    ProposerType,
)
from shared.contracts.registry import Post, RulesPublished

BODIES: dict[ProposerType, str] = {
    ProposerType.PARTY: "党派",
    ProposerType.BODY: "人民团体",
    ProposerType.COMMITTEE: "专门委员会",
    ProposerType.SECTOR: "界别",
    ProposerType.GROUP: "委员小组",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a proposal may be. None where the rule set names no limit."""

    title: int | None = None
    text: int | None = None
    suggested_units: int | None = None
    attachments: int | None = None

    @classmethod
    def of(cls, limits: Mapping[str, int], *, attachments: int | None = None) -> "Limits":
        """The limits as the rule set names them."""
        return cls(
            title=limits.get("title"),
            text=limits.get("text"),
            suggested_units=limits.get("suggested_units"),
            attachments=attachments,
        )


@dataclass(frozen=True, slots=True)
class Form:
    """What a rule set asks of a proposal's form on a day.

    ``only_in_session`` are those who may put one while the plenary meets, ``convened`` those for
    whom a convenor signs, ``sealed`` those who put their seal to it. Joint proposers sign here,
    each themselves, where ``each_signs``.
    """

    limits: Limits = field(default=Limits())
    in_session: bool = True
    only_in_session: frozenset[ProposerType] = frozenset()
    convened: frozenset[ProposerType] = frozenset()
    sealed: frozenset[ProposerType] = frozenset()
    each_signs: bool = False
    categories: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rules: RulesPublished, *, in_session: bool) -> "Form":
        """The form that the rule set asks for."""

        def whose(what: str, value: str) -> frozenset[ProposerType]:
            chosen = {kind: rules.policies.get(f"{what}:{kind}") for kind in BODIES}
            return frozenset(kind for kind, one in chosen.items() if one and one.value == value)

        most, joint = rules.numbers.get("attachments_most"), rules.policies.get("joint_signatures")
        return cls(
            limits=Limits.of(rules.limits, attachments=most.value if most else None),
            in_session=in_session,
            only_in_session=whose("put_by", "in_session"),
            convened=whose("form", "convenor"),
            sealed=whose("form", "seal"),
            each_signs=joint is not None and joint.value == "each_signs",
            categories=frozenset(one.code for one in rules.reasons.get("categories", ())),
        )


def submit_proposal(
    submitted: ProposalSubmitted, *, form: Form, signed: bool = False
) -> ProposalSubmitted:
    """What was handed in, if it keeps to the rules of form.

    That one proposal treats one matter (一事一案) no program can check: the committee does. The
    committee may enter what was signed on paper; ``signed`` says that the joint proposers signed
    here.
    """
    proposers = _claimed(submitted.proposers, caller=submitted.by)
    _must_fit_the_kind(submitted.kind, proposers=proposers)
    _must_fit_who_puts_it(submitted, form=form)
    if (
        submitted.kind is ProposalKind.JOINT
        and form.each_signs
        and not signed
        and submitted.by.post == Post.PROPOSER
    ):
        raise JointSignsOnline
    must_be_of_form(submitted, form=form)
    must_be_of_category(submitted.category, form=form)
    return submitted.model_copy(update={"proposers": proposers})


def must_be_of_category(category: str | None, *, form: Form) -> None:
    """A category is one of the rule set's, where it has any."""
    if category is not None and form.categories and category not in form.categories:
        raise UnknownCategory(category=category, known="、".join(sorted(form.categories)))


def _claimed(proposers: Sequence[Proposer], *, caller: Actor) -> tuple[Proposer, ...]:
    """The proposers, the caller with their id: so they will find it among their own.

    Raises:
        NotAmongProposers: a proposer hands in what bears other names only.
    """
    if caller.post != Post.PROPOSER:
        return tuple(proposers)
    person = acting_for(caller)
    if any(one.person == person for one in proposers):
        return tuple(proposers)
    for at, one in enumerate(proposers):
        if one.person is None and one.name == caller.name:
            myself = one.model_copy(update={"person": person})
            return (*proposers[:at], myself, *proposers[at + 1 :])
    raise NotAmongProposers


def _must_fit_the_kind(kind: ProposalKind, *, proposers: Sequence[Proposer]) -> None:
    seen: set[Proposer] = set()
    for proposer in proposers:
        if proposer in seen:
            raise ProposerNamedTwice(name=proposer.name)
        seen.add(proposer)
    count = len(proposers)
    match kind:
        case ProposalKind.SINGLE:
            if count != 1:
                raise SingleHasOneProposer(count=count)
        case ProposalKind.JOINT:
            if count < 2:
                raise JointNeedsTwo(count=count)
        case ProposalKind.COLLECTIVE:
            if count != 1:
                raise CollectiveIsOneBody(count=count)
        case ProposalKind.UNKNOWN:
            raise UnknownKind


def _must_fit_who_puts_it(submitted: ProposalSubmitted, *, form: Form) -> None:
    """Members put single and joint proposals; what a body puts bears its name and its sign."""
    put_by = submitted.put_by
    if submitted.kind is not ProposalKind.COLLECTIVE:
        if put_by is not ProposerType.MEMBER:
            raise PutByMembers
        return
    if put_by not in BODIES:
        raise PutByBody
    if not (submitted.body or "").strip():
        raise CollectiveNeedsBody
    if put_by in form.only_in_session and not form.in_session:
        raise OnlyInSession(who=BODIES[put_by])
    if put_by in form.convened and not (submitted.convenor or "").strip():
        raise ConvenorMissing(who=BODIES[put_by])
    if put_by in form.sealed and not submitted.sealed:
        raise SealMissing(who=BODIES[put_by])


def must_be_of_form(written: ProposalSubmitted | ProposalRevised, *, form: Form) -> None:
    """Title, text, suggested units and attachments keep within the limits."""
    _must_be_written_within(form.limits, title=written.title, text=written.text)
    _must_suggest_within(form.limits, units=written.suggested_units)
    _must_attach_within(form.limits, attachments=written.attachments)


def _must_be_written_within(limits: Limits, *, title: str, text: str) -> None:
    if not title.strip():
        raise TitleMissing
    if not text.strip():
        raise TextMissing
    if limits.title is not None and len(title) > limits.title:
        raise TitleTooLong(count=len(title), limit=limits.title)
    if limits.text is not None and len(text) > limits.text:
        raise TextTooLong(count=len(text), limit=limits.text)


def _must_suggest_within(limits: Limits, *, units: Sequence[UnitCode]) -> None:
    if limits.suggested_units is not None and len(units) > limits.suggested_units:
        raise TooManySuggestedUnits(count=len(units), limit=limits.suggested_units)
    if len(set(units)) < len(units):
        raise UnitSuggestedTwice


def _must_attach_within(limits: Limits, *, attachments: Sequence[Attachment]) -> None:
    if limits.attachments is not None and len(attachments) > limits.attachments:
        raise TooManyAttachments(count=len(attachments), limit=limits.attachments)
    if len({one.digest for one in attachments}) < len(attachments):
        raise AttachedTwice
