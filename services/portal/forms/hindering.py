"""Why an act is not possible now: sentences that several rooms' forms share."""

from collections.abc import Callable
from typing import Any

from services.portal.forms.form import Hindrance, Standing

ENDED = "这项任务已经改派。"
SIGN_FIRST = "请先签收。"


def first_of(*hindrances: Hindrance) -> Hindrance:
    """The first reason that stands in the way."""

    def hindered(standing: Standing) -> str | None:
        return next((why for one in hindrances if (why := one(standing)) is not None), None)

    return hindered


def unless(so: Callable[[Any], bool], says: str) -> Hindrance:
    """Not possible while something does not hold of the thing."""

    def hindered(standing: Standing) -> str | None:
        return None if so(standing.thing) else says

    return hindered


def unless_proposal(so: Callable[[Any], bool], says: str) -> Hindrance:
    """Not possible while something does not hold of the proposal."""

    def hindered(standing: Standing) -> str | None:
        return None if so(standing.proposal) else says

    return hindered


def desk_is(*desks: str, says: str) -> Hindrance:
    """Not possible unless the task's draft lies on one of some desks."""
    return unless(lambda task: task["desk"] in desks, says)


task_goes_on = unless(lambda task: task["ended_on"] is None, ENDED)
task_is_from_the_office = unless(
    lambda task: not task["parent"], "上级单位分解的任务，请与上级单位商定。"
)
task_is_signed = first_of(task_goes_on, unless(lambda task: task["signed_on"], SIGN_FIRST))
task_answers = first_of(
    task_goes_on,
    unless(
        lambda task: not task["parent"] and task["role"] in ("lead", "split"),
        "由主办、分办单位办理。",
    ),
    task_is_signed,
)
task_opines = first_of(
    task_goes_on,
    unless(lambda task: task["role"] == "co_handle", "由会办单位办理。"),
    task_is_signed,
)
is_filed = unless_proposal(lambda one: one["number"] is not None, "这件提案尚未立案。")
is_handled = unless_proposal(
    lambda one: one["state"] in ("handling", "redo", "replied", "rated", "unrated", "merged"),
    "这件提案没有交办。",
)
