"""The one time line of a need: what changed, what was said, letters and calls, in order; and its forms to write."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.downloads import sent
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import Happening, happenings
from grandunion.interfaces.web.documents import size
from grandunion.interfaces.web.needs.keeping import keep_url, recalled
from grandunion.interfaces.web.needs.moves import HOME, asked, who
from grandunion.interfaces.web.needs.thread_forms import EditNoteForm, NoteForm
from grandunion.interfaces.web.needs.words import TOLD as LABELS
from grandunion.interfaces.web.needs.words import VERBS
from grandunion.terms.needs import CallbackResult, NoteKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import needs as actions
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs
from grandunion.work.queries.needs import notes as queries
from grandunion.work.queries.needs.notes import Said

MACRO_USED, HELD = "need.macro_used", "held"
CALL_VERBS = frozenset({"need.called_back", "need.called_in_vain", "need.followed_up"})
PARTS: Mapping[str, Text] = {
    "": Text("All", "全部"),
    "notes": Text("Notes", "备注"),
    "mail": Text("Letters", "来往信函"),
    "states": Text("States", "状态"),
    "calls": Text("Calls", "回访"),
    HELD: Text("Held letters", "留存的来信"),
}
WRITE: Mapping[NoteKind, tuple[Text, Text]] = {
    NoteKind.INTERNAL: (Text("Internal note", "内部备注"), Text("Keep the note", "保存备注")),
    NoteKind.TO_APPLICANT: (
        Text("Write to the applicant", "致信申请人"),
        Text("Send to the applicant", "发送申请人"),
    ),
    NoteKind.FROM_APPLICANT: (Text("Write to the desk", "给服务台留言"), Text("Send to the desk", "发送给服务台")),
    NoteKind.FROM_ANSWERER: (Text("Write to the desk", "给服务台留言"), Text("Send to the desk", "发送给服务台")),
}
TOLD = {
    NoteKind.INTERNAL: Text("The note is kept.", "备注已保存。"),
    NoteKind.TO_APPLICANT: Text("It is on its way to the applicant.", "已发送给申请人。"),
    NoteKind.FROM_APPLICANT: Text("The desk has it.", "已送达服务台。"),
    NoteKind.FROM_ANSWERER: Text("The desk has it.", "已送达服务台。"),
}
PART_OF = {NoteKind.INTERNAL: "notes", NoteKind.HELD: HELD}
RELEASED = Text(
    "It stands among the letters now; those at work on the need are told.", "已收录到来往信函，并通知经办各方。"
)
FROM_DESK = Text("From the desk", "服务台来信")
EDIT, SAVED = Text("Change the note", "修改留言"), Text("Saved.", "已保存。")
WITHDRAWN = Text("Withdrawn; that it stood here remains.", "已撤回，仅保留痕迹。")
CALLED = Text("called back", "回访")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the time line; `note` where something was said, else what happened with its details."""

    at: datetime
    part: str
    who: Text | str
    text: Text | str
    tone: str = "neutral"
    details: tuple[tuple[Text, str], ...] = ()
    words: str = ""
    note: Said | None = None
    files: tuple[tuple[str, str, str], ...] = ()  # name, size, address
    left_out: tuple[tuple[str, Text], ...] = ()
    edit_url: str = ""
    withdraw_url: str = ""
    answer_url: str = ""  # takes the letter as the answer to the open question
    release_url: str = ""  # takes a letter that was held for one that a person wrote


@dataclass(frozen=True, slots=True)
class Composer:
    """One form to write: closed until it is wanted, or open with what was typed before."""

    kind: NoteKind
    title: Text
    submit: Text
    url: str
    keep_url: str
    form: NoteForm
    is_open: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """What a need's page shows of the conversation, up to what the reader hears."""

    entries: tuple[Entry, ...]
    composers: tuple[Composer, ...]
    parts: tuple[tuple[str, Text, bool], ...]
    has_more: bool = False


def thread(request: HttpRequest, need: object, lines: Sequence[object], calls: Sequence[object]) -> Thread:
    """The time line of a need as its reader hears it, filtered by ?show=; `calls` are those the reader may read."""
    every = entries(request, need, lines, calls)
    show = request.GET.get("show", "")
    show = show if show in PARTS else ""
    there = {"", show, *(entry.part for entry in every)}
    return Thread(
        tuple(entry for entry in every if entry.part == show or (not show and entry.part != HELD)),
        tuple(_composers(request, need)),
        tuple((code, name, code == show) for code, name in PARTS.items() if code in there),
        sum(entry.note is not None for entry in every) >= queries.MOST,
    )


def entries(
    request: HttpRequest, need: object, lines: Sequence[object], calls: Sequence[object], limit: int = queries.MOST
) -> list[Entry]:
    """Everything the reader hears about a need, the newest first."""
    kinds = permissions.hears(request.reader, need)
    is_desk = kinds == permissions.EVERY_KIND
    said = [] if need.state == "draft" else queries.said_about(need, request.reader, kinds, limit)
    every = [_noted(one, request, need, is_desk) for one in said] + [_called(call) for call in calls]
    hidden = queries.NOTE_VERBS - {MACRO_USED} if is_desk else queries.NOTE_VERBS
    hidden |= CALL_VERBS if calls else frozenset()
    lines = [line for line in lines if line.verb not in hidden]
    every += [_happened(*both) for both in zip(lines, happenings(lines, VERBS, LABELS), strict=True)]
    return sorted(every, key=lambda entry: entry.at, reverse=True)


