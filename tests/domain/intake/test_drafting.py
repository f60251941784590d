"""Joint proposers sign for themselves, inside a window, the words that they were shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.intake.domain.drafting import (
    Draft,
    Signature,
    Signing,
    Window,
    ask_to_sign,
    decline_to_sign,
    hand_in,
    must_be_newest,
    sign_draft,
)
from services.intake.domain.refusals import (
    DraftChangedMeanwhile,
    DraftNotJoint,
    NobodyLeftToAsk,
    NotAskedToSign,
    SignatureAnswered,
    SignaturesOpen,
    SignaturesUnasked,
    SignerUnknown,
    SigningClosed,
    WordingChanged,
)
from shared.contracts.event import PersonId, ProposalId
from shared.contracts.intake import (
    LeftOut,
    ProposalKind,
    ProposalSubmitted,
    Proposer,
    ProposerType,
)
from tests.domain.intake.desk import (
    FOR_WANG,
    LI,
    MONDAY,
    NINE,
    RULES,
    SESSION,
    WANG,
    WU,
    proposer,
)

SECOND = timedelta(seconds=1)
UNTIL = NINE + timedelta(hours=3)
IN_SESSION = Window(hours=3, session="七届四次")
DRAFT = Draft(
    ProposalId("d"),
    owner=proposer(WANG),
    version=3,
    title="关于增开社区公交的提案",
    text="建议增开。",
    kind=ProposalKind.JOINT,
    joint=(proposer(WU), proposer(LI)),
)


def asked(draft: Draft = DRAFT, **answers: str | None) -> Draft:
    """The draft after its joint proposers were asked; ``wu="signed"`` says what they answered."""
    signatures = {
        PersonId(f"p-{name}"): Signature(name, draft.wording, UNTIL, answer)  # type: ignore[arg-type]
        for name, answer in answers.items()
    }
    return replace(draft, signatures=signatures)


def handed_in(draft: Draft, *, now: datetime = NINE) -> ProposalSubmitted:
    return hand_in(draft, year=2024, session=None, review_group=None, now=now, by=WANG)


def test_the_window_is_the_rule_set_s_and_shorter_in_session() -> None:
    assert Window.of(RULES, session=SESSION) == Window(3, "七届四次")
    assert Window.of(RULES, session=None) == Window(24, None)


def test_everybody_is_asked_until_the_window_ends() -> None:
    event = ask_to_sign(DRAFT, window=IN_SESSION, now=NINE, by=WANG)

    assert event.asked == (proposer(WU), proposer(LI))
    assert (event.until, event.session, event.on) == (UNTIL, "七届四次", MONDAY)


def test_only_those_are_asked_again_who_let_it_close_or_signed_other_words() -> None:
    once = asked(wu="signed", li=None)

    with pytest.raises(NobodyLeftToAsk):
        ask_to_sign(once, window=IN_SESSION, now=UNTIL, by=WANG)
    late = ask_to_sign(once, window=IN_SESSION, now=UNTIL + SECOND, by=WANG)
    assert late.asked == (proposer(LI),)
    reworded = replace(once, text="另一种写法。")
    again = ask_to_sign(reworded, window=IN_SESSION, now=NINE, by=WANG)
    assert again.asked == (proposer(WU), proposer(LI))


def test_who_declined_is_not_asked_again() -> None:
    reworded = replace(asked(wu="declined", li="signed"), text="另一种写法。")

    event = ask_to_sign(reworded, window=IN_SESSION, now=NINE, by=WANG)

    assert event.asked == (proposer(LI),)


def test_only_a_joint_draft_is_signed_by_others() -> None:
    with pytest.raises(DraftNotJoint):
        ask_to_sign(replace(DRAFT, kind=ProposalKind.SINGLE), window=IN_SESSION, now=NINE, by=WANG)


def test_who_cannot_sign_in_is_not_asked() -> None:
    draft = replace(DRAFT, joint=(Proposer(name="某人"),))

    with pytest.raises(SignerUnknown, match="联名人“某人”没有登录账号"):
        ask_to_sign(draft, window=IN_SESSION, now=NINE, by=WANG)


def test_one_signs_until_the_very_end_of_the_window() -> None:
    draft = asked(wu=None)

    event = sign_draft(draft, now=UNTIL, by=WU)

    assert event.signer.person == WU.person
    kept_elsewhere = replace(
        draft,
        signatures={
            PersonId("p-wu"): replace(
                draft.signatures[PersonId("p-wu")], until=UNTIL.astimezone(UTC)
            )
        },
    )
    with pytest.raises(SigningClosed, match="2024-01-15 12:00"):
        sign_draft(kept_elsewhere, now=UNTIL + SECOND, by=WU)
    with pytest.raises(SigningClosed, match="2024-01-15 12:00"):
        sign_draft(draft, now=UNTIL + SECOND, by=WU)


def test_one_declines_with_a_word() -> None:
    event = decline_to_sign(asked(wu=None), why="意见不同", now=NINE, by=WU)

    assert (event.signer.person, event.why) == (WU.person, "意见不同")


def test_one_signs_for_oneself_or_for_whom_one_stands_in() -> None:
    draft = asked(wang=None)

    assert sign_draft(draft, now=NINE, by=FOR_WANG).signer.person == WANG.person
    with pytest.raises(NotAskedToSign):
        sign_draft(draft, now=NINE, by=LI)


@pytest.mark.parametrize("answer", ["signed", "declined"])
def test_one_answers_once(answer: str) -> None:
    with pytest.raises(SignatureAnswered):
        sign_draft(asked(wu=answer), now=NINE, by=WU)


def test_other_words_are_not_signed_unseen() -> None:
    with pytest.raises(WordingChanged):
        sign_draft(replace(asked(wu=None), title="另一个案由"), now=NINE, by=WU)


@pytest.mark.parametrize(
    ("answer", "now", "standing"),
    [
        (None, NINE, "open"),
        (None, UNTIL, "open"),
        (None, UNTIL + SECOND, "expired"),
        ("signed", UNTIL + SECOND, "signed"),
        ("declined", NINE, "declined"),
    ],
)
def test_how_far_somebody_is(answer: str | None, now: datetime, standing: Signing) -> None:
    assert asked(wu=answer).signing(WU.person, now=now) == standing


def test_what_is_signed_is_title_text_and_files_and_nothing_else() -> None:
    same = replace(DRAFT, category="社会", version=9)

    assert same.wording == DRAFT.wording
    assert replace(DRAFT, text="另一种写法。").wording != DRAFT.wording
    assert replace(DRAFT, title="另一个案由").wording != DRAFT.wording


def test_those_who_signed_are_proposers_after_the_one_who_wrote_it() -> None:
    submitted = handed_in(asked(wu="signed", li="signed"))

    assert submitted.proposers == (proposer(WANG), proposer(WU), proposer(LI))
    assert submitted.left_out == ()


def test_who_declined_or_let_it_close_is_left_out_with_a_word() -> None:
    submitted = handed_in(asked(wu="declined", li=None), now=UNTIL + SECOND)

    assert submitted.proposers == (proposer(WANG),)
    assert submitted.left_out == (
        LeftOut(name="吴联喜", person=WU.person, why="declined"),
        LeftOut(name="李娜", person=LI.person, why="expired"),
    )


def test_it_is_not_handed_in_while_somebody_may_still_sign() -> None:
    with pytest.raises(SignaturesOpen, match="联名人李娜还可以签署"):
        handed_in(asked(wu="signed", li=None), now=UNTIL)


def test_it_is_not_handed_in_in_the_name_of_somebody_who_was_not_asked() -> None:
    with pytest.raises(SignaturesUnasked, match="联名人李娜还没有被邀请"):
        handed_in(asked(wu="signed"))


def test_a_single_draft_is_its_writer_s() -> None:
    submitted = handed_in(replace(DRAFT, kind=ProposalKind.SINGLE))

    assert submitted.proposers == (proposer(WANG),)


def test_a_body_s_draft_bears_its_name_and_is_found_by_who_handed_it_in() -> None:
    draft = replace(
        DRAFT, kind=ProposalKind.COLLECTIVE, put_by=ProposerType.PARTY, body="民进深圳市委会"
    )

    submitted = handed_in(draft)

    assert submitted.proposers == (Proposer(name="民进深圳市委会", person=WANG.person),)
    assert submitted.put_by is ProposerType.PARTY


def test_the_second_of_two_savers_reads_so() -> None:
    must_be_newest(DRAFT, version=3)

    for version in (2, 4):
        with pytest.raises(DraftChangedMeanwhile, match=f"第{version}稿，现在是第3稿"):
            must_be_newest(DRAFT, version=version)
