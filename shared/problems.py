"""How a "no" leaves over HTTP: problem details (RFC 9457) with a sentence and a stable code."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import asyncpg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from shared.postgres import OUTAGES
from shared.refusals import Refusal

log = logging.getLogger("huiban.web")

SENTENCES = {
    404: "没有这个地址。",
    405: "这个地址不接受这种请求。",
    400: "请求的内容无法读取，应为UTF-8编码的JSON。",
    413: "内容过大。",
}
MOST_FINDINGS = 50
# Messages of the parts of a request that do not fit, for people; the rest say what they are.
FIELD_SAYS = {
    "missing": "必填",
    "extra_forbidden": "不认识的字段",
    "string_too_long": "文字过长，最多{max_length}字",
    "string_too_short": "文字过短，至少{min_length}字",
    "too_short": "至少{min_length}项",
    "too_long": "最多{max_length}项",
    "json_invalid": "不是有效的JSON",
    "date_from_datetime_parsing": "日期应写作 2024-01-31",
    "date_parsing": "日期应写作 2024-01-31",
    "date_type": "日期应写作 2024-01-31",
    "uuid_parsing": "编号格式不对",
    "uuid_type": "编号格式不对",
    "enum": "只能是{expected}",
    "literal_error": "只能是{expected}",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "数字过大",
    "greater_than_equal": "不能小于{ge}",
    "less_than_equal": "不能大于{le}",
    "string_type": "应为文字",
    "unprintable": "的第{at}个字（{character}）是不能显示的字符，请删去",
    "string_unicode": "含有不能识别的字符",
    "string_pattern_mismatch": "格式不对",
    "bool_type": "应为是或否",
    "bool_parsing": "应为是或否",
    "list_type": "应为清单",
    "tuple_type": "应为清单",
    "dict_type": "应为一组字段",
    "model_attributes_type": "应为一组字段",
}


def problem(
    status: int, *, code: str, detail: str, headers: dict[str, str] | None = None, **more: Any
) -> JSONResponse:
    """A problem document."""
    return JSONResponse(
        {
            "type": f"urn:huiban:problem:{code}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
            "code": code,
            **more,
        },
        status_code=status,
        media_type="application/problem+json",
        headers=headers,
    )


def answer_problems(app: FastAPI) -> None:
    """Answer every refusal, malformed request and outage with a problem document."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(asyncpg.UniqueViolationError, _beaten)
    app.add_exception_handler(asyncpg.DeadlockDetectedError, _beaten)
    app.add_exception_handler(asyncpg.DataError, _unfit)
    for outage in OUTAGES:
        app.add_exception_handler(outage, _away)
    app.add_exception_handler(Exception, _broken)


async def _refused(_: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    headers = {"Retry-After": "1"} if refusal.status == 503 else None
    if refusal.status == 401:
        headers = {"WWW-Authenticate": "Bearer"}
    findings = refusal.facts.get("findings")
    more: dict[str, Any] = {"findings": findings} if isinstance(findings, list) else {}
    if "rule" in refusal.facts:
        more["rule"] = refusal.facts["rule"]
    return problem(
        refusal.status, code=refusal.code(), detail=refusal.sentence, headers=headers, **more
    )


async def _malformed(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    findings = [finding(one) for one in error.errors()[:MOST_FINDINGS]]
    detail = "填写的内容有误：" + "；".join(f"{one['field']}{one['says']}" for one in findings[:5])
    return problem(422, code="malformed", detail=detail, findings=findings)


def finding(error: Mapping[str, Any]) -> dict[str, str]:
    """One part of a request that does not fit: which field, and what is wrong with it."""
    field = (*error["loc"], *error.get("ctx", {}).get("within", ()))
    return {"field": ".".join(str(part) for part in field), "says": _says(error)}


def _says(error: Mapping[str, Any]) -> str:
    says = FIELD_SAYS.get(error["type"])
    if says is None:
        return f"不符合要求（{error['msg']}）"
    return says.format(**error.get("ctx", {})).replace(" or ", "或")


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    sentence = SENTENCES.get(status, f"请求不能处理（{HTTPStatus(status).phrase}）。")
    headers = dict(error.headers) if error.headers else None
    return problem(status, code=f"http-{status}", detail=sentence, headers=headers)


async def _beaten(_: Request, error: Exception) -> Response:
    log.info("two at once", extra={"error": repr(error)})
    return problem(
        409, code="someone-was-faster", detail="另一人刚刚办理了同一事项，请刷新后再试。"
    )


async def _unfit(_: Request, error: Exception) -> Response:
    log.warning("what cannot be kept", extra={"error": type(error).__name__})
    return problem(
        422, code="malformed", detail="填写的内容有误：含有不能保存的字符，或者数字超出范围。"
    )


async def _away(_: Request, error: Exception) -> Response:
    log.warning("database is away", extra={"error": repr(error)})
    return problem(
        503,
        code="database-away",
        detail="数据库暂时不可用，请稍后重试。",
        headers={"Retry-After": "2"},
    )


async def _broken(request: Request, error: Exception) -> Response:
    log.error("unexpected error", exc_info=error, extra={"path": request.url.path})
    return problem(500, code="internal-error", detail="系统出错，已记录；请联系运维人员。")
