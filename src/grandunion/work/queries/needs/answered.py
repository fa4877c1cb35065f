"""What the applicants answered to the questions of their subjects, as a list of the needs whose answers one reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from grandunion.terms.needs import QuestionKind
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.work.queries.base import Column, Filter
from grandunion.work.queries.base.rows import access_of
from grandunion.work.queries.needs.listing import LISTING
from grandunion.work.queries.needs.questions import SubjectQuestion, question_of
from grandunion.work.queries.needs.rows import visible_to

KEPT = ("number", "title", "state", "category", "owner", "in_charge", "area", "received")
PATHS = ("details", "subject__details", "subject__parent__details")


@dataclass(frozen=True, slots=True)
class Answers(Column):
    """Every answer beside its question, one after the other: “Term in months: 24; Is a loan running now?: No”.

    A sheet that brings needs in takes this cell as it stands.
    """

    def value(self, raw: tuple) -> Text | None:
        """The answers in the order of the questions; one whose question is gone stands by its code."""
        given, *asked = raw
        if not given:
            return None
        known = {one.code: one for one in _asked(asked)}
        rows = [(known[code].name, _said(known[code], given[code])) for code in known if code in given]
        rows += [(Text(code, code), Text(str(one), str(one))) for code, one in given.items() if code not in known]
        return Text(
            "; ".join(f"{name.en}: {said.en}" for name, said in rows),
            "; ".join(f"{name.zh}：{said.zh}" for name, said in rows),
        )


def _said(question: SubjectQuestion, value: object) -> Text:
    """An answer as a sheet takes it again: a day is written in figures."""
    return Text(str(value), str(value)) if question.kind == QuestionKind.DAY else question.said(value)


def _asked(subjects: list[Mapping | None]) -> Iterator[SubjectQuestion]:
    """The questions of a subject, then of what stands above it; the nearer asks first."""
    seen: set[str] = set()
    for subject in filter(None, subjects):
        for row in subject.get("questions", ()):
            if row["code"] not in seen:
                seen.add(row["code"])
                yield question_of(row)


def answered_to(reader: Reader) -> QuerySet:
    """Needs with answers on which the reader reads the answers themselves, not only that the need is there.

    As `permissions.base.clearance` says it of one record: a class S2 field is for the officers of the area, the
    planners, the case's own officer, the applicant, and whom a grant opens it to.
    """
    rows = visible_to(reader).exclude(details={})
    if reader.is_house:
        return rows
    if not reader.is_signed_in:
        return rows.none()
    near = Q(in_charge=reader.user_id) | Q(owner__in=reader.organisation_ids)
    granted = access_of(reader).filter(subject_kind="need", secrecy__gte=Secrecy.S2.value)
    return rows.filter(near | Q(pk__in=granted.values("subject_id")) | _by_office(reader))


def _by_office(reader: Reader) -> Q:
    if reader.is_officer:
        areas = Q() if reader.areas is None else Q(area=None) | Q(area__in=reader.areas)
        return areas & ~Q(level=Level.NAMED.value)
    return Q(pk__isnull=not (reader.is_staff and reader.reads_rows))


_SUBJECT = Column("subject", Text("Subject", "具体事项"), ("subject__name_zh", "subject__name_en"), "term")
_ANSWERS = Answers("details", Text("Answers", "补充信息"), PATHS, secrecy=Secrecy.S2)
ANSWERED = replace(
    LISTING, name=Text("Answers to subjects' questions", "事项补充信息"), scope=answered_to, depth=Secrecy.S2,
    within=Q(),
    columns=(*(column for column in LISTING.columns if column.code in KEPT), _SUBJECT, _ANSWERS),
    filters=(
        Filter("subject", Text("Subject", "具体事项"), "subject", list_code="need_subjects", kind="term"),
        *(one for one in LISTING.filters if one.code in ("state", "category", "area", "owner")),
    ),
)  # fmt: skip
