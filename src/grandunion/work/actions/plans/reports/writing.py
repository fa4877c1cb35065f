"""Sentences: added, reworded, taken out, put elsewhere."""

from datetime import datetime

from django.db.models import F, Max

from grandunion.engines.reporting import placed, typed_numbers
from grandunion.records.plans import Binding, ReportSection, Sentence, WorkReport
from grandunion.terms.readers import Reader
from grandunion.terms.sound import sound
from grandunion.terms.text import LANGUAGES, Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.base import one
from grandunion.work.queries.plans import reports

LONGEST = 4000


@atomic
def add(report: WorkReport, section: int, text: Text, *, by: Reader, at: datetime) -> Sentence:
    """Add a sentence at the end of a section (its place in the report)."""
    require(permissions.may_edit(by, report), Forbidden)
    part = one(reports.rows.sections(report), place=section)
    said = _sound(text, ())
    last = Sentence.objects.unscoped("the last place in a section the action has judged").filter(section=part)
    place = (last.aggregate(last=Max("place"))["last"] or 0) + 1
    made = Sentence.objects.create(section=part, place=place, text_zh=said.zh, text_en=said.en)
    _note("work_report.sentence_added", report, made, by=by, at=at)
    return made


@atomic
def reword(
    report: WorkReport, pk: int, text: Text, *, by: Reader, at: datetime, version: int | None = None
) -> Sentence:
    """Write a sentence anew; a number that it no longer uses in either language goes with it."""
    require(permissions.may_edit(by, report), Forbidden)
    sentence = reports.sentence(report, pk)
    held = Binding.objects.unscoped("the numbers of a sentence the action has judged").filter(sentence=sentence)
    said = _sound(text, tuple(held.values_list("name", flat=True)))
    typed = {one.text for lang in LANGUAGES for one in typed_numbers(said.in_(lang), lang)}
    justified = {number: why for number, why in sentence.justified.items() if number in typed}
    base.change(sentence, at=at, version=version, text_zh=said.zh, text_en=said.en, justified=justified)
    used = {*placed(said.zh), *placed(said.en)}
    held.exclude(name__in=used).delete()
    _note("work_report.reworded", report, sentence, by=by, at=at)
    return sentence


def _sound(text: Text, known: tuple[str, ...]) -> Text:
    """The text without loose ends; refuses a {name} that is none of the sentence's numbers."""
    zh, en = sound("text_zh", text.zh.strip(), LONGEST), sound("text_en", text.en.strip(), LONGEST)
    problems = []
    for field, said in (("text_zh", zh), ("text_en", en)):
        unknown = [name for name in placed(said) if name not in known]
        if unknown:
            names = ", ".join(f"{{{name}}}" for name in unknown)
            problems.append(Problem(field, Text(f"{names}: bind the number first, then write it here.",
                                                f"{names}：请先绑定数据，再写入语句。")))  # fmt: skip
    if not zh and not en:
        problems.append(Problem("text_zh", Text("Write the sentence.", "请填写语句。")))
    if problems:
        raise Invalid(*problems)
    return Text(en, zh)


@atomic
def drop(report: WorkReport, pk: int, *, by: Reader, at: datetime) -> None:
    """Take a sentence out of the draft, with its numbers and comments."""
    require(permissions.may_edit(by, report), Forbidden)
    sentence = reports.sentence(report, pk)
    _note("work_report.sentence_dropped", report, sentence, by=by, at=at)
    sentence.delete()


@atomic
def shift(report: WorkReport, pk: int, *, is_up: bool, by: Reader, at: datetime) -> Sentence:
    """Put a sentence one place up or down within its section."""
    require(permissions.may_edit(by, report), Forbidden)
    sentence = reports.sentence(report, pk)
    rows = Sentence.objects.unscoped("the sentences of a section the action has judged")
    others = rows.filter(section=sentence.section)
    side = others.filter(place__lt=sentence.place) if is_up else others.filter(place__gt=sentence.place)
    other = side.order_by("-place" if is_up else "place").first()
    if other is None:
        raise Refused(Text("It stands at the end already.", "已在最前或最后。"))
    mine, theirs = sentence.place, other.place
    rows.filter(pk=sentence.pk).update(place=theirs, version=F("version") + 1)
    rows.filter(pk=other.pk).update(place=mine, version=F("version") + 1)
    _note("work_report.shifted", report, sentence, by=by, at=at)
    return reports.sentence(report, pk)


def _note(verb: str, report: WorkReport, sentence: Sentence, *, by: Reader, at: datetime) -> None:
    """A line in the journal, and the report is newer by one version."""
    section: ReportSection = sentence.section
    base.change(report, at=at)
    journal.note(verb, report, by=by, at=at, changes={"sentence": (None, f"{section.place}.{sentence.place}")})
