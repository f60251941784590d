"""Wording: how long what is written here may be; the rule set names a limit for each kind."""

from services.reply.domain.refusals import TooLong
from shared.contracts.registry import RulesPublished

KINDS = {
    "summary": "摘要",
    "opinion": "会办意见",
    "reply": "答复稿",
    "reason": "理由",
    "comment": "评语",
    "account": "说明",
    "evidence": "依据",
}


def keep_within(rules: RulesPublished, **texts: str | None) -> None:
    """Each text by its kind. Where the rule set names no limit, there is none."""
    for kind, text in texts.items():
        limit = rules.limits.get(kind)
        if text is not None and limit is not None and len(text) > limit:
            raise TooLong(what=KINDS[kind], count=len(text), limit=limit)
