"""Errors as RFC 9457 problem details, in the reader's language."""

from functools import wraps

import orjson
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from grandunion.interfaces.kit import failing
from grandunion.interfaces.kit.tags import said
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Problem, Refused, Stale

TITLES = {
    400: Text("Bad request", "请求有误"),
    401: Text("A token is wanted", "需要有效令牌"),
    403: Text("Not yours to do", "无权操作"),
    404: Text("Not found", "未找到"),
    405: Text("Not done here", "不支持该方法"),
    409: Text("That cannot be done now", "当前无法执行"),
    412: Text("Somebody else saved first", "已有他人先保存"),
    413: Text("Too large", "内容过大"),
    415: Text("Send JSON", "请发送 JSON"),
    422: Text("Please check what was sent", "请检查提交内容"),
    428: Text("Say which version you saw", "请说明所依据的版本"),
    503: Text("Busy", "系统繁忙"),
    507: Text("No room left", "存储空间不足"),
}
# pydantic's kinds of error as sentences of the house; a kind without one keeps pydantic's own words.
SENTENCES = {
    "missing": Text("This field is wanted.", "此项必填。"),
    "extra_forbidden": Text("This field is not known here. Leave it out.", "不识别此项，请删除。"),
    "string_type": Text("Write text here.", "此处应为文本。"),
    "string_unicode": Text("The text holds a broken character.", "文字中含有无效字符。"),
    "broken_text": Text("The text holds a broken character.", "文字中含有无效字符。"),
    "int_type": Text("Write a whole number here.", "此处应为整数。"),
    "int_parsing": Text("Write a whole number here.", "此处应为整数。"),
    "int_parsing_size": Text("The number is too large.", "数值过大。"),
    "less_than_equal": Text("The number is too large here: at most {le}.", "数值过大，最大为 {le}。"),
    "greater_than_equal": Text("The number is too small here: at least {ge}.", "数值过小，最小为 {ge}。"),
    "decimal_parsing": Text("Write an amount like “1200000.00”.", "请填写金额，例如“1200000.00”。"),
    "decimal_type": Text("Write an amount as text, like “1200000.00”.", "金额请以文本填写，例如“1200000.00”。"),
    "decimal_max_digits": Text("The amount is too large.", "金额过大。"),
    "decimal_whole_digits": Text("The amount is too large.", "金额过大。"),
    "decimal_max_places": Text("At most two places after the point.", "最多保留两位小数。"),
    "finite_number": Text("Write a number.", "请填写数字。"),
    "date_parsing": Text("Write a day like 2026-03-31.", "请填写日期，例如 2026-03-31。"),
    "date_type": Text("Write a day like 2026-03-31.", "请填写日期，例如 2026-03-31。"),
    "date_from_datetime_parsing": Text("Write a day like 2026-03-31.", "请填写日期，例如 2026-03-31。"),
    "date_from_datetime_inexact": Text("Write a day like 2026-03-31.", "请填写日期，例如 2026-03-31。"),
    "datetime_parsing": Text("Write a moment with its zone, like 2026-03-31T09:00:00+08:00.",
                             "请填写带时区的时间，例如 2026-03-31T09:00:00+08:00。"),
    "datetime_type": Text("Write a moment with its zone, like 2026-03-31T09:00:00+08:00.",
                          "请填写带时区的时间，例如 2026-03-31T09:00:00+08:00。"),
    "datetime_from_date_parsing": Text("Write a moment with its zone, like 2026-03-31T09:00:00+08:00.",
                                       "请填写带时区的时间，例如 2026-03-31T09:00:00+08:00。"),
    "bool_type": Text("Write true or false.", "请填写 true 或 false。"),
    "bool_parsing": Text("Write true or false.", "请填写 true 或 false。"),
    "enum": Text("Write one of: {expected}.", "可填：{expected}。"),
    "list_type": Text("Write a list here.", "此处应为列表。"),
    "dict_type": Text("Write an object here.", "此处应为对象。"),
    "model_type": Text("Send a JSON object.", "请发送 JSON 对象。"),
    "model_attributes_type": Text("Send a JSON object.", "请发送 JSON 对象。"),
    "too_long": Text("Too many items: at most {max_length}.", "条目过多，最多 {max_length} 条。"),
    "string_too_long": Text("At most {max_length} characters fit here.", "此处最多 {max_length} 个字符。"),
    "string_too_short": Text("This is too short.", "内容过短。"),
}  # fmt: skip


