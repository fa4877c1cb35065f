"""Prepared replies at work: written, retired, and used on a need in one deed, of which all happens or nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import timezone

from grandunion.records.needs import Macro, Need
from grandunion.terms.needs import Category, NeedState, NoteKind, Urgency
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.answering import answer, ask_also, dispatch
from grandunion.work.actions.needs.closing import close
from grandunion.work.actions.needs.desk import edit, escalate, move, take
from grandunion.work.actions.needs.notes import Writing, add_note
from grandunion.work.actions.needs.values import named_organisation
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries.needs import macros as queries

SETS: Mapping[str, type[Word]] = {"category": Category, "urgency": Urgency}
WRITTEN = (NoteKind.INTERNAL, NoteKind.TO_APPLICANT)
LONGEST = 5000


def _close(deed: str) -> Callable[..., object]:
    return lambda need, text, **who: close(need, deed, note=text, **who)


def _plain(deed: str) -> Callable[..., object]:
    return lambda need, text, **who: move(need, deed, reason=text[:300], **who)


# The moves a prepared reply may make, each with the reply's text where the move asks for words.
MOVES: Mapping[str, Callable[..., object]] = {
    "answer": lambda need, text, **who: answer(need, text=text, **who),
    "escalate": lambda need, text, **who: escalate(need, reason=text[:300], **who),
    **{deed: _close(deed) for deed in ("close_explained", "close_unsolved")},
    **{deed: _plain(deed) for deed in ("begin_triage", "cancel", "mark_as_spam")},
}
WORDY = frozenset({"answer", "escalate", "close_explained", "close_unsolved", "cancel"})


@atomic
def save_macro(
    values: Mapping[str, object], *, by: Reader, at: datetime, macro: Macro | None = None, version: int | None = None
) -> Macro:
    """Write a prepared reply anew, or change one of the hub's own.

    `values`: code (once), name_zh, name_en, category, sets {category, urgency, take}, note_kind, text_zh, text_en,
    assignee (number or full name), move.
    """
    require(permissions.may_manage_macros(by) if macro is None else permissions.may_change_macro(by, macro), Forbidden)
    given = _sound(values, by, is_new=macro is None)
    if macro is not None:
        changes = base.change(macro, at=at, version=version, **given)
        journal.note("macro.changed", macro, by=by, at=at, changes=changes)
        return macro
    if Macro.objects.filter(code=given["code"]).exists():
        raise invalid("code", "This code is taken.", "该代码已被使用。")
    made = Macro.objects.create(created_at=at, updated_at=at, **given)
    journal.note("macro.written", made, by=by, at=at, changes={"code": (None, made.code)})
    return made


@atomic
def retire_macro(macro: Macro, *, by: Reader, at: datetime, version: int | None = None) -> Macro:
    """Take a prepared reply out of use, or into use again; those of the pack too."""
    require(permissions.may_manage_macros(by), Forbidden)
    day = None if macro.retired_on else timezone.localtime(at).date()
    changes = base.change(macro, at=at, version=version, retired_on=day)
    journal.note("macro.retired" if day else "macro.restored", macro, by=by, at=at, changes=changes)
    return macro


def _sound(values: Mapping[str, object], by: Reader, *, is_new: bool) -> dict[str, object]:
    """The values as the table takes them; everything that is wrong is said at once."""
    given = {name: sound(name, str(values.get(name) or "").strip(), longest) for name, longest in TEXTS.items()}
    given["sets"] = dict(values.get("sets") or {})
    named = str(values.get("assignee") or "").strip()
    given["assignee"] = named_organisation(sound("assignee", named, 200), by) if named else None
    problems = [Problem(field, Text(en, zh)) for field, is_wrong, en, zh in _wrong(given, named) if is_wrong]
    if is_new:
        given["code"] = sound("code", str(values.get("code") or "").strip(), 60)
        if not queries.CODE.fullmatch(given["code"]):
            problems.append(Problem("code", Text("Small letters, digits and _.", "代码由小写字母、数字和下划线组成。")))
    if problems:
        raise Invalid(*problems)
    return given


TEXTS = {"name_zh": 100, "name_en": 100, "category": 30, "note_kind": 20, "text_zh": LONGEST, "text_en": LONGEST,
         "move": 40}  # fmt: skip


def _wrong(given: Mapping[str, object], named: str) -> list[tuple[str, bool, str, str]]:
    """What would not hold together, as (field, is it so, the sentence in both languages)."""
    text, has_words = given["text_zh"] + given["text_en"], bool(given["text_zh"] or given["text_en"])
    strange = queries.unknown_places(text)
    does = given["sets"] or given["note_kind"] or given["assignee"] or given["move"] or named
    return [
        ("name_zh", not given["name_zh"], "Write the Chinese name.", "请填写中文名称。"),
        ("name_en", not given["name_en"], "Write the English name.", "请填写英文名称。"),
        ("category", bool(given["category"]) and not Category.has(given["category"]), "There is no such category.",
         "类别不存在。"),
        ("sets", not _fits(given["sets"]), "Only category, urgency and take can be set.",
         "仅可设定类别、紧急程度和经办人。"),
        ("note_kind", bool(given["note_kind"]) and given["note_kind"] not in WRITTEN,
         "A reply is internal or to the applicant.", "只能写内部备注或致申请人。"),
        ("move", bool(given["move"]) and given["move"] not in MOVES, "A prepared reply cannot make this move.",
         "快捷处理不能执行该办理动作。"),
        ("text_zh", bool(strange), f"Nothing fills these places: {', '.join(strange)}.",
         f"以下占位符无法替换：{'、'.join(strange)}。"),
        ("text_zh", (given["move"] in WORDY or bool(given["note_kind"])) and not has_words, "Write the text.",
         "请填写正文。"),
        ("assignee", bool(named) and given["assignee"] is None, f"There is no organisation “{named}” here.",
         f"未找到单位“{named}”。"),
        ("move", not does, "The reply does nothing yet.", "该快捷处理未设定任何内容。"),
    ]  # fmt: skip


def _fits(sets: Mapping[str, object]) -> bool:
    """Whether what is to be set can be set."""
    return all(value is True if name == "take" else name in SETS and SETS[name].has(str(value))
               for name, value in sets.items())  # fmt: skip


@atomic
def use_macro(need: Need, macro: Macro, *, by: Reader, at: datetime, text: str | None = None) -> Need:
    """Do what a prepared reply prepares; `text` instead of its own words, where somebody has changed them.

    One transaction: when a part of it is refused nothing of it happens. Raises the refusal of that part.
    """
    require(permissions.may_use_macros(by, need), Forbidden)
    if macro.retired_on:
        raise Refused(Text(f"{macro.name_en} is retired.", f"“{macro.name_zh}”已停用。"))
    if macro.category and macro.category != need.category:
        wanted = Category(macro.category).text
        raise Refused(Text(f"It is for “{wanted.en}” only.", f"仅适用于“{wanted.zh}”类需求。"))
    who = {"by": by, "at": at}
    words = queries.filled(macro, need, by) if text is None else text
    journal.note("need.macro_used", need, by=by, at=at, changes={"macro": (None, macro.code)})
    _set(need, macro, who)
    if macro.note_kind:
        add_note(need, Writing(NoteKind(macro.note_kind), words), **who)
    if macro.assignee:
        _ask(need, macro, who)
    if macro.move:
        MOVES[macro.move](need, words, **who)
    return need


def _set(need: Need, macro: Macro, who: Mapping[str, object]) -> None:
    fields = {name: value for name, value in macro.sets.items() if name in SETS and getattr(need, name) != value}
    if fields:
        edit(need, fields, **who)
    if macro.sets.get("take") and need.in_charge_id != who["by"].user_id:
        take(need, **who)


def _ask(need: Need, macro: Macro, who: Mapping[str, object]) -> None:
    """Ask the reply's organisation: further, where others are asked already."""
    if need.state == NeedState.DISPATCHED:
        ask_also(need, to=[macro.assignee], **who)
    else:
        dispatch(need, to=[macro.assignee], category=Category(need.category), **who)


def steps_of(macro: Macro) -> list[Text]:
    """What a prepared reply does, in the order it does it."""
    found = []
    for name, value in macro.sets.items():
        if name in SETS:
            found.append(Text("sets: {word}", "设为：{word}").fill(word=SETS[name](value).text))
    if macro.sets.get("take"):
        found.append(Text("puts you in charge", "由您经办"))
    if macro.note_kind:
        is_inner = macro.note_kind == NoteKind.INTERNAL
        found.append(Text("keeps an internal note", "添加内部备注") if is_inner
                     else Text("writes to the applicant", "致信申请人"))  # fmt: skip
    if macro.assignee:
        found.append(Text("asks {who}", "交{who}办理").fill(who=macro.assignee.name))
    if macro.move:
        label = permissions.NEED_FLOW.move(macro.move).label
        found.append(Text("move: {label}", "办理：{label}").fill(label=label))
    return found
