"""Errors as RFC 9457 problem details, in the reader's language."""

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from grandunion.interfaces.kit.tags import said
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Problem, Refused, Stale

TITLES = {
    400: Text("Bad request", "请求有误"),
    401: Text("Sign in with a token", "请使用令牌登录"),
    403: Text("Not yours to do", "无权操作"),
    404: Text("Not found", "未找到"),
    409: Text("That cannot be done now", "当前无法执行"),
    412: Text("Somebody else saved first", "已有他人先保存"),
    422: Text("Please check what was sent", "请检查提交内容"),
    428: Text("Say which version you saw", "请说明所依据的版本"),
}
# pydantic's kinds of error as sentences of the house; a kind without one keeps pydantic's own words.
SENTENCES = {
    "missing": Text("This field is wanted.", "此项必填。"),
    "extra_forbidden": Text("This field is not known here. Leave it out.", "不识别此项，请删除。"),
    "string_type": Text("Write text here.", "此处应为文本。"),
    "int_type": Text("Write a whole number here.", "此处应为整数。"),
    "int_parsing": Text("Write a whole number here.", "此处应为整数。"),
    "decimal_parsing": Text("Write an amount like 1200000.00.", "请填写金额，例如 1200000.00。"),
    "decimal_type": Text("Write an amount like 1200000.00.", "请填写金额，例如 1200000.00。"),
    "date_parsing": Text("Write a day like 2026-03-31.", "请填写日期，例如 2026-03-31。"),
    "date_from_datetime_parsing": Text("Write a day like 2026-03-31.", "请填写日期，例如 2026-03-31。"),
    "bool_parsing": Text("Write true or false.", "请填写 true 或 false。"),
    "enum": Text("This is not one of the codes of the list.", "不在代码表范围内。"),
    "string_too_long": Text("This is too long.", "内容过长。"),
    "string_too_short": Text("This is too short.", "内容过短。"),
    "json_invalid": Text("This is not JSON.", "不是有效的 JSON。"),
}


class Wrong(Schema):
    """One thing wrong with what was sent."""

    field: str
    detail: str


class ProblemDetails(Schema):
    """RFC 9457: what went wrong, and what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Wrong] = []


def problem(status: int, detail: Text, problems: tuple[Problem, ...] = (), **more: object) -> HttpResponse:
    """A problem as an answer."""
    body = {
        "type": "about:blank",
        "title": said(TITLES.get(status, TITLES[400])),
        "status": status,
        "detail": said(detail),
        "errors": [{"field": one.field, "detail": said(one.text)} for one in problems],
        **more,
    }
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")


def listen(api: NinjaAPI) -> None:
    """Say every error of the API as a problem."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _malformed)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    if isinstance(refused, Stale):
        differences = [{"field": f, "theirs": theirs, "yours": yours} for f, theirs, yours in refused.differences]
        return problem(412, refused.reason, differences=differences)
    return problem(refused.status, refused.reason, refused.problems)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = tuple(
        Problem(".".join(str(step) for step in one["loc"][1:]) or "body",
                SENTENCES.get(one["type"], Text(one["msg"], f"输入无效：{one['msg']}")))
        for one in error.errors
    )  # fmt: skip
    return problem(422, found[0].text if found else TITLES[422], found)


def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(401, Text("Send a token: “Authorization: Bearer …”. You issue one under “My account”.",
                               "请发送令牌：“Authorization: Bearer …”。可在“我的账户”中生成。"))  # fmt: skip
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, Text("The body is not valid JSON.", "请求体不是有效的 JSON。"))
