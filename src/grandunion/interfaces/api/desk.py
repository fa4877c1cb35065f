"""The desk's tools through the API: prepared replies, and one deed on many needs, tried out or done."""

from collections.abc import Callable
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Body, text
from grandunion.terms.needs import Category, NoteKind, Urgency
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import needs as actions
from grandunion.work.actions.messages import inbox
from grandunion.work.permissions import needs as permissions
from grandunion.work.permissions.base import staff_only
from grandunion.work.queries import needs
from grandunion.work.queries.needs import macros as replies
from grandunion.work.queries.parties import user_by_email

Tools = Literal["ask", "hand-over", "merge", "spam", "watch", "macro"]


class SetsBody(Body):
    """The fields a prepared reply sets."""

    category: Category | None = None
    urgency: Urgency | None = None
    take: bool = False


class MacroBody(Body):
    """A prepared reply."""

    code: text(60) = ""
    name_zh: text(100)
    name_en: text(100)
    category: Category | None = None
    sets: SetsBody = SetsBody()
    note_kind: NoteKind | None = None
    text_zh: text(5000) = ""
    text_en: text(5000) = ""
    assignee: text(200) = ""
    move: text(40) = ""


class MacroOut(Schema):
    """A prepared reply, and in words what it does."""

    code: str
    name: Bilingual
    category: str
    sets: dict[str, str | bool]
    note_kind: str
    text: Bilingual
    assignee: str
    move: str
    does: Bilingual
    is_of_pack: bool
    is_retired: bool
    version: int


class MacrosOut(Schema):
    """All prepared replies."""

    items: list[MacroOut]


class ManyBody(Body):
    """One deed on needs: `to` says to whom (ask: organisations; hand-over: an e-mail; merge: a number; macro: a code).

    With `is_trial` nothing happens; the answer says what would.
    """

    numbers: Annotated[list[text(40)], Field(min_length=1, max_length=100)]
    deed: Tools
    to: text(500) = ""
    is_trial: bool = False


class OutcomeOut(Schema):
    """What became of one need, or would."""

    number: str
    is_done: bool
    reason: Bilingual


class OutcomesOut(Schema):
    """What became of each, in the order given."""

    items: list[OutcomeOut]


def _plain(macro: object) -> dict[str, object]:
    return {
        "code": macro.code, "name": macro.name, "category": macro.category, "sets": macro.sets,
        "note_kind": macro.note_kind, "text": Text(macro.text_en, macro.text_zh), "move": macro.move,
        "assignee": macro.assignee.number if macro.assignee else "", "does": listed(actions.steps_of(macro)),
        "is_of_pack": macro.is_of_pack, "is_retired": macro.retired_on is not None, "version": macro.version,
    }  # fmt: skip


def _list(request: HttpRequest) -> HttpResponse:
    require(permissions.may_read_macros(request.reader), Forbidden)
    return answers.answer({"items": [_plain(one) for one in replies.macros(with_retired=True)]})


def _values(given: MacroBody) -> dict[str, object]:
    values = given.model_dump(mode="json")
    values["sets"] = {name: value for name, value in values["sets"].items() if value}
    return values


def _write(request: HttpRequest, given: MacroBody) -> HttpResponse:
    made = actions.save_macro(_values(given), by=request.reader, at=request.at)
    return answers.answer(_plain(made), 201)


def _edit(request: HttpRequest, code: str, given: MacroBody) -> HttpResponse:
    require(permissions.may_read_macros(request.reader), Forbidden)
    macro = needs.macro(code)
    return answers.answer(_plain(actions.save_macro(_values(given), by=request.reader, at=request.at, macro=macro)))


def _retire(request: HttpRequest, code: str) -> HttpResponse:
    require(permissions.may_read_macros(request.reader), Forbidden)
    return answers.answer(_plain(actions.retire_macro(needs.macro(code), by=request.reader, at=request.at)))


def _officer(address: str) -> int:
    user = user_by_email(address)
    if user is None:
        raise invalid("to", f"Nobody here has the address {address}.", f"未找到邮箱为 {address} 的账号。")
    return user.pk


def _many(request: HttpRequest, given: ManyBody) -> HttpResponse:
    require(staff_only(request.reader), Forbidden)
    who = {"by": request.reader, "at": request.at}
    makes: dict[str, Callable[[], Callable[[object], object]]] = {
        "ask": lambda: actions.to_ask(given.to, **who),
        "hand-over": lambda: actions.to_hand_over(_officer(given.to), **who),
        "merge": lambda: actions.to_merge(given.to, **who),
        "macro": lambda: actions.to_use(given.to, **who),
        "spam": lambda: actions.to_set_aside(**who),
        "watch": lambda: lambda need: inbox.watch(need, **who),
    }
    found = actions.do_to_many(given.numbers, makes[given.deed](), by=request.reader, is_trial=given.is_trial)
    rows = [{"number": one.number, "is_done": one.is_done, "reason": one.reason} for one in found]
    return answers.answer({"items": rows})


router = Router(tags=["Desk · 服务台"])
for method, address, name, view, summary, shape in (
    ("get", "/macros", "list_macros", _list, "Prepared replies · 快捷处理", MacrosOut),
    ("post", "/macros", "write_macro", _write, "Write one · 新建快捷处理", {201: MacroOut}),
    ("put", "/macros/{code}", "edit_macro", _edit, "Change one · 修改快捷处理", MacroOut),
    ("post", "/macros/{code}/retire", "retire_macro", _retire, "Out of use, or again · 停用或恢复", MacroOut),
    ("post", "/many", "do_to_many_needs", _many, "One deed on many needs · 批量办理", OutcomesOut),
):
    errors = described.READ_ERRORS if method == "get" else described.WRITE_ERRORS
    router.api_operation(
        [method.upper()], address, operation_id=name, summary=summary, response=shape,
        openapi_extra=described.beside(errors),
    )(view)  # fmt: skip
