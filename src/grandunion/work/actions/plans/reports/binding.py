"""Numbers: bound to what they rest on, taken anew when that has changed, kept with a reason, or typed with one."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from grandunion.engines.reporting import placed, typed_numbers
from grandunion.records.plans import Binding, Claim, Indicator, Sentence, Target, WorkReport
from grandunion.terms.plans import Qualifier
from grandunion.terms.readers import Reader
from grandunion.terms.sound import sound
from grandunion.terms.text import LANGUAGES, Text
from grandunion.terms.verdicts import Absent, Forbidden, Refused, invalid, require
from grandunion.terms.work_reports import Basis, BoundChange
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.base import one
from grandunion.work.queries.lists import term
from grandunion.work.queries.plans import reports
from grandunion.work.queries.plans.reports.values import now_of, told

TABLES = {Basis.CLAIM: Claim, Basis.TARGET: Target, Basis.FIGURE: Indicator}
ENDS = "。.！!；;"
MOST = 30  # numbers in one sentence


@atomic
def bind(report: WorkReport, pk: int, values: Mapping[str, object], *, by: Reader, at: datetime) -> Binding:
    """Bind a number into a sentence; it is written at its end, from where it is moved like any word.

    `values` has `rests_on` (“claim:code”, “target:code”, “figure:code”) and may have `as_of`, `area`, `qualifier`
    (how a counted value is said), `measure_zh`, `measure_en`.
    """
    require(permissions.may_edit(by, report), Forbidden)
    sentence = reports.sentence(report, pk)
    basis, row = _basis(str(values.get("rests_on", "")))
    held = Binding.objects.unscoped("the numbers of a sentence the action has judged").filter(sentence=sentence)
    made = Binding(sentence=sentence, name=_name(held), basis=basis.value, **_basis_fields(basis, row, values, at))
    made.bound, made.checked_at = told(now_of(made, at)), at
    made.save()
    place = f"{{{made.name}}}"
    base.change(
        sentence, at=at, text_zh=_with(sentence.text_zh, place, ""), text_en=_with(sentence.text_en, place, " ")
    )
    base.change(report, at=at)
    journal.note("work_report.bound", report, by=by, at=at, changes={
        "figure": (None, f"{_key(sentence)}.{made.name}"), "rests_on": (None, str(values["rests_on"])),
    })  # fmt: skip
    return made


def _basis(written: str) -> tuple[Basis, Claim | Target | Indicator]:
    kind, _, code = written.partition(":")
    if not Basis.has(kind):
        raise invalid("rests_on", "Choose what the number rests on.", "请选择数字的依据。")
    try:
        row = one(TABLES[Basis(kind)].objects.all(), code=code)
    except Absent as absent:
        raise invalid("rests_on", f"There is nothing called “{code}”.", f"未找到“{code}”。") from absent
    if isinstance(row, Claim) and row.indicator_id is None:
        raise invalid("rests_on", "This figure says nothing of an indicator.", "该数据未对应指标。")
    return Basis(kind), row


def _name(held: object) -> str:
    """The next free name: n1, n2, …"""
    taken = set(held.values_list("name", flat=True))
    if len(taken) >= MOST:
        raise Refused(Text("The sentence has too many numbers: make two of it.", "语句引用的数字过多，请拆成两句。"))
    return next(name for number in range(1, MOST + 1) if (name := f"n{number}") not in taken)


def _basis_fields(
    basis: Basis, row: Claim | Target | Indicator, values: Mapping[str, object], at: datetime
) -> dict[str, object]:
    given = {name: sound(name, str(values.get(name) or "").strip(), 20) for name in ("measure_zh", "measure_en")}
    if basis is not Basis.FIGURE:
        field = "claim" if basis is Basis.CLAIM else "target"
        return {**given, field: row, "indicator": row.indicator, "area": row.area}
    how = str(values.get("qualifier") or Qualifier.EXACTLY.value)
    if not Qualifier.has(how):
        raise invalid("qualifier", f"“{how}” is not known here.", f"不存在“{how}”这种表述。")
    area = values.get("area")
    return {
        **given, "indicator": row, "qualifier": how, "as_of": _day(values.get("as_of"), at),
        "area": term("areas", area, "area") if isinstance(area, str) else area,
    }  # fmt: skip


def _day(given: object, at: datetime) -> date:
    today = timezone.localtime(at).date()
    if given in (None, ""):
        return today
    try:
        day = given if isinstance(given, date) else date.fromisoformat(str(given))
    except ValueError as error:
        raise invalid("as_of", "Write the day like 2026-03-31.", "请将日期写成 2026-03-31 的形式。") from error
    if not date(2000, 1, 1) <= day <= today:
        raise invalid("as_of", "Choose a day from 2000 until today.", "请选择 2000 年以来、今天及以前的日期。")
    return day


def _with(text: str, place: str, gap: str) -> str:
    """The text with a number before its last stop."""
    bare = text.rstrip()
    stop = bare[-1:] if bare[-1:] and bare[-1] in ENDS else ""
    kept = bare.removesuffix(stop) if stop else bare
    return f"{kept}{gap if kept else ''}{place}{stop}"


@atomic
def take(report: WorkReport, pk: int, name: str, *, by: Reader, at: datetime) -> Binding:
    """Take the value as it is now."""
    binding = _open(report, pk, name, by)
    before, binding.bound = binding.bound, told(now_of(binding, at))
    binding.kept, binding.kept_reason, binding.checked_at = None, "", at
    binding.save()
    _note("work_report.value_taken", report, binding, before, binding.bound, by=by, at=at)
    return binding


@atomic
def take_all(report: WorkReport, *, by: Reader, at: datetime) -> int:
    """Take every value that has changed as it is now; answers how many."""
    require(permissions.may_edit(by, report), Forbidden)
    found = [
        chip.binding
        for line in reports.body(report, at).lines
        for chip in line.chips
        if chip.change is BoundChange.CHANGED
    ]
    for binding in found:
        take(report, binding.sentence_id, binding.name, by=by, at=at)
    return len(found)


@atomic
def keep(report: WorkReport, pk: int, name: str, reason: str, *, by: Reader, at: datetime) -> Binding:
    """Keep what the text says although the value has changed since, with the reason; a further change asks again."""
    binding = _open(report, pk, name, by)
    said = sound("reason", reason.strip(), 300)
    if not said:
        raise invalid("reason", "Say why the old value stays.", "请说明保留原值的理由。")
    binding.kept, binding.kept_reason, binding.checked_at = told(now_of(binding, at)), said, at
    binding.save()
    _note("work_report.value_kept", report, binding, binding.kept, binding.bound, by=by, at=at)
    return binding


def _open(report: WorkReport, pk: int, name: str, by: Reader) -> Binding:
    require(permissions.may_edit(by, report), Forbidden)
    return one(reports.rows.bindings(report), sentence=pk, name=name)


def _note(
    verb: str, report: WorkReport, binding: Binding, before: Mapping, after: Mapping, *, by: Reader, at: datetime
) -> None:
    base.change(report, at=at)
    journal.note(verb, report, by=by, at=at, changes={
        "figure": (None, f"{_key(binding.sentence)}.{binding.name}"), "value": (before["value"], after["value"]),
    })  # fmt: skip


def _key(sentence: Sentence) -> str:
    return f"{sentence.section.place}.{sentence.place}"


@atomic
def justify(report: WorkReport, pk: int, number: str, reason: str, *, by: Reader, at: datetime) -> Sentence:
    """Answer for a number typed by hand: it stays, with the reason; an empty reason takes that back."""
    require(permissions.may_edit(by, report), Forbidden)
    sentence = reports.sentence(report, pk)
    typed = {one.text for lang in LANGUAGES for one in typed_numbers(sentence.text.in_(lang), lang)}
    if number not in typed or placed(number):
        raise invalid("number", f"“{number}” is not typed in this sentence.", f"该语句中没有手工录入的“{number}”。")
    said = sound("reason", reason.strip(), 300)
    justified = {one: why for one, why in sentence.justified.items() if one != number}
    if said:
        justified[number] = said
    base.change(sentence, at=at, justified=justified)
    base.change(report, at=at)
    journal.note("work_report.justified", report, by=by, at=at, changes={
        "sentence": (None, _key(sentence)), "number": (None, number), "reason": (None, said),
    })  # fmt: skip
    return sentence
