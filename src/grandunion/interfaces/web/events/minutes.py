"""The minutes: entered a line at a time by keyboard, each line turned into what follows by one key."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done
from grandunion.interfaces.kit.records import offers, saving
from grandunion.interfaces.kit.sheets import WRITERS
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.web.events.forms import (
    CorrectForm,
    SettleForm,
    StatementForm,
    SummaryForm,
    TakeUpForm,
    entered_statement,
)
from grandunion.interfaces.web.events.views import ASKS, HOME, crumbs, tabs
from grandunion.interfaces.web.events.words import KIND_TONES, KINDS
from grandunion.terms.events import EventState, RegistrationState, StatementKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import events as actions
from grandunion.work.actions.events.values import by_script
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events
from grandunion.work.queries.events.imports import STATEMENTS

MINUTES = Text("Minutes", "纪要")
SAID, SUMMARY = Text("Said", "发言"), Text("Summary", "会议概况")
K = StatementKind
FORMS = {"action": TakeUpForm, "settle": SettleForm}
TITLES = {
    "need": Text("Make it a need", "转为需求"), "action": Text("Make it an action", "列为承诺事项"),
    "settle": Text("Nothing follows", "无需跟进"), "strike": Text("Strike it out", "删除"),
}  # fmt: skip
MOVES = frozenset({"confirm", "correct", "track"})


@signed_in
def index(request: HttpRequest, number: str) -> HttpResponse:
    """What was said, and the row in which the next thing is entered."""
    event = events.get(number, request.reader)
    require(permissions.may_read_minutes(request.reader, event), Forbidden)
    rows, promised = events.statements(event), {one.statement_id: one for one in events.actions_of(event)}
    if (kind := request.GET.get("format", "")) in WRITERS:
        return WRITERS[kind](f"{number}-minutes", _table(rows))
    last = rows[-1] if rows else None
    form = StatementForm.of(request, statement_kind=K.DIFFICULTY.value, **_as_before(last))

    def save(values: Mapping[str, object]) -> HttpResponse:
        actions.state(event, by_script(values, "speaker", "text"), by=request.reader, at=request.at,
                      submission=str(values.get("submission") or ""))  # fmt: skip
        return done(request, f"{HOME}{number}/minutes/", Text("Entered.", "已录入。"))

    runs = bool(permissions.may_run(request.reader, event))
    lines = [_line(row, promised.get(row.pk), event) for row in rows]
    return saving(
        request, form, save, template="web/events/minutes.html", title=MINUTES, section="events",
        subtitle=event.title, event=event, crumbs=crumbs(event, MINUTES), bodies=_bodies(event), lines=lines,
        may_minute=bool(permissions.may_minute(request.reader, event)), keys=[(k.value[0], k, t) for k, t in KINDS],
        may_follow=bool(permissions.may_follow_up(request.reader, event)), runs=runs,
        tabs=tabs(event, "minutes/", {"statements": len(rows)}) if runs else [],
        loose=sum(line["is_loose"] for line in lines), actions=_deeds(event) if runs else [],
        offers=_moves(request, event) if runs else [], standing=EventState(event.state).text,
    )  # fmt: skip


def _table(rows: list) -> list[list[object]]:
    """What was said as a table that can be taken in again; the first row has the columns' codes."""
    told = [
        [said(row.body), said(row.speaker), row.topic.code if row.topic else "", row.statement_kind, row.text_zh,
         row.text_en]
        for row in rows
    ]  # fmt: skip
    return [list(STATEMENTS), *told]


def _as_before(last: object) -> dict[str, object]:
    """Whoever spoke last often goes on speaking."""
    if last is None:
        return {}
    return {"organisation": said(last.body), "speaker": said(last.speaker)}


def _bodies(event: object) -> list[tuple[Text, Text]]:
    """Who is there, to be chosen from while typing: the organisation, and who came for it."""
    here = (RegistrationState.ATTENDED, RegistrationState.COMPLETE)
    found = {row.body.zh: (row.body, row.name) for row in events.registrations(event).filter(state__in=here)}
    return [pair for name, pair in found.items() if name]


def _moves(request: HttpRequest, event: object) -> list:
    found = [(move, verdict) for move, verdict in permissions.offers(request.reader, event) if move.code in MOVES]
    return offers(found, ASKS, f"{HOME}{event.number}/")


def _deeds(event: object) -> list[Deed]:
    base = f"{HOME}{event.number}/minutes/"
    return [Deed(f"{base}summary/", SUMMARY, "file-text"), Deed(f"{base}import/", Text("Import", "导入"), "upload")]


