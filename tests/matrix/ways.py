"""Every way into the five services, and the act by which it is allowed.

Written by hand beside the code: who adds an endpoint says here what right it needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

WAYS = {
    "registry": {
        "GET /parked": "parking.operate",
        "GET /parked/{parked_id}": "parking.operate",
        "POST /parked/{parked_id}/redrive": "parking.operate",
        "POST /parked/{parked_id}/correct": "parking.operate",
        "POST /parked/{parked_id}/skip": "parking.operate",
        "POST /seed": "registry.keep",
        "GET /history": "registry.audit",
        "PUT /units/{code}": "registry.units",
        "GET /units/{code}": "read",
        "PUT /units/{code}/duties": "registry.units",
        "POST /units/{code}/rename": "registry.units",
        "POST /successions": "registry.units",
        "GET /successions": "read",
        "GET /units": "read",
        "GET /then-and-now": "read",
        "PUT /people/{person}": "registry.people",
        "GET /people/{person}": "read",
        "POST /people/{person}/end-post": "registry.people",
        "GET /people": "read",
        "POST /delegations": "registry.delegate",
        "GET /delegations": "registry.delegate",
        "POST /delegations/{delegation}/end": "registry.delegate",
        "POST /accounts": "registry.accounts",
        "GET /accounts": "registry.audit",
        "POST /accounts/{account}/rotate": "registry.accounts",
        "POST /accounts/{account}/end": "registry.accounts",
        "POST /calendars/{year}/read-notice": "read",
        "POST /calendars/{year}/propose": "registry.calendar",
        "POST /calendars/{year}/propose-exception": "registry.calendar",
        "POST /calendars/{year}/confirm": "registry.calendar",
        "POST /calendars/{year}/drop": "registry.calendar",
        "GET /calendars/{year}": "read",
        "GET /calendar-proposals": "read",
        "PUT /rules/{rules}": "registry.rules",
        "GET /rules": "read",
        "GET /rules/{rules}/{edition}": "read",
        "GET /rules/{rules}/{edition}/changes": "read",
    },
    "intake": {
        "GET /parked": "parking.operate",
        "GET /parked/{parked_id}": "parking.operate",
        "POST /parked/{parked_id}/redrive": "parking.operate",
        "POST /parked/{parked_id}/correct": "parking.operate",
        "POST /parked/{parked_id}/skip": "parking.operate",
        "POST /drafts": "intake.draft",
        "GET /drafts": "intake.draft",
        "GET /drafts/{draft_id}": "intake.draft",
        "PUT /drafts/{draft_id}": "intake.draft",
        "DELETE /drafts/{draft_id}": "intake.draft",
        "GET /drafts/{draft_id}/attachments/{digest}": "intake.draft",
        "POST /drafts/{draft_id}/ask-signatures": "intake.draft",
        "POST /drafts/{draft_id}/sign": "intake.sign",
        "POST /drafts/{draft_id}/decline": "intake.sign",
        "POST /drafts/{draft_id}/submit": "intake.draft",
        "POST /attachments": "intake.submit",
        "GET /proposals/{proposal_id}/attachments/{digest}": "read",
        "POST /proposals": "intake.submit",
        "GET /proposals": "read",
        "POST /proposals/{proposal_id}/revise": "intake.submit",
        "POST /proposals/{proposal_id}/withdraw": "intake.withdraw",
        "POST /proposals/{proposal_id}/categorise": "intake.review",
        "POST /proposals/{proposal_id}/advise": "intake.review",
        "POST /proposals/{proposal_id}/accept": "intake.review",
        "POST /proposals/{proposal_id}/decline": "intake.review",
        "POST /proposals/{proposal_id}/turn": "intake.review",
        "POST /proposals/{proposal_id}/send-back": "intake.review",
        "POST /proposals/{proposal_id}/designate-key": "intake.review",
        "POST /proposals/{proposal_id}/take-back-key": "intake.review",
        "POST /groups": "intake.merge",
        "POST /groups/{main}/members": "intake.merge",
        "POST /groups/{main}/undo": "intake.merge",
        "POST /proposals/{proposal_id}/object": "intake.object",
        "POST /proposals/{proposal_id}/refuse-objection": "intake.review",
        "POST /proposals/{proposal_id}/link": "intake.review",
        "POST /similar": "intake.similar",
        "GET /proposals/{proposal_id}/similar": "intake.similar",
        "POST /proposals/{proposal_id}/similar/{other}": "intake.review",
        "GET /similar/evaluation": "intake.evaluate",
        "POST /imports": "intake.import",
        "POST /imports/{import_id}/check": "intake.import",
        "GET /imports/{import_id}": "intake.import",
        "POST /imports/{import_id}/confirm": "intake.import",
        "GET /imports/{import_id}/hand-over": "intake.import",
        "GET /exports/proposals": "read",
        "GET /proposals/{proposal_id}": "read",
    },
    "assignment": {
        "GET /parked": "parking.operate",
        "GET /parked/{parked_id}": "parking.operate",
        "POST /parked/{parked_id}/redrive": "parking.operate",
        "POST /parked/{parked_id}/correct": "parking.operate",
        "POST /parked/{parked_id}/skip": "parking.operate",
        "POST /hand-overs": "assignment.hand_over",
        "POST /proposals/{proposal_id}/tasks/{task_id}/sign": "assignment.sign",
        "POST /proposals/{proposal_id}/tasks/{task_id}/hand-down": "assignment.hand_down",
        "POST /proposals/{proposal_id}/tasks/{task_id}/officer": "assignment.name_officer",
        "POST /proposals/{proposal_id}/tasks/{task_id}/progress": "assignment.report_progress",
        "POST /proposals/{proposal_id}/tasks/{task_id}/complete": "assignment.complete",
        "POST /hand-overs/check": "assignment.hand_over",
        "POST /proposals/{proposal_id}/tasks/{task_id}/ask-consent-to-return": "assignment.return",
        "POST /proposals/{proposal_id}/tasks/{task_id}/consent-to-return": "assignment.consent",
        "POST /proposals/{proposal_id}/tasks/{task_id}/return": "assignment.return",
        "POST /proposals/{proposal_id}/tasks/{task_id}/decide-return": "assignment.decide_return",
        "POST /proposals/{proposal_id}/tasks/{task_id}/object": "assignment.object",
        "POST /proposals/{proposal_id}/tasks/{task_id}"
        "/objection-meeting": "assignment.hold_meeting",
        "POST /proposals/{proposal_id}/tasks/{task_id}"
        "/decide-objection": "assignment.decide_objection",
        "POST /proposals/{proposal_id}/handlers": "assignment.change_handlers",
        "POST /proposals/{proposal_id}/change-roles": "assignment.change_handlers",
        "POST /proposals/{proposal_id}/tasks/{task_id}/withdraw": "assignment.withdraw",
        "POST /proposals/{proposal_id}/tasks/{task_id}/reassign": "assignment.change_handlers",
        "POST /proposals/{proposal_id}/tasks/{task_id}/ask-extension": "assignment.ask_extension",
        "POST /proposals/{proposal_id}/tasks/{task_id}"
        "/decide-extension": "assignment.decide_extension",
        "POST /proposals/{proposal_id}/tasks/{task_id}/pause": "assignment.pause",
        "POST /proposals/{proposal_id}/tasks/{task_id}/resume": "assignment.pause",
        "POST /proposals/{proposal_id}/items": "assignment.plan_items",
        "POST /proposals/{proposal_id}/items/{item_id}/progress": "assignment.work_on_item",
        "POST /proposals/{proposal_id}/items/{item_id}/complete": "assignment.work_on_item",
        "POST /proposals/{proposal_id}/items/{item_id}/drop": "assignment.plan_items",
        "GET /items": "read",
        "GET /advice": "assignment.be_advised",
        "GET /advice/report": "assignment.judge_advice",
        "GET /advice/evaluation": "assignment.judge_advice",
        "GET /proposals/{proposal_id}/advice": "assignment.be_advised",
        "GET /proposals/{proposal_id}/items/proposed": "assignment.be_advised",
        "GET /might-be-yours": "assignment.be_advised",
        "GET /proposals/{proposal_id}": "read",
        "GET /tasks": "read",
        "GET /tasks/due": "read",
        "GET /tasks/without-heir": "read",
        "GET /counts": "read",
        "POST /sweep": "assignment.sweep",
    },
    "reply": {
        "GET /parked": "parking.operate",
        "GET /parked/{parked_id}": "parking.operate",
        "POST /parked/{parked_id}/redrive": "parking.operate",
        "POST /parked/{parked_id}/correct": "parking.operate",
        "POST /parked/{parked_id}/skip": "parking.operate",
        "POST /proposals/{proposal_id}/tasks/{task_id}/contacts": "reply.contact",
        "POST /proposals/{proposal_id}/contacts/{contact_id}/confirm": "reply.confirm_contact",
        "POST /proposals/{proposal_id}/contacts/{contact_id}/deny": "reply.confirm_contact",
        "POST /proposals/{proposal_id}/tasks/{task_id}/waive-contact": "reply.confirm_contact",
        "POST /proposals/{proposal_id}/tasks/{task_id}/opinion": "reply.opinion",
        "POST /proposals/{proposal_id}/tasks/{task_id}/opinion/drafts": "reply.opinion",
        "POST /proposals/{proposal_id}/tasks/{task_id}/opinion/check": "reply.check_opinion",
        "POST /proposals/{proposal_id}/tasks/{task_id}/opinion/send-back": "reply.check_opinion",
        "POST /proposals/{proposal_id}/tasks/{task_id}/opinion/issue": "reply.record_paper",
        "POST /proposals/{proposal_id}/tasks/{task_id}/opinion/withdraw": "reply.issue_opinion",
        "POST /proposals/{proposal_id}/disagreements/{disagreement_id}/raise": "reply.disagree",
        "POST /proposals/{proposal_id}/disagreements/{disagreement_id}/settle": "reply.disagree",
        "POST /proposals/{proposal_id}/tasks/{task_id}/points": "reply.draft",
        "POST /proposals/{proposal_id}/tasks/{task_id}/drafts": "reply.draft",
        "POST /proposals/{proposal_id}/tasks/{task_id}/approve": "reply.approve",
        "POST /proposals/{proposal_id}/tasks/{task_id}/send-back": "reply.approve",
        "POST /proposals/{proposal_id}/tasks/{task_id}/ask-to-countersign": "reply.draft",
        "POST /proposals/{proposal_id}/tasks/{task_id}/countersign": "reply.record_paper",
        "POST /proposals/{proposal_id}/tasks/{task_id}/refuse-countersign": "reply.countersign",
        "POST /proposals/{proposal_id}/tasks/{task_id}/endorse": "reply.endorse",
        "POST /proposals/{proposal_id}/tasks/{task_id}/issue": "reply.record_paper",
        "POST /proposals/{proposal_id}/replies/{reply_id}/accept": "reply.check",
        "POST /proposals/{proposal_id}/replies/{reply_id}/send-back": "reply.check",
        "POST /proposals/{proposal_id}/replies/{reply_id}/change-class": "reply.check",
        "POST /proposals/{proposal_id}/replies/{reply_id}/ask-for-ratings": "reply.ask_ratings",
        "POST /proposals/{proposal_id}/replies/{reply_id}/remind-of-rating": "reply.ask_ratings",
        "POST /proposals/{proposal_id}/replies/{reply_id}/ratings": "reply.rate",
        "POST /proposals/{proposal_id}/replies/{reply_id}/close-ratings": "reply.ask_ratings",
        "POST /proposals/{proposal_id}/replies/{reply_id}/hold-meeting": "reply.hold_meeting",
        "POST /proposals/{proposal_id}/letters/{letter_id}"
        "/propose-publication": "reply.propose_publication",
        "POST /proposals/{proposal_id}/letters/{letter_id}/decide-publication": "reply.publish",
        "GET /proposals/{proposal_id}/letters/{letter_id}/masking": "reply.publish",
        "POST /proposals/{proposal_id}/letters/{letter_id}/release": "reply.publish",
        "POST /proposals/{proposal_id}/letters/{letter_id}/withdraw-release": "reply.publish",
        "POST /proposals/{proposal_id}/promises/{promise_id}/progress": "reply.report_promise",
        "POST /proposals/{proposal_id}/promises/{promise_id}/report": "reply.report_promise",
        "POST /proposals/{proposal_id}/promises/{promise_id}/refuse-report": "reply.check_promise",
        "POST /proposals/{proposal_id}/promises/{promise_id}/keep": "reply.keep_promise",
        "POST /proposals/{proposal_id}/promises/{promise_id}"
        "/ask-for-change": "reply.change_promise",
        "POST /proposals/{proposal_id}/promises/{promise_id}/decide-change": "reply.check_promise",
        "POST /proposals/{proposal_id}/promises/{promise_id}/break": "reply.check_promise",
        "POST /proposals/{proposal_id}/promises/{promise_id}/inherit": "reply.check_promise",
        "POST /look-backs": "reply.look_back",
        "POST /look-backs/{year}/proposals/{proposal_id}/items/{item}": "reply.look_back",
        "POST /proposals/{proposal_id}/replies/{reply_id}/second-answer": "reply.issue",
        "GET /proposals/{proposal_id}": "read",
        "GET /proposals/{proposal_id}/progress": "read",
        "GET /proposals/{proposal_id}/tasks/{task_id}/rounds/{round}/drafts/{draft}": "read",
        "GET /letters": "read",
        "GET /proposals/{proposal_id}/letters/{letter_id}": "read",
        "GET /drafts": "read",
        "GET /to-countersign": "read",
        "GET /opinions": "read",
        "GET /denials": "read",
        "GET /disagreements": "read",
        "GET /to-rate": "read",
        "GET /meetings": "read",
        "GET /disclosures": "read",
        "GET /promises": "read",
        "GET /look-backs/{year}": "read",
        "GET /conversion": "read",
    },
    "escalation": {
        "GET /parked": "parking.operate",
        "GET /parked/{parked_id}": "parking.operate",
        "POST /parked/{parked_id}/redrive": "parking.operate",
        "POST /parked/{parked_id}/correct": "parking.operate",
        "POST /parked/{parked_id}/skip": "parking.operate",
        "POST /sweep": "escalation.sweep",
        "GET /clocks": "read",
        "GET /proposals/{proposal_id}": "read",
        "POST /proposals/{proposal_id}/matters": "escalation.flag",
        "POST /proposals/{proposal_id}/promises/{promise_id}/blocked": "escalation.report_blocked",
        "POST /proposals/{proposal_id}/matters/{matter_id}/positions": "escalation.state_position",
        "POST /proposals/{proposal_id}/matters/{matter_id}/meetings": "escalation.hold_meeting",
        "POST /proposals/{proposal_id}/matters/{matter_id}/decide": "escalation.decide",
        "POST /proposals/{proposal_id}/matters/{matter_id}/dismiss": "escalation.dismiss",
        "POST /proposals/{proposal_id}/matters/{matter_id}/carry-out": "escalation.follow_up",
        "POST /proposals/{proposal_id}/matters/{matter_id}/follow-ups": "escalation.follow_up",
        "GET /matters": "read",
        "GET /coordination/{year}": "escalation.figures",
        "POST /proposals/{proposal_id}/supervisions": "escalation.supervise",
        "POST /proposals/{proposal_id}/supervisions/{supervision_id}"
        "/answer": "escalation.answer_supervision",
        "POST /proposals/{proposal_id}/supervisions/{supervision_id}/close": "escalation.supervise",
        "GET /supervisions": "read",
        "POST /proposals/{proposal_id}/inspections": "escalation.inspect",
        "POST /proposals/{proposal_id}/inspections/{inspection_id}/findings/{finding_id}"
        "/answer": "escalation.answer_finding",
        "POST /proposals/{proposal_id}/activities": "escalation.lead_key",
        "POST /proposals/{proposal_id}/tracker": "escalation.name_tracker",
        "GET /inbox": "escalation.inbox",
        "GET /inbox/unread": "escalation.inbox",
        "POST /inbox/{notice_id}/read": "escalation.inbox",
        "POST /inbox/read": "escalation.inbox",
        "GET /inbox/preferences": "escalation.inbox",
        "PUT /inbox/preferences": "escalation.inbox",
        "POST /deliver": "escalation.sweep",
        "GET /deliveries": "escalation.deliveries",
        "GET /subscriptions": "escalation.subscribe",
        "PUT /subscriptions/{subscription_id}": "escalation.subscribe",
        "DELETE /subscriptions/{subscription_id}": "escalation.subscribe",
        "GET /subscriptions/{subscription_id}/parked": "escalation.subscribe",
        "POST /subscriptions/{subscription_id}/redrive": "escalation.subscribe",
        "POST /subscriptions/{subscription_id}/parked/{position}/skip": "escalation.subscribe",
    },
}
# Ways that ask for a second act, by what the request says: a signature on paper or on screen.
ALSO = {
    "reply": {
        "POST /proposals/{proposal_id}/tasks/{task_id}/countersign": "reply.countersign",
        "POST /proposals/{proposal_id}/tasks/{task_id}/issue": "reply.issue",
        "POST /proposals/{proposal_id}/tasks/{task_id}/opinion/issue": "reply.issue_opinion",
    }
}
# The portal's own acts are asked for on its pages, see tests/service/portal.
AT_THE_PORTAL = {"report.write", "template.keep", "signin.administer", "signin.audit"}
SOMETHING = {
    "year": "2027",
    "rules": "shenzhen-2024",
    "edition": "1",
    "parked_id": "1",
    "notice_id": "1",
    "position": "1",
    "round": "1",
    "draft": "1",
    "delegation": "00000000-0000-4000-8000-000000000000",
    "task_id": "D07.1",
    "code": "C019",
    "main": "none",
    "other": "nothing",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One operation of a service, with what its document says of it."""

    service: str
    method: str
    path: str
    described: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def act(self) -> str:
        return WAYS[self.service][self.name]

    def to_nothing(self) -> str:
        """The address with names of things that are not there."""
        path = self.path
        for one in self.described.get("parameters", ()):
            if one["in"] == "path":
                path = path.replace("{" + one["name"] + "}", SOMETHING.get(one["name"], "none"))
        return path


def ways_into(app: FastAPI, service: str) -> Iterator[Way]:
    """What the service's own document names."""
    for path, methods in app.openapi()["paths"].items():
        for method, described in methods.items():
            yield Way(service, method.upper(), path, described)
