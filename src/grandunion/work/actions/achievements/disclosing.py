"""Disclosing an achievement step by step, and changing what was written."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from grandunion.engines.flows import ACHIEVEMENT_FLOW
from grandunion.records.achievements import Achievement, Funding, PublicDisclosure
from grandunion.records.parties import Organisation
from grandunion.terms.achievements import DisclosureKind
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.achievements.values import cleaned
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import let_in
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries
from grandunion.work.queries import journal as past
from grandunion.work.queries.base import one
from grandunion.work.queries.parties import user_by_id


@atomic
def disclose(*, by: Reader, at: datetime, submission: str = "", **values: object) -> Achievement:
    """Open a draft that only its maker sees, until it is shared or submitted."""
    if submission and (made := past.submitted(submission, Achievement.kind)):
        return one(queries.visible_to(by), pk=made)
    require(permissions.may_create(by), Forbidden)
    given = cleaned(values)
    owner = given.get("owner")
    record = Achievement.objects.create(
        **{"area": owner.area if owner else None, **given},
        number=lists.next_numbers(ACHIEVEMENT_FLOW.prefix, at.year)[0],
        level=Level.NAMED, state=ACHIEVEMENT_FLOW.initial, state_at=at, created_at=at, updated_at=at,
        in_charge_id=by.user_id if by.is_officer else None,
    )  # fmt: skip
    journal.step(ACHIEVEMENT_FLOW.code, record, source="", target=record.state, by=by, at=at)
    journal.note("achievement.disclosed", record, by=by, at=at, changes={"state": (None, record.state)})
    _let_maker_in(record, by, at)
    base.index_words(record)
    journal.keep_submission(submission, record, at)
    return record


def _let_maker_in(record: Achievement, by: Reader, at: datetime) -> None:
    """The maker reads the own draft: as the owner's office, or as an inventor (an officer is in charge anyhow)."""
    user = user_by_id(by.user_id) if by.user_id is not None else None
    if user is None or by.is_officer:
        return
    part = Part.OWNER if record.owner_id in by.organisation_ids else Part.INVENTOR
    let_in(record, user, part, by=by, at=at, reason="made the draft", secrecy=Secrecy.S3)


@atomic
def amend(
    record: Achievement, *, by: Reader, at: datetime, version: int | None = None, **values: object
) -> Achievement:
    """Change what was written; refuses with the difference when somebody else saved first."""
    require(permissions.may_edit(by, record), Forbidden)
    changes = base.change(record, at=at, version=version, **cleaned(values, record))
    journal.note("achievement.amended", record, by=by, at=at, changes=changes)
    return record


@atomic
def tell_publications(
    record: Achievement,
    rows: Iterable[Mapping[str, object]],
    *,
    by: Reader,
    at: datetime,
    version: int | None = None,
    **values: object,
) -> Achievement:
    """Say what was made public of it, when and where; `rows` have disclosure_kind, on, place, is_planned."""
    amend(record, by=by, at=at, version=version, **values)
    found = list(rows)
    if bad := [row for row in found if not DisclosureKind.has(row.get("disclosure_kind"))]:
        raise invalid("disclosure_kind", f"“{bad[0].get('disclosure_kind')}” is not a kind of publication.",
                      f"“{bad[0].get('disclosure_kind')}”不是公开方式。")  # fmt: skip
    children = PublicDisclosure.objects.unscoped("publications of an achievement that is being edited")
    children.filter(achievement=record.pk).delete()
    PublicDisclosure.objects.bulk_create([PublicDisclosure(achievement=record, **row) for row in found])
    journal.note("achievement.publications_told", record, by=by, at=at, changes={"publications": (None, len(found))})
    return record


@atomic
def tell_funding(record: Achievement, rows: Iterable[Mapping[str, object]], *, by: Reader, at: datetime) -> Achievement:
    """Say what public money paid for it; `rows` have programme, number, amount, obligations."""
    require(permissions.may_edit(by, record), Forbidden)
    found = list(rows)
    Funding.objects.unscoped("funding of an achievement that is being edited").filter(achievement=record.pk).delete()
    Funding.objects.bulk_create([Funding(achievement=record, **row) for row in found])
    journal.note("achievement.funding_told", record, by=by, at=at, changes={"fundings": (None, len(found))})
    return record


@atomic
def tell_origin(
    record: Achievement,
    *,
    publications: Iterable[Mapping[str, object]],
    fundings: Iterable[Mapping[str, object]],
    by: Reader,
    at: datetime,
    **values: object,
) -> Achievement:
    """Say in one go what was made public and who paid (the form's third step)."""
    tell_publications(record, publications, by=by, at=at, **values)
    return tell_funding(record, fundings, by=by, at=at)


@atomic
def share_draft(record: Achievement, *, by: Reader, at: datetime) -> None:
    """Let the owner's office read and complete a draft before it is submitted."""
    require(permissions.may_share_draft(by, record), Forbidden)
    owner: Organisation = record.owner
    let_in(record, owner, Part.OWNER, by=by, at=at, reason="draft shared with the owner's office", secrecy=Secrecy.S3)