def _happened(line: object, shown: Happening) -> Entry:
    is_move = any(name == "state" for name, _, _ in line.changes)
    part = "calls" if line.verb in CALL_VERBS else "states" if is_move else "changes"
    return Entry(shown.at, part, shown.who, shown.text, "info" if is_move else shown.tone, shown.details)


def _called(call: object) -> Entry:
    result = (Text("Result", "结果"), CallbackResult(call.result).text)
    return Entry(call.at, "calls", call.by.name if call.by else "", CALLED, "good", (result,), words=call.note)


def _noted(said: Said, request: HttpRequest, need: object, is_desk: bool) -> Entry:
    note, base = said.note, f"{HOME}{need.number}/notes/{said.note.pk}/"
    kind = FROM_DESK if note.note_kind == NoteKind.TO_APPLICANT and not is_desk else said.kind
    is_here = note.need_id == need.pk
    may_edit = is_here and permissions.may_change_note(request.reader, note)
    may_withdraw = is_here and permissions.may_withdraw(request.reader, need, note)
    is_answer = is_here and is_desk and note.note_kind == NoteKind.FROM_APPLICANT and need.paused_at is not None
    may_release = is_here and permissions.may_release(request.reader, need, note)
    return Entry(
        note.at, PART_OF.get(note.note_kind, "mail"), said.who, kind, note=said,
        release_url=f"{base}release/" if may_release else "",
        files=tuple((one.file_name, size(one.size), f"{base}files/{one.number}/") for one in said.files),
        left_out=tuple((name, Text(en, zh)) for name, zh, en in note.left_out),
        edit_url=f"{base}edit/" if may_edit else "", withdraw_url=f"{base}withdraw/" if may_withdraw else "",
        answer_url=f"{HOME}{need.number}/reply/?note={note.pk}" if is_answer and note.withdrawn_at is None else "",
    )  # fmt: skip


def _composers(request: HttpRequest, need: object) -> Iterable[Composer]:
    kept = None
    for kind in permissions.speaks(request.reader, need):
        if not permissions.may_write(request.reader, need, kind):
            continue
        kept = needs.unsent(need, request.reader) if kept is None else kept
        code, before = f"note-{kind.value}", kept.get(f"note-{kind.value}")
        form = NoteForm.fresh(f"{code}-%s", **(before.answers if before else {}))
        yield Composer(
            kind, *WRITE[kind], f"{HOME}{need.number}/notes/{kind.value}/", keep_url(need.number, code), form,
            before is not None,
        )  # fmt: skip


@signed_in
def write(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Say something about a need; a refusal shows the form again with what was typed."""
    need = needs.get(number, request.reader)
    if not NoteKind.has(kind) or NoteKind(kind) not in permissions.speaks(request.reader, need):
        raise Absent
    meant = NoteKind(kind)
    require(permissions.may_write(request.reader, need, meant), Forbidden)
    form = recalled(request, need, NoteForm.of(request), f"note-{kind}")

    def save(values: Mapping[str, object]) -> HttpResponse:
        files = tuple((file, file.name) for file in values["files"])
        new = actions.Writing(meant, str(values["text"]), files=files)
        actions.add_note(need, new, submission=str(values.get("submission", "")), **who(request))
        return done(request, f"{HOME}{number}/#said", TOLD[meant])

    return asked(request, need, form, save, WRITE[meant][0])


def _note(request: HttpRequest, number: str, pk: int) -> object:
    need = needs.get(number, request.reader)
    found = queries.note(need, pk, request.reader, permissions.hears(request.reader, need))
    if found.need_id != need.pk:
        raise Absent
    return found


@signed_in
def edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Mend a note."""
    note = _note(request, number, pk)
    require(permissions.may_change_note(request.reader, note), Forbidden)

    def save(values: Mapping[str, object]) -> HttpResponse:
        actions.edit_note(note, str(values["text"]), version=values.get("version"), **who(request))
        return done(request, f"{HOME}{number}/#note-{pk}", SAVED)

    return asked(request, note.need, EditNoteForm.of(request, text=note.text, version=note.version), save, EDIT)


@require_POST
@signed_in
def withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a note back."""
    actions.withdraw_note(_note(request, number, pk), **who(request))
    return done(request, f"{HOME}{number}/#note-{pk}", WITHDRAWN)


@require_POST
@signed_in
def release(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a held letter for one that a person wrote."""
    actions.release_letter(_note(request, number, pk), **who(request))
    return done(request, f"{HOME}{number}/#note-{pk}", RELEASED)


@signed_in
def file(request: HttpRequest, number: str, pk: int, document: str) -> FileResponse:
    """A file that came with a note, for whoever hears the note; as an attachment no browser runs."""
    need = needs.get(number, request.reader)
    note = queries.note(need, pk, request.reader, permissions.hears(request.reader, need))
    found = queries.file_of(note, document)
    return sent(actions.open_note_file(found), found)


@signed_in
def colleagues(request: HttpRequest, number: str) -> HttpResponse:
    """The colleagues who may read the need, to be named with @: a fragment the page fetches once."""
    need = needs.get(number, request.reader)
    if NoteKind.INTERNAL not in permissions.speaks(request.reader, need):
        raise Absent
    found = permissions.colleagues(need, request.reader)
    return render(request, "web/needs/colleagues.html", {"colleagues": found})
