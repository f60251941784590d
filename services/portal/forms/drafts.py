"""Drafts of a task's reply or opinion: the newest one, why it came back, where its pages are."""

from urllib.parse import quote

from services.portal.forms.fields import Field
from services.portal.forms.form import Facts, Standing, upon

AFTER = Field("after", "接着哪一稿写", "kept", required=False)
DRAFT = Field("draft", "稿次", "number", preset="draft")
CASE = "/proposals/{proposal_id}"
# Upon a task with its drafts, which the service is asked for.
of_task = upon("reply", "task", f"{CASE}/tasks/{{task_id}}", asks=CASE)


def newest_reply(standing: Standing) -> Facts:
    """The newest draft of the task's reply, in whatever round; nothing while there is none."""
    return _newest(standing, "drafts")


def newest_opinion(standing: Standing) -> Facts:
    """The newest draft of the task's opinion; nothing while there is none."""
    return _newest(standing, "opinion_drafts")


def _newest(standing: Standing, kind: str) -> Facts:
    task_id = standing.thing["task_id"]
    found = [one for one in standing.told.get(kind, ()) if one["task_id"] == task_id]
    return max(found, key=lambda one: (one.get("round", 1), one["draft"]), default={})


def what_went_back(standing: Standing) -> list[tuple[str, str]]:
    """Why the newest draft was sent back, if it was."""
    draft = newest_reply(standing) or newest_opinion(standing)
    return [("退回的理由", draft["sent_back_why"])] if draft.get("sent_back_why") else []


def address_at(standing: Standing, task_id: str, what: str) -> str:
    """Where the service has something of a task."""
    proposal_id = standing.proposal["proposal_id"]
    return f"/proposals/{proposal_id}/tasks/{quote(task_id, safe='')}/{what}"
