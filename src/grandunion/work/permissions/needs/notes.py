"""Who reads what is said about a need, who may say something, and who takes back what."""

from datetime import timedelta

from grandunion.records.needs import Need, Note
from grandunion.records.parties import User
from grandunion.terms.needs import NeedState, NoteKind
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import may_see
from grandunion.work.permissions.needs.needs import DESK, parts_of
from grandunion.work.queries.needs import notes as queries
from grandunion.work.queries.parties import reader_of

EDITED_FOR = timedelta(minutes=15)
EVERY_KIND = frozenset(NoteKind)
BY_PART = {
    Part.OWNER: frozenset({NoteKind.TO_APPLICANT, NoteKind.FROM_APPLICANT}),
    Part.ASSIGNEE: frozenset({NoteKind.TO_APPLICANT, NoteKind.FROM_APPLICANT, NoteKind.FROM_ANSWERER}),
}
Kinds = frozenset[NoteKind]


def hears(reader: Reader, need: Need, key: str = "") -> Kinds:
    """The kinds of notes the reader reads: the desk all of them, the applicant only what is to or from them.

    Of the letters of those who answer, each reads only those of the own organisation (see `queries.needs.notes`).
    """
    mine = parts_of(reader, need, key)
    if mine & (DESK | {Part.PLANNER}):
        return EVERY_KIND
    return frozenset().union(*(kinds for part, kinds in BY_PART.items() if part in mine))


def speaks(reader: Reader, need: Need, key: str = "") -> tuple[NoteKind, ...]:
    """The kinds of notes the reader may write, the usual one first."""
    mine = parts_of(reader, need, key)
    if mine & DESK:
        return (NoteKind.INTERNAL, NoteKind.TO_APPLICANT)
    if Part.PLANNER in mine:
        return (NoteKind.INTERNAL,)
    if need.state == NeedState.SPAM:
        return ()
    if Part.OWNER in mine:
        return (NoteKind.FROM_APPLICANT,)
    return (NoteKind.FROM_ANSWERER,) if Part.ASSIGNEE in mine else ()


def may_write(reader: Reader, need: Need, kind: NoteKind, key: str = "") -> Verdict:
    """Whoever takes part says something; to the applicant only the desk, and only where somebody can be written to."""
    if need.state == NeedState.DRAFT:
        return no("This need is not handed in yet.", "该需求尚未提交。")
    if kind not in speaks(reader, need, key):
        return no(
            "Only the desk, those who answer and the applicant write here, each to the others.",
            "仅服务台、承办方和申请人可以在此留言。",
        )
    if kind == NoteKind.TO_APPLICANT and not _can_be_told(need):
        return no(
            "Nobody can be written to: the need has no e-mail and no account. Call, and keep an internal note.",
            "该需求没有邮箱也没有账号，无法书面回复；请电话联系并留内部备注。",
        )
    return YES


def _can_be_told(need: Need) -> bool:
    return bool(need.contact_email or need.owner_id or need.contact_person_id or need.tracking)


def may_change_note(reader: Reader, note: Note) -> Verdict:
    """Who wrote a note mends it for a quarter of an hour; what went out by mail stays as it went."""
    if note.withdrawn_at is not None:
        return no("It was withdrawn.", "该条已撤回。")
    if note.author_id is None or note.author_id != reader.user_id or note.message_id:
        return no("Only who wrote it changes it.", "仅本人可以修改。")
    if note.note_kind == NoteKind.TO_APPLICANT:
        return no("It is on its way to the applicant. Write another one.", "该条已发往申请人，请另行补充。")
    if reader.at > note.at + EDITED_FOR:
        return no("A note is changed within a quarter of an hour. Write another one.",
                  "仅可在十五分钟内修改，请另行补充。")  # fmt: skip
    return YES


def may_withdraw(reader: Reader, need: Need, note: Note) -> Verdict:
    """Who wrote a note takes it back, and the desk takes away what should not stand here; that it stood remains."""
    if note.withdrawn_at is not None:
        return no("It was withdrawn already.", "该条已撤回。")
    if note.author_id is not None and note.author_id == reader.user_id:
        return YES
    if parts_of(reader, need) & DESK:
        return YES
    return no("Only who wrote it, or the desk, withdraws it.", "仅本人或服务台可以撤回。")


def may_release(reader: Reader, need: Need, note: Note) -> Verdict:
    """The desk takes a letter that was held for one that a person wrote."""
    if note.note_kind != NoteKind.HELD or note.withdrawn_at is not None:
        return no("It is no letter that is held.", "该条不是留存的来信。")
    if parts_of(reader, need) & DESK:
        return YES
    return no("Only the desk takes a held letter in.", "仅服务台可以收录留存的来信。")


def may_bring_notes(reader: Reader, need: Need) -> Verdict:
    """The desk brings in what was said before the need stood here."""
    if parts_of(reader, need) & DESK:
        return YES
    return no("Only the desk of its area brings notes in.", "仅该片区的服务台可以导入备注。")


def may_name(whom: Reader, need: Need, kind: NoteKind) -> Verdict:
    """Somebody is named only where they may read what is said."""
    if may_see(whom, need) and kind in hears(whom, need):
        return YES
    return no(
        f"{whom.called.en} may not read this, so cannot be named here.",
        f"{whom.called.zh}无权阅读此内容，不能在此提及。",
    )


def colleagues(need: Need, reader: Reader) -> list[User]:
    """The hub's people whom somebody at the desk may name on the need."""
    people = queries.staff(reader)
    return [one for one in people if may_name(reader_of(one, reader.at), need, NoteKind.INTERNAL)]


def may_use_macros(reader: Reader, need: Need) -> Verdict:
    """The desk uses prepared replies."""
    if parts_of(reader, need) & DESK:
        return YES
    return no("Only the desk of its area uses prepared replies.", "仅该片区的服务台可以使用快捷处理。")
