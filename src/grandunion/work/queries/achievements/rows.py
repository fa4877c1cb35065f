"""Achievements a reader may see, and the rows that belong to one of them."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet

from grandunion.records.achievements import (
    Achievement,
    Funding,
    IntellectualProperty,
    Inventor,
    Objection,
    PublicDisclosure,
    PublicNotice,
    Review,
    RightsCase,
    TrlEvidence,
)
from grandunion.terms.readers import Reader
from grandunion.terms.rights import RightsState
from grandunion.work.queries.base import one, opened, visible
from grandunion.work.queries.base.kept import of

SHOWN_WITH = ("owner", "in_charge", "area", "field", "industry", "emerging_industry", "found_by")
CASE_OVER = (RightsState.CLOSED, RightsState.REJECTED, RightsState.REVOKED)


@dataclass(frozen=True, slots=True)
class Children:
    """Everything that hangs on one achievement."""

    inventors: tuple[Inventor, ...]
    fundings: tuple[Funding, ...]
    publications: tuple[PublicDisclosure, ...]
    rights: tuple[IntellectualProperty, ...]
    evidence: tuple[TrlEvidence, ...]
    reviews: tuple[Review, ...]
    cases: tuple[RightsCase, ...]
    notices: tuple[PublicNotice, ...]
    objections: tuple[Objection, ...]

    @property
    def case(self) -> RightsCase | None:
        """The latest rights case."""
        return self.cases[0] if self.cases else None

    @property
    def notice(self) -> PublicNotice | None:
        """The latest public notice."""
        return self.notices[0] if self.notices else None


def visible_to(reader: Reader) -> QuerySet[Achievement]:
    """The achievements the reader may see."""
    return visible(Achievement, reader)


def get(number: str, reader: Reader) -> Achievement:
    """The achievement with this number; Absent if there is none or it is not the reader's."""
    return opened(Achievement, reader, *SHOWN_WITH, number=number)


def children(record: Achievement) -> Children:
    """All rows of one achievement, in nine reads."""
    return Children(
        inventors=_read(Inventor, record, "-share_percent", "pk", along=("person", "organisation")),
        fundings=_read(Funding, record, "pk"),
        publications=_read(PublicDisclosure, record, "on", "pk"),
        rights=_read(IntellectualProperty, record, "filed_on", "pk"),
        evidence=_read(TrlEvidence, record, "-level", "pk"),
        reviews=_read(Review, record, "assigned_at", "pk", along=("reviewer",)),
        cases=_read(RightsCase, record, "-pk", along=("acceptor",)),
        notices=_read(PublicNotice, record, "-starts_on", "-pk"),
        objections=_read(Objection, record, "-received_at", "-pk", parent="notice__achievement"),
    )


def _read(
    child: type[Model], record: Achievement, *order: str, parent: str = "achievement", along: tuple[str, ...] = ()
) -> tuple:
    return tuple(of(_below, [record.pk], child, parent, order, along))


def _below(
    ids: list[int], child: type[Model], parent: str, order: tuple[str, ...], along: tuple[str, ...] = ()
) -> QuerySet:
    rows = child.objects.unscoped("children of an achievement the reader has opened")
    rows = rows.filter(**{f"{parent}__in": ids}).order_by(*order)
    return rows.select_related(*along) if along else rows


def _of(child: type[Model], record: Achievement, *order: str) -> QuerySet:
    return _below([record.pk], child, "achievement", order)


def inventor(record: Achievement, person_id: int) -> Inventor:
    """A person's share in an achievement the reader has opened."""
    return one(_of(Inventor, record, "pk").select_related("person"), person=person_id)


def review_of(record: Achievement, user_id: int) -> Review:
    """A reviewer's review of an achievement the reader has opened."""
    return one(_of(Review, record, "pk").select_related("reviewer"), reviewer=user_id)


def open_case(record: Achievement) -> RightsCase | None:
    """The rights case that is still going on."""
    return _of(RightsCase, record, "-pk").exclude(state__in=CASE_OVER).select_related("acceptor").first()


def case_of(record: Achievement) -> RightsCase:
    """The latest rights case of an achievement the reader has opened."""
    return one(_of(RightsCase, record, "-pk").select_related("acceptor"))
