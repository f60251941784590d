"""What a service's OpenAPI document adds: who may call, which headers count, how a "no" looks.

Written down here and not in the dependencies' signatures, so that a request pays nothing for it.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from shared.web import LONGEST_KEY, may, may_call, may_see

Part = dict[str, Any]

TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "写明姓名、身份和单位的短期令牌（huiban token）。",
}
ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    "description": "同一个键再次提交同一请求，得到同样的回答，不会重复生效。",
}
AFTER = {
    "name": "Huiban-After",
    "in": "header",
    "schema": {"type": "string"},
    "description": "先等这些事件在此生效：服务/键/序号，多个以逗号分隔。",
}
TODAY = {
    "name": "Huiban-Today",
    "in": "header",
    "schema": {"type": "string", "format": "date"},
    "description": "演示中的日期；不是演示时不接受。",
}
# Every dependency that asks who calls, by the function that makes it.
HEADERS: dict[str, list[Part]] = {
    may.__name__: [ONCE, AFTER, TODAY],
    may_see.__name__: [AFTER, TODAY],
    may_call.__name__: [AFTER, TODAY],
}
TEXT = {"type": "string"}
PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457：detail 给人看，code 给程序用。",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "code": TEXT,
        "findings": {"type": "array", "items": {"type": "object"}},
    },
}
REFUSED = {
    "description": "没有办成：没有登录、无权、不存在、与现状不符、填写有误，或暂时不可用。",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
NOT_OURS = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI) -> None:
    """Let the app's own document say all of it."""
    plain = app.openapi

    def whole() -> Part:
        document = plain()
        if "securitySchemes" not in document.get("components", {}):
            _complete(document, app)
        return document

    app.openapi = whole  # type: ignore[method-assign]


def _complete(document: Part, app: FastAPI) -> None:
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in NOT_OURS:
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    components["responses"] = {"Refused": REFUSED}
    components["securitySchemes"] = {"token": TOKEN}
    for context in iter_route_contexts(app.routes):
        path = document["paths"].get(context.path_format, {})
        for method in context.methods or ():
            if operation := path.get(method.lower()):
                _add(operation, context.dependant)


def _add(operation: Part, dependant: Dependant) -> None:
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = {"$ref": "#/components/responses/Refused"}
    for one in _all_of(dependant):
        made_by = one.call.__qualname__.partition(".")[0] if one.call is not None else ""
        if headers := HEADERS.get(made_by):
            operation["security"] = [{"token": []}]
            operation["parameters"] = [*operation.get("parameters", []), *headers]


def _all_of(dependant: Dependant) -> Iterator[Dependant]:
    for one in dependant.dependencies:
        yield one
        yield from _all_of(one)
