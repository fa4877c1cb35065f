"""What is said about a need, through the API: notes and letters as far as the caller hears them, prepared replies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from grandunion.interfaces.api import answers, described, needs, resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Body, text
from grandunion.interfaces.api.resources import Deed
from grandunion.interfaces.kit.downloads import sent
from grandunion.terms.needs import NoteKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, invalid
from grandunion.work.actions import needs as actions
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs as opened
from grandunion.work.queries.needs import notes as queries
from grandunion.work.queries.parties import user_by_email

Words = text(20_000)
Files = Sequence[UploadedFile]


class NoteBody(Body):
    """Something said: `mentions` are colleagues' e-mail addresses, besides those the text names with @."""

    kind: NoteKind
    text: Words
    mentions: Annotated[list[text(254)], Field(max_length=20)] = []


class NoteForm(NoteBody):
    """The same as a form with files (multipart/form-data); with files, the text may be left out."""

    text: Words = ""


class NoteEdit(Body):
    """The text of a note anew."""

    text: Words


class UseBody(Body):
    """Other words than the reply's own, if any."""

    text: Words = ""


class NoteFileOut(Schema):
    """A file that came with a note."""

    number: str
    file_name: str
    media_type: str
    size: int


class LeftOutOut(Schema):
    """An attachment of a letter that was not kept, and why."""

    name: str
    reason: Bilingual


class NoteOut(Schema):
    """One note or letter; `need` is another one's number where that was joined to this one."""

    id: int
    kind: NoteKind
    text: str
    who: Bilingual
    is_letter: bool
    need: str
    at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    version: int
    files: list[NoteFileOut]
    left_out: list[LeftOutOut]


class NotesOut(Schema):
    """What the caller hears, the newest first (at most 200)."""

    items: list[NoteOut]


def _kinds(request: HttpRequest, need: object) -> frozenset[NoteKind]:
    return permissions.hears(request.reader, need)


def _notes(request: HttpRequest, number: str) -> HttpResponse:
    need = opened.get(number, request.reader)
    found = queries.said_about(need, request.reader, _kinds(request, need))
    return answers.answer({"items": [_told(one, need) for one in found]})


def _told(said: queries.Said, need: object) -> dict[str, object]:
    note = said.note
    return {
        "id": note.pk, "kind": note.note_kind, "text": note.text, "is_letter": bool(note.message_id),
        "who": said.who if isinstance(said.who, Text) else Text(said.who, said.who),
        "need": said.need_number or need.number, "at": note.at, "edited_at": note.edited_at,
        "withdrawn_at": note.withdrawn_at, "version": note.version,
        "files": [{name: getattr(one, name) for name in NoteFileOut.model_fields} for one in said.files],
        "left_out": [{"name": name, "reason": Text(en, zh)} for name, zh, en in note.left_out],
    }  # fmt: skip


def _one(need: object, note: object, by: object) -> dict[str, object]:
    found = queries.said_about(need, by, permissions.hears(by, need))
    return next(_told(one, need) for one in found if one.note.pk == note.pk)


def _add(
    need: object,
    *,
    kind: str,
    text: str = "",
    mentions: list[str] = (),
    files: Files = (),
    key: str = "",
    **who: object,
) -> dict[str, object]:
    named = [_account(address) for address in mentions]
    new = actions.Writing(NoteKind(kind), text, tuple(named), tuple((file, file.name or "") for file in files))
    return _one(need, actions.add_note(need, new, submission=key, **who), who["by"])


FORM, FILES = Form(...), File(...)


def _add_with_files(
    request: HttpRequest, number: str, given: NoteForm = FORM, files: list[UploadedFile] = FILES
) -> HttpResponse:
    if strange := sorted(set(request.POST) - set(NoteForm.model_fields)):
        raise invalid(strange[0][:60], "There is no such field here.", "此处没有该字段。")
    need = opened.get(number, request.reader)
    answers.same_version(request, need)
    key = resources.own_key(request, f"{number} notes")
    who = {"by": request.reader, "at": request.at}
    return answers.answer(_add(need, **given.given(), files=files, key=key, **who))


def _account(address: str) -> int:
    user = user_by_email(address)
    if user is None:
        raise invalid("mentions", f"Nobody here has the address {address}.", f"未找到邮箱为 {address} 的账号。")
    return user.pk


def _own(need: object, child: int, by: object) -> object:
    note = queries.note(need, child, by, permissions.hears(by, need))
    if note.need_id != need.pk:
        raise Absent
    return note


def _edit(need: object, child: int, *, text: str, by: object, at: datetime) -> dict[str, object]:
    return _one(need, actions.edit_note(_own(need, child, by), text, by=by, at=at), by)


def _withdraw(need: object, child: int, *, by: object, at: datetime) -> dict[str, object]:
    return _one(need, actions.withdraw_note(_own(need, child, by), by=by, at=at), by)


def _use(need: object, child: str, *, text: str = "", **who: object) -> object:
    return actions.use_macro(need, opened.macro(child), text=text or None, **who)


def _file(request: HttpRequest, number: str, child: int, document: str) -> FileResponse:
    need = opened.get(number, request.reader)
    note = queries.note(need, child, request.reader, _kinds(request, need))
    found = queries.file_of(note, document)
    return sent(actions.open_note_file(found), found)


router: Router = needs.router
router.get(
    "/{number}/notes", operation_id="notes_of_need", summary="Notes and letters · 备注与来往信函", response=NotesOut,
    openapi_extra=described.beside(described.READ_ERRORS),
)(_notes)  # fmt: skip
router.get(
    "/{number}/notes/{int:child}/files/{document}", operation_id="file_of_note", response={200: None},
    summary="A file of a note · 备注附件", openapi_extra=described.beside(described.READ_ERRORS),
)(_file)  # fmt: skip
resources.does(
    router, needs.NEEDS, Deed("notes", Text("Write a note", "添加备注"), _add, NoteBody, has_key=True), NoteOut
)
router.post(
    "/{number}/notes/with-files", operation_id="need_post_notes_with_files", response=NoteOut,
    summary="Write a note with files · 添加备注并附文件",
    openapi_extra=described.beside(described.WRITE_ERRORS, resources.IF_MATCH, resources.KEY),
)(_add_with_files)  # fmt: skip
resources.does(
    router, needs.NEEDS, Deed("notes/{int:child}", Text("Change a note", "修改备注"), _edit, NoteEdit, "PUT"), NoteOut
)
resources.does(
    router, needs.NEEDS, Deed("notes/{int:child}", Text("Withdraw a note", "撤回备注"), _withdraw, method="DELETE"),
    NoteOut,
)  # fmt: skip
resources.does(router, needs.NEEDS, Deed("macros/{child}", Text("Use a prepared reply", "使用快捷处理"), _use, UseBody))
