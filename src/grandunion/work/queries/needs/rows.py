"""The needs a reader may see, what belongs to each, and the facts its flow reads."""

import hashlib
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from grandunion.adapters import index
from grandunion.engines.flows import NEED_FLOW
from grandunion.records.needs import Assignment, CallBack, Need
from grandunion.records.parties import Membership, Organisation, User
from grandunion.terms.needs import CLOSED_NEED_STATES, OPEN_ASSIGNMENT_STATES, NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.work.queries import journal
from grandunion.work.queries.base import kept, one, opened, visible

HEARD = frozenset({NeedState.CALLED_BACK, *CLOSED_NEED_STATES})
DRAWN = ("owner", "area", "subject", "industry", "field", "in_charge", "merged_into", "contact_person", "issue")


def visible_to(reader: Reader) -> QuerySet[Need]:
    """The needs the reader may see."""
    return visible(Need, reader)


def get(number: str, reader: Reader) -> Need:
    """The need with this number, if the reader may see it."""
    return opened(Need, reader, *DRAWN, number=number)


def fingerprint(key: str) -> str:
    """What is kept of the key by which somebody without an account follows a need."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def followed(key: str) -> Need:
    """The need whose key somebody holds."""
    rows = Need.objects.unscoped("the holder of a need's key follows it without an account")
    return one(rows.select_related(*DRAWN).exclude(tracking=""), tracking=fingerprint(key))


def assignments(need: Need) -> list[Assignment]:
    """Everybody who was asked to answer a need that the reader has opened, in the order of asking."""
    return kept.of(assignments_of, [need.pk])


def assignments_of(ids: list[int]) -> QuerySet[Assignment]:
    """The same of several needs, one after the other in the order of asking."""
    rows = Assignment.objects.unscoped("assignments of a need the reader has opened").filter(need__in=ids)
    return rows.select_related("organisation", "user", "suggested").order_by("assigned_at", "pk")


def of_this_round(need: Need, asked: Iterable[Assignment]) -> list[Assignment]:
    """The assignments that count since the need was last reopened: what was answered before did not satisfy."""
    passed = journal.steps(NEED_FLOW.code, need.pk)
    since = max((step.at for step in passed if step.target == NeedState.REOPENED), default=None)
    return [
        row for row in asked
        if since is None or row.state in OPEN_ASSIGNMENT_STATES or max(row.assigned_at, row.taken_at or since) > since
        or row.assigned_at == since
    ]  # fmt: skip


def assignment(need: Need, pk: int) -> Assignment:
    """One assignment of a need that the reader has opened."""
    rows = Assignment.objects.unscoped("an assignment of a need the reader has opened").filter(need=need)
    found = one(rows.select_related("organisation", "user"), pk=pk)
    found.need = need
    return found


def callbacks(need: Need) -> list[CallBack]:
    """The calls back about a need that the reader has opened, newest first."""
    return kept.of(_callbacks, [need.pk])


def _callbacks(ids: list[int]) -> QuerySet[CallBack]:
    rows = CallBack.objects.unscoped("calls back of a need the reader has opened").filter(need__in=ids)
    return rows.select_related("by").order_by("-at", "-pk")


def assigned_to(reader: Reader) -> QuerySet[Assignment]:
    """What is with the reader, or with an organisation the reader manages, and not done."""
    mine = Q(user=reader.user_id) | Q(organisation__in=reader.organisation_ids)
    rows = Assignment.objects.unscoped("assignments to the reader or the reader's organisations")
    return rows.filter(mine, state__in=OPEN_ASSIGNMENT_STATES)


def facts(need: Need, asked: Iterable[Assignment] | None = None, calls: Iterable[CallBack] | None = None) -> dict:
    """What the flow of needs reads about this need; see `engines.flows.needs.FACTS`."""
    asked = assignments(need) if asked is None else asked
    # A call back of an earlier round says nothing about this one: only these states have one of their own.
    heard = next(iter(callbacks(need) if calls is None else calls), None) if need.state in HEARD else None
    return {
        "contact": need.contact_name or need.contact_email or need.contact_phone or need.contact_person_id,
        "title": need.title_zh or need.title_en,
        "text": need.text_zh or need.text_en,
        "category": need.category,
        "assignees": tuple(row.pk for row in asked if row.state in OPEN_ASSIGNMENT_STATES),
        "answer": "\n\n".join(row.answer for row in asked if row.answer),
        "satisfaction_score": need.satisfaction,
        "callback_result": heard.result if heard else None,
        "outcome": need.outcome,
        "merged_into": need.merged_into_id,
    }


def similar(text: str, reader: Reader, *, apart_from: int | None = None, limit: int = 5) -> list[Need]:
    """Needs the reader may see that say much the same, the likest first; for warnings while somebody types."""
    shared = dict(index.any_of("need", text, limit=200))
    least = max(2, len(index.telling(text)) // 3)
    wanted = [pk for pk, count in shared.items() if count >= least and pk != apart_from]
    rows = visible_to(reader).filter(pk__in=wanted).exclude(state__in=(NeedState.SPAM, NeedState.DRAFT))
    return sorted(rows, key=lambda need: (-shared[need.pk], need.pk))[:limit]


def usual_answerers(category: str, reader: Reader, limit: int = 8) -> list[Organisation]:
    """The organisations that have helped in this category most often lately, of those the reader may see."""
    answered = Assignment.objects.unscoped("who has answered needs of a category before; only names are shown")
    lately = answered.filter(need__category=category).exclude(organisation=None).order_by("-assigned_at")
    counts: dict[int, int] = {}
    for pk in lately.values_list("organisation", flat=True)[:200]:
        counts[pk] = counts.get(pk, 0) + 1
    known = visible(Organisation, reader).in_bulk(list(counts))
    return sorted(known.values(), key=lambda one: (-counts[one.pk], one.pk))[:limit]


def officers() -> list[User]:
    """The hub's officers, to whom a need can be handed."""
    held = Membership.objects.unscoped("the officers' names are known to everybody who works at the desk")
    return list(
        User.objects.filter(
            pk__in=held.filter(role=Role.OFFICER, ends_on=None).values("user"), is_active=True
        ).order_by("name_en", "pk")
    )