class Wrong(Schema):
    """One thing wrong with what was sent: the field, and what to write instead."""

    field: str
    detail: str


class Difference(Schema):
    """A field that somebody else has saved differently meanwhile."""

    field: str
    theirs: str
    yours: str


class ProblemDetails(Schema):
    """RFC 9457: what went wrong and what to do; `differences` only with status 412."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Wrong] = []
    differences: list[Difference] = []


class NotJson(Refused):
    """A body that says of itself that it is something else."""

    status = 415


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
    response = HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response


def listen(api: NinjaAPI) -> None:
    """Say every error of the API as a problem."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _malformed)
    api.add_exception_handler(SuspiciousOperation, _suspicious)
    api.add_exception_handler(UnreadablePostError, _suspicious)
    api.add_exception_handler(OperationalError, _troubled)
    api.add_exception_handler(OSError, _troubled)


def spoken(view: object) -> object:
    """The view, whose refusal of a method is a problem too."""

    @wraps(view)
    def speaking(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        response = view(request, *args, **named)
        if response.status_code != 405:
            return response
        allowed = response.headers["Allow"]
        told = problem(405, Text(f"Here one can only: {allowed}.", f"此处仅支持：{allowed}。"))
        told.headers["Allow"] = allowed
        return told

    return speaking


def nothing_here(request: HttpRequest, **named: object) -> HttpResponse:
    """An address that is none, said as the record that is none."""
    return problem(404, Absent().reason)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    if isinstance(refused, Stale):
        differences = [{"field": f, "theirs": theirs, "yours": yours} for f, theirs, yours in refused.differences]
        return problem(412, refused.reason, differences=differences)
    return problem(refused.status, refused.reason, refused.problems)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = tuple(Problem(_place(one["loc"]), _sentence(one)) for one in error.errors)
    return problem(422, found[0].text if found else TITLES[422], found)


def _place(steps: tuple) -> str:
    """Where it stands in the body, without the names the code gives to the body itself."""
    inner = steps[2:] if steps[0] == "body" else steps[1:]
    return ".".join(str(step)[:60] for step in inner) or "body"


def _sentence(error: dict) -> Text:
    said_so = SENTENCES.get(error["type"])
    if said_so is None:
        return Text(error["msg"], f"输入无效：{error['msg']}")
    told = {"expected": "", **error.get("ctx", {})}
    return said_so.fill(**{name: str(value).replace("'", "") for name, value in told.items()})


def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(401, Text("Send a token that works: “Authorization: Bearer …”. You issue one under “My account”.",
                               "请发送有效令牌：“Authorization: Bearer …”。可在“我的账户”中签发。"))  # fmt: skip
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, Refused):
        return _refused(request, error.__cause__)
    return problem(error.status_code, Text("The body is not valid JSON.", "请求体不是有效的 JSON。"))


def _troubled(request: HttpRequest, error: Exception) -> HttpResponse:
    """A full disk or a busy database; anything else is a bug and goes on as one."""
    if (refused := failing.understood(error)) is None:
        raise error
    return _refused(request, refused)


def _suspicious(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, RequestDataTooBig):
        return problem(413, Text("The body is too large: at most 2 MB.", "请求体过大，最多 2 MB。"))
    return problem(400, Text("The request cannot be read.", "无法读取该请求。"))
