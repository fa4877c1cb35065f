"""A report as it stands: its sentences with their numbers live, what is wrong with each, and what is said of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from grandunion.engines.reporting import (
    Number,
    Piece,
    Value,
    change,
    faults,
    pieces,
    rendered,
    typed_numbers,
)
from grandunion.records.plans import Binding, ReportComment, ReportSection, Sentence, SourceDocument, WorkReport
from grandunion.terms.text import LANGUAGES, Text
from grandunion.terms.work_reports import Basis, BoundChange, Fault
from grandunion.work.queries.base.kept import of
from grandunion.work.queries.plans.figures import Figure
from grandunion.work.queries.plans.reports import rows
from grandunion.work.queries.plans.reports.values import current, figures_of, kept, number_of


@dataclass(frozen=True, slots=True)
class Chip:
    """A number of a sentence: as it was last checked, as it is now, and what has become of it."""

    binding: Binding
    number: Number
    now: Value
    change: BoundChange
    figure: Figure | None = None

    @property
    def said(self) -> Text:
        """The number as the text says it."""
        return self.number.said()

    @property
    def said_now(self) -> Text:
        """The number as the text would say it now."""
        return number_of(self.binding, self.now).said()

    @property
    def when(self) -> str:
        """As of when it holds: the day of the count or claim, the claim's period, the target's deadline."""
        one = self.binding
        if one.basis == Basis.FIGURE:
            return one.as_of.isoformat()
        day = one.claim.as_of if one.basis == Basis.CLAIM else one.target.deadline
        return day.isoformat() if day else one.claim.period if one.basis == Basis.CLAIM else ""

    @property
    def source(self) -> SourceDocument | None:
        """The document it was read in; none for the hub's own count."""
        if self.binding.basis == Basis.FIGURE:
            return None
        return self.binding.claim.source if self.binding.basis == Basis.CLAIM else self.binding.target.plan.source


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with everything the editor shows of it; `typed` has each number typed by hand with its reason."""

    key: str
    sentence: Sentence
    chips: tuple[Chip, ...]
    text: Text
    faults: tuple[Fault, ...]
    typed: tuple[tuple[str, str], ...]
    comments: tuple[ReportComment, ...]

    def pieces(self, language: str) -> tuple[Piece, ...]:
        """The sentence in one language, cut at its numbers."""
        text = self.sentence.text.in_(language)
        return pieces(text, {one.binding.name: one.number for one in self.chips}, language, self.sentence.justified)

    @property
    def both(self) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
        """The sentence in each language, cut at its numbers."""
        return tuple((language, self.pieces(language)) for language in LANGUAGES)

    @property
    def open_comments(self) -> int:
        return sum(one.resolved_at is None for one in self.comments)


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its sentences."""

    section: ReportSection
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The whole of a report as it stands."""

    parts: tuple[Part, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for part in self.parts for line in part.lines)

    def with_fault(self, fault: Fault) -> int:
        """How many sentences have this fault."""
        return sum(fault in line.faults for line in self.lines)

    def facts(self) -> dict[str, object]:
        """What the flow judges the report by."""
        return {
            "sentences": len(self.lines),
            "typed": self.with_fault(Fault.TYPED),
            "stale": self.with_fault(Fault.STALE),
            "gaps": self.with_fault(Fault.GAP),
            "open_comments": sum(line.open_comments for line in self.lines),
        }


def body(report: WorkReport, at: datetime) -> Body:
    """The report with its values as they are: four questions, and three for each day and area of counted figures."""
    bound = of(_bound, [report.pk])
    figures = figures_of(bound, at)
    chips: dict[int, list[Chip]] = defaultdict(list)
    for one in bound:
        chips[one.sentence_id].append(_chip(one, figures))
    said: dict[int, list[ReportComment]] = defaultdict(list)
    for comment in of(_comments, [report.pk]):
        said[comment.sentence_id].append(comment)
    held: dict[int, list[Sentence]] = defaultdict(list)
    for sentence in of(_sentences, [report.pk]):
        held[sentence.section_id].append(sentence)
    return Body(tuple(_part(section, held[section.pk], chips, said) for section in of(_sections, [report.pk])))


def _bound(ids: list[int]) -> QuerySet[Binding]:
    return rows.bindings(*ids)


def _comments(ids: list[int]) -> QuerySet[ReportComment]:
    return rows.comments(*ids)


def _sentences(ids: list[int]) -> QuerySet[Sentence]:
    return rows.sentences(*ids)


def _sections(ids: list[int]) -> QuerySet[ReportSection]:
    return rows.sections(*ids)


def _chip(one: Binding, figures: Mapping[tuple, Figure]) -> Chip:
    number, now = number_of(one), current(one, figures)
    became = change(number.bound, now, kept(one.kept) if one.kept else None)
    return Chip(one, number, now, became, figures.get((one.indicator_id, one.as_of, one.area_id)))


def _part(section: ReportSection, held: Iterable[Sentence], chips: Mapping, said: Mapping) -> Part:
    lines = tuple(
        line_of(f"{section.place}.{place}", one, tuple(chips[one.pk]), tuple(said[one.pk]))
        for place, one in enumerate(held, 1)
    )
    return Part(section, lines)


def line_of(key: str, sentence: Sentence, chips: tuple[Chip, ...], comments: tuple[ReportComment, ...]) -> Line:
    """A sentence with its numbers in it and its faults named."""
    numbers = {one.binding.name: one.number for one in chips}
    text, changes = sentence.text, {one.binding.name: one.change for one in chips}
    typed = dict.fromkeys(one.text for lang in LANGUAGES for one in typed_numbers(text.in_(lang), lang))
    return Line(
        key=key, sentence=sentence, chips=chips, comments=comments,
        text=Text(rendered(text.en, numbers, "en"), rendered(text.zh, numbers, "zh")),
        faults=faults(text, numbers, changes, sentence.justified),
        typed=tuple((one, sentence.justified.get(one, "")) for one in typed),
    )  # fmt: skip
