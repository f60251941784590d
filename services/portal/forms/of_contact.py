"""The acts of reply as forms: talk with the proposers, confirm, deny or waive it."""

from services.portal.domain import words
from services.portal.forms.asking import ATTACHMENTS, PROPOSER, paper
from services.portal.forms.fields import Field
from services.portal.forms.form import upon
from services.portal.forms.hindering import first_of, task_answers, unless

_of_task = upon("reply", "task", "/proposals/{proposal_id}/tasks/{task_id}")
_of_contact = upon("reply", "contact", "/proposals/{proposal_id}/contacts/{contact_id}")

FORMS = (
    _of_task(
        "contact",
        "contacts",
        "contact",
        "记录沟通",
        "先沟通再办件，沟通充分再回复。提案人会看到这条记录。",
        Field("kind", "方式", "choice", choices=tuple(words.CONTACTS.items())),
        Field("people", "提案人", "lines", hint="每行一人", preset="proposer_names", tall=2),
        Field("summary", "内容", "text"),
        Field("talked_on", "日期", "date", required=False, preset="today"),
        ATTACHMENTS,
        hindered=task_answers,
    ),
    _of_contact(
        "confirm-contact",
        "confirm",
        "confirm_contact",
        "确认沟通",
        "确认承办单位同您沟通过。由提案委代为登记的，附纸质件。",
        PROPOSER,
        *paper(required=False),
    ),
    _of_contact(
        "deny-contact",
        "deny",
        "confirm_contact",
        "没有沟通过",
        "说明实际情况，办公厅会看到。",
        PROPOSER,
        Field("says", "情况", "text"),
        *paper(required=False),
        weight="more",
    ),
    _of_task(
        "waive-contact",
        "waive-contact",
        "confirm_contact",
        "不必沟通",
        "提案人表示不必沟通，直接答复即可。",
        PROPOSER,
        *paper(required=False),
        hindered=first_of(
            task_answers, unless(lambda task: task["contacted_on"] is None, "已经沟通过。")
        ),
        weight="more",
    ),
)
