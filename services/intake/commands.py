"""What a command to intake has to say, word by word."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.commanding import Command, Plain

Words = Annotated[Plain, StringConstraints(max_length=500)]
Name = Annotated[Plain, StringConstraints(min_length=1, max_length=100)]
Why = Annotated[Plain, StringConstraints(min_length=1, max_length=2000)]
# The rule set says how long a text may be; beyond this, no rule could mean it.
Text = Annotated[Plain, StringConstraints(max_length=100_000)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[Plain, StringConstraints(min_length=1, max_length=255)]
KindWord = Literal["single", "joint", "collective"]
PutBy = Literal["member", "party", "body", "committee", "sector", "group"]


class NamedProposer(Command):
    """Someone who puts the proposal, by name; with the person's id if they sign in here."""

    name: Name
    person: Name | None = None


class NamedFile(Command):
    """A file that was uploaded, under the name that it has here."""

    name: FileName
    digest: Digest


Proposers = Annotated[list[NamedProposer], Field(min_length=1, max_length=500)]
Units = Annotated[list[Name], Field(max_length=50)]
Files = Annotated[list[NamedFile], Field(max_length=50)]


class SubmitProposal(Command):
    """A proposal as it is handed in. With an id of your own you can safely send it again."""

    proposal_id: UUID | None = None
    year: int = Field(ge=1949, le=9999)
    title: Words
    text: Text
    kind: KindWord
    proposers: Proposers
    put_by: PutBy = "member"
    body: Name | None = None
    convenor: Name | None = None
    sealed: bool = False
    category: Name | None = None
    suggested_units: Units = Field(default=[])
    wants_publication: bool = True
    attachments: Files = Field(default=[])
    origin: Literal["real", "composed"] = "real"
    source: Words | None = None


class WriteDraft(Command):
    """A draft: everything may still be missing. ``joint`` are the proposers besides its writer."""

    title: Words = ""
    text: Text = ""
    kind: KindWord = "single"
    put_by: PutBy = "member"
    body: Name | None = None
    convenor: Name | None = None
    sealed: bool = False
    joint: list[NamedProposer] = Field(default=[], max_length=500)
    category: Name | None = None
    suggested_units: Units = Field(default=[])
    wants_publication: bool = True
    attachments: Files = Field(default=[])


class OpenDraft(WriteDraft):
    """A new draft; the proposal will have its id."""

    draft_id: UUID | None = None


class SaveDraft(WriteDraft):
    """The next version of a draft, made from the one that is named."""

    version: int = Field(ge=1, le=1_000_000)


class SubmitDraft(Command):
    """Hand a draft in; where its words come from, if not from its writer."""

    origin: Literal["real", "composed"] = "real"
    source: Words | None = None


class DeclineToSign(Command):
    """Rather not; why, if one likes."""

    why: Words = ""


class CategoriseProposal(Command):
    """Put it into a category."""

    category: Name


class AdviseOnProposal(Command):
    """What a group of the committee thinks should become of it."""

    review_group: Name | None = None
    advice: Literal["accept", "decline", "turn", "send_back", "merge"]
    why: Why


class AcceptProposal(Command):
    """File it; without a number it gets the next free one of its year.

    Filing it confirms that it treats one matter; say ``one_matter: false`` to be told what to do.
    """

    number: str | None = Field(default=None, max_length=20)
    one_matter: bool = True
    category: Name | None = None


class DeclineProposal(Command):
    """Do not file it, for one of the rule set's reasons."""

    reason_code: Name


class TurnProposal(Command):
    """Pass it on in another way, one of the rule set's, such as 社情民意."""

    into: Name
    why: Why


class SendBack(Command):
    """Ask for a revision: what is to be changed."""

    why: Why


class ReviseProposal(Command):
    """The proposal as it is handed in again, whole."""

    title: Words
    text: Text
    suggested_units: Units = Field(default=[])
    wants_publication: bool = True
    attachments: Files = Field(default=[])


class WithdrawProposal(Command):
    """Take it back: why."""

    why: Why


class DesignateKey(Command):
    """Make it a key proposal: who leads its handling, which body supervises it."""

    leader: Name
    supervised_by: Name


class TakeBackKey(Command):
    """It is a key proposal no more: why."""

    why: Why


class MergeProposals(Command):
    """Handle these filed proposals as one group; the main one is among them."""

    main: UUID
    members: list[UUID] = Field(max_length=200)
    why: Why


class JoinGroup(Command):
    """More proposals for a group that stands."""

    members: list[UUID] = Field(min_length=1, max_length=200)
    why: Why


class UndoMerge(Command):
    """Separate these members, or the whole group; after the hand-over, with the clocks' policy."""

    members: list[UUID] = Field(default=[], max_length=200)
    why: Why
    policy: Literal["restart", "keep"] | None = None


class ObjectToMerge(Command):
    """An author does not want it merged: why."""

    why: Why


class RefuseObjection(Command):
    """The proposals stay merged: why."""

    why: Why


class LinkProposals(Command):
    """They have to do with one another: how."""

    other: UUID
    why: Why


class AskForSimilar(Command):
    """What somebody is writing; its own draft or proposal is not among the answers."""

    title: Words
    text: Text = ""


class JudgeSimilar(Command):
    """Whether a candidate asks the same (merge), has to do with it (link), or neither."""

    answer: Literal["merge", "link", "neither"]


class ConfirmImport(Command):
    """Take over the list with this digest: whoever confirms has seen what was checked."""

    digest: Digest