def _line(row: object, action: object, event: object) -> dict[str, object]:
    """One statement with what followed from it and what may."""
    taken = (row.pk,) if action else ()
    kind = StatementKind(row.statement_kind)
    is_free = row.need_id is None and action is None
    return {
        "row": row, "kind": kind.text, "tone": KIND_TONES[kind], "action": action,
        "is_loose": events.is_loose(row, taken),
        "may_need": is_free and kind in (K.DIFFICULTY, K.SUGGESTION), "is_free": is_free,
        "may_act": is_free and kind in (K.COMMITMENT, K.SUGGESTION),
        "need_first": kind is K.DIFFICULTY, "act_first": kind is K.COMMITMENT,
    }  # fmt: skip


@signed_in
def statement(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Correct what the draft says was said, or write it in the other language too."""
    event = events.get(number, request.reader)
    require(permissions.may_minute(request.reader, event), Forbidden)
    row = events.statement(event, pk)
    title = Text("Correct the statement", "修改发言")
    form = CorrectForm.of(request, version=row.version, **entered_statement(row))

    def save(values: Mapping[str, object]) -> HttpResponse:
        version, _ = values.pop("version", None), values.pop("submission", None)
        actions.correct_statement(row, values, by=request.reader, at=request.at, version=version)
        return done(request, f"{HOME}{number}/minutes/", Text("Corrected.", "已修改。"))

    return saving(request, form, save, template="web/events/form.html", title=title, section="events",
                  crumbs=crumbs(event, title), cancel_url=f"{HOME}{number}/minutes/")  # fmt: skip


@signed_in
def do(request: HttpRequest, number: str, pk: int, deed: str) -> HttpResponse:
    """Turn a statement into a need or an action, say why nothing follows, or strike it out."""
    event = events.get(number, request.reader)
    require(permissions.may_run(request.reader, event), Forbidden)
    row = events.statement(event, pk)
    if deed not in TITLES:
        raise Absent
    title = TITLES[deed]
    back = f"{HOME}{number}/{'follow-up' if request.GET.get('from') == 'follow-up' else 'minutes'}/"
    form = FORMS.get(deed, Form).of(request, **_begins(row, deed))

    def save(values: Mapping[str, object]) -> HttpResponse:
        return done(request, back, _do(row, deed, values, request))

    return saving(request, form, save, template="web/events/form.html", title=title, section="events",
                  crumbs=crumbs(event, title), cancel_url=back, hint=row.text)  # fmt: skip


def _begins(row: object, deed: str) -> dict[str, object]:
    if deed != "action":
        return {}
    return {"owner": row.organisation.number if row.organisation else row.organisation_zh or row.organisation_en}


def _do(row: object, deed: str, values: Mapping[str, object], request: HttpRequest) -> Text:
    more = {"by": request.reader, "at": request.at}
    if deed == "need":
        need = actions.raise_need(row, **more)
        return Text(f"{need.number} is with the need desk.", f"已转为需求 {need.number}，由服务台办理。")
    if deed == "action":
        given = {name: values.get(name) for name in ("owner", "due_on") if values.get(name)}
        action = actions.take_up(row, given, **more)
        return Text(f"{action.number} is due {action.due_on}.", f"已列为事项 {action.number}，期限 {action.due_on}。")
    if deed == "settle":
        actions.settle(row, note=str(values["note"]), **more)
        return Text("Noted.", "已说明。")
    actions.strike(row, **more)
    return Text("Struck out.", "已删除。")


@signed_in
def summary(request: HttpRequest, number: str) -> HttpResponse:
    """Write what stands in the minutes before the statements."""
    event = events.get(number, request.reader)
    require(permissions.may_minute(request.reader, event), Forbidden)
    form = SummaryForm.of(request, version=event.version, summary_zh=event.summary_zh, summary_en=event.summary_en)

    def save(values: Mapping[str, object]) -> HttpResponse:
        actions.summarise(event, zh=str(values["summary_zh"]), en=str(values["summary_en"]), by=request.reader,
                          at=request.at, version=values.get("version"))  # fmt: skip
        return done(request, f"{HOME}{number}/minutes/", Text("Kept.", "已保存。"))

    return saving(request, form, save, template="web/events/form.html", title=SUMMARY, section="events",
                  crumbs=crumbs(event, SUMMARY), cancel_url=f"{HOME}{number}/minutes/")  # fmt: skip
