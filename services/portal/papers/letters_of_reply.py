"""Letters by which a case is answered: opinion, reply, opinion form, disclosure; and drafts."""

from collections.abc import Iterator
from dataclasses import replace

from services.portal.domain import words
from services.portal.domain.words import word
from services.portal.papers.answering import (
    AskedForOpinion,
    Disclosure,
    Opinion,
    Promised,
    Reply,
    disclosure_paper,
    opinion_form,
    opinion_paper,
    reply_paper,
)
from services.portal.papers.kinds import Kind
from services.portal.papers.of_case import Case, Letter
from services.portal.papers.paper import Letterhead, Paper


def opinion_letter(case: Case, letter: Letter) -> Paper:
    """What a co-handler tells the lead (会办意见函), and whether it may be published."""
    parts, on = letter.parts, letter.on
    publication = case.publication_of(parts.get("letter_id"))
    proposed = publication.get("proposed")
    return opinion_paper(
        Opinion(
            case.names(parts["unit"], on),
            letter.number,
            on,
            case.names(parts["lead"], on),
            case.about(),
            parts["opinion"],
            may_be_published=None if proposed is None else proposed == "open",
            attachments=tuple(one["name"] for one in parts.get("attachments") or ()),
            contact=case.contact_in(parts["unit"], "opinion"),
            copies=(case.office(on),) if case.office(on) else (),
        )
    )


def reply_letter(case: Case, letter: Letter, *, text: str | None = None) -> Paper:
    """A reply (答复函). ``text`` are its words; without them it has its summary and its reason."""
    parts, on = letter.parts, letter.on
    unit = parts["unit"]
    reply = case.reply_of(parts.get("reply_id"))
    proposed = case.publication_of(parts.get("reply_id")).get("proposed")
    body = text or "\n".join(one for one in (parts["summary"], reply.get("reason") or "") if one)
    return reply_paper(
        Reply(
            case.names(unit, on),
            letter.number,
            on,
            case.about(),
            parts["result_class"],
            body,
            consulted=case.consulted(unit, on, without=reply.get("without_opinions") or ()),
            disclosure=word(words.OPENNESS, proposed) if proposed else "",
            promises=tuple(_promises(case, parts.get("reply_id"))),
            attachments=tuple(one["name"] for one in reply.get("attachments") or ()),
            contact=case.contact_in(unit, "reply"),
            copies=case.copies_of_reply(unit, on),
            round=parts["round"],
            opening=_opening(body),
            closing=_closing(body),
        )
    )


def second_reply_letter(case: Case, letter: Letter) -> Paper:
    """A reply after its promises were kept (再次答复函): it cites the first one."""
    parts, on = letter.parts, letter.on
    unit = parts["unit"]
    first = case.reply_of(parts.get("reply_id")).get("document_number")
    cited = f"（{first}）" if first else ""
    about = case.about()
    return reply_paper(
        Reply(
            case.names(unit, on),
            letter.number,
            on,
            about,
            parts["result_class"],
            parts["summary"],
            contact=case.contact_in(unit, "reply"),
            copies=case.copies_of_reply(unit, on),
            round=2,
            opening=f"{about.you}提出的{about.cited}，我单位已答复{cited}。"
            "答复中承诺的事项现已办结，再次答复如下：",
            closing=_closing(parts["summary"]),
        )
    )


def opinion_form_letter(case: Case, letter: Letter) -> Paper:
    """The form that goes out with a reply (征询意见表), to come back by the day to rate it."""
    parts, on = letter.parts, letter.on
    rate = next(
        (
            one["due_on"]
            for one in case.clocks
            if one["clock_id"] == f"{parts.get('reply_id')}/rate"
        ),
        None,
    )
    return opinion_form(
        AskedForOpinion(
            case.about(),
            case.names(parts["unit"], on),
            letter.number,
            on,
            case.committee(on) or "提案委员会",
            rate,
        )
    )


def disclosure_letter(case: Case, letter: Letter) -> Paper:
    """Whether and how a reply or an opinion is published (公开审定意见), told to its unit."""
    parts, on = letter.parts, letter.on
    unit, letter_id = parts["unit"], parts.get("reply_id")
    answer = next(
        (
            one
            for one in case.letters
            if one.kind in (Kind.REPLY, Kind.OPINION)
            and letter_id in (one.parts.get("reply_id"), one.parts.get("letter_id"))
        ),
        None,
    )
    proposed = case.publication_of(letter_id).get("proposed")
    is_open = parts["attribute"] == "open"
    return disclosure_paper(
        Disclosure(
            case.names(letter.act["by_unit"], on),
            letter.number,
            on,
            case.names(unit, on),
            case.about(),
            answer.number if answer is not None else "",
            _title_of(case, answer) if answer is not None else "答复",
            word(words.OPENNESS, parts["attribute"]),
            form=f"{word(words.FORMS, parts.get('form') or 'full')}公开" if is_open else "",
            reason=parts.get("reason") or "",
            unit_says=f"建议{word(words.OPENNESS, proposed)}" if proposed else "",
            publish_by=case.reply_of(letter_id).get("publish_by") if is_open else None,
            contact=letter.contact,
            copies=case.copies(on),
        )
    )


def reply_draft(
    case: Case, *, unit: str, round: int, draft: int, result_class: str, text: str
) -> Paper:
    """A draft of a reply as it would go out: without number and day, and said to be a draft."""
    today = case.told[-1]["on_day"]
    paper = reply_paper(
        Reply(
            case.names(unit, today),
            "",
            None,
            case.about(),
            result_class,
            text,
            consulted=case.consulted(unit, today, without=()),
            contact=case.contact_in(unit, "reply"),
            copies=case.copies_of_reply(unit, today),
            round=round,
            opening=_opening(text),
            closing=_closing(text),
        )
    )
    return _marked_as_draft(paper, draft)


def opinion_draft(case: Case, *, unit: str, lead: str, draft: int, text: str) -> Paper:
    """A draft of an opinion as it would go out, said to be a draft like that of a reply."""
    today = case.told[-1]["on_day"]
    office = case.office(today)
    paper = opinion_paper(
        Opinion(
            case.names(unit, today),
            "",
            None,
            case.names(lead, today) if lead else "",
            case.about(),
            text,
            contact=case.contact_in(unit, "opinion"),
            copies=(office,) if office else (),
        )
    )
    return _marked_as_draft(paper, draft)


def _marked_as_draft(paper: Paper, draft: int) -> Paper:
    """A paper that says on every page, and at the top of the first, that it is a draft."""
    head = paper.head
    if isinstance(head, Letterhead):
        head = replace(head, marks=(f"草稿（第{draft}稿）", *head.marks))
    return replace(paper, head=head, is_draft=True)


def _promises(case: Case, reply_id: str | None) -> Iterator[Promised]:
    """What a reply promised, as it stood in the letter as far as that is kept."""
    for one in case.promises:
        if one["reply_id"] == reply_id:
            yield Promised(one["text"], one["first_due_on"] or one["due_on"])


def _opening(text: str) -> str | None:
    """The usual sentence, unless the drafter wrote one."""
    first = text.strip().partition("\n")[0]
    return "" if "收悉" in first else None


def _closing(text: str) -> str | None:
    last = text.strip().rpartition("\n")[2]
    return "" if "函复" in last or "感谢" in last else None


def _title_of(case: Case, answer: Letter) -> str:
    """What a reply or an opinion is called."""
    if answer.kind is Kind.OPINION:
        return opinion_letter(case, answer).name
    return reply_letter(case, answer).name
