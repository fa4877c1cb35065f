"""Two records of one organisation become one: everything that hung on the second hangs on the first."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.apps import apps
from django.db import IntegrityError, models, transaction

from grandunion.adapters import index
from grandunion.records.journal import Entry, Step, Submission
from grandunion.records.parties import Merge, Organisation, OrganisationLabel, OrganisationName, Position
from grandunion.terms.parties import NameKind, OrganisationStatus
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic, change, index_words, lock
from grandunion.work.actions.parties.organisations import keep_name
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries.parties import names

TWINS = (OrganisationName, OrganisationLabel, Position)  # the survivor has the same row already
PAST = (Entry, Step, Submission)  # what happened stays where it happened
FILLED = (
    "name_zh", "name_en", "short_name_zh", "short_name_en", "credit_code", "ror", "stock_symbol", "country", "city",
    "region", "area", "industry", "size", "founded_on", "incorporated_on", "landed_on", "website", "summary_zh",
    "summary_en", "registered_capital", "staff_count", "contact_name", "contact_email", "contact_phone",
)  # fmt: skip


@atomic
def merge(survivor: Organisation, absorbed: Organisation, *, by: Reader, at: datetime) -> Merge:
    """Let `survivor` take over everything of `absorbed`, which stays as a signpost; a snapshot is kept."""
    survivor, absorbed = lock(survivor), lock(absorbed)
    require(permissions.may_merge(by, survivor, absorbed))
    before = {field.name: _plain(getattr(absorbed, field.attname)) for field in absorbed._meta.concrete_fields}
    taken = {name: getattr(absorbed, name) for name in FILLED if not getattr(survivor, name)}
    taken = {name: value for name, value in taken.items() if value not in (None, "")}
    moved = {place: rows for place, rows in _repointed(survivor, absorbed) if rows}
    change(absorbed, at=at, status=OrganisationStatus.MERGED, merged_into=survivor)
    changes = _take(survivor, absorbed, taken, at)
    row = Merge.objects.create(
        survivor=survivor, absorbed_number=absorbed.number, actor_name=by.name, at=at,
        snapshot={"fields": before, "moved": moved},
    )  # fmt: skip
    index.drop(Organisation.kind, absorbed.pk)
    journal.note_many(
        "organisation.merged",
        [(survivor, {**changes, "merged": (None, absorbed.number)}), (absorbed, {"merged_into": (None, survivor)})],
        by=by, at=at,
    )  # fmt: skip
    return row


def _take(survivor: Organisation, absorbed: Organisation, taken: dict[str, object], at: datetime) -> dict:
    for field in ("name_zh", "name_en", "short_name_zh", "short_name_en"):
        name = getattr(absorbed, field)
        if name and name != getattr(survivor, field) and field not in taken:
            keep_name(survivor, name, NameKind.ALIAS)
    if taken.keys() & {"name_zh", "name_en"}:
        zh, en = (taken.get(name) or getattr(survivor, name) for name in ("name_zh", "name_en"))
        taken |= {
            "core_zh": names.core(zh),
            "core_en": names.core(en),
            "sort_key": names.sort_key(names.reading(zh, en)),
        }
    changes = change(survivor, at=at, **taken)
    index_words(survivor)
    return changes


def _repointed(survivor: Organisation, absorbed: Organisation) -> Iterator[tuple[str, list[int]]]:
    """Every row of every table that points to the absorbed record, moved; answers the place and the ids."""
    for relation in absorbed._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            model, field = relation.related_model, relation.field.name
            yield f"{model.__name__}.{field}", _moved(model, {field: absorbed}, {field: survivor})
    for model in apps.get_app_config("records").get_models():
        fields = {field.name for field in model._meta.concrete_fields}
        if model not in PAST and {"subject_kind", "subject_id"} <= fields:
            mine = {"subject_kind": Organisation.kind, "subject_id": absorbed.pk}
            yield f"{model.__name__}.subject_id", _moved(model, mine, {"subject_id": survivor.pk})


def _moved(model: type[models.Model], mine: dict[str, object], to: dict[str, object]) -> list[int]:
    """Move the rows; one that the survivor has already (the same label of the same year) is dropped as its twin."""
    rows = model._base_manager.filter(**mine)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=ids).update(**to)
    except IntegrityError:
        for row_id in ids:
            _move_one(model, row_id, to)
    return ids


def _move_one(model: type[models.Model], row_id: int, to: dict[str, object]) -> None:
    row = model._base_manager.filter(pk=row_id)
    try:
        with transaction.atomic():
            row.update(**to)
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        if model not in TWINS:
            raise _both_stand(row.get()) from error
        row.delete()


def _both_stand(row: models.Model) -> Refused:
    said = getattr(row, "number", "") or f"{type(row).__name__} {row.pk}"
    return Refused(
        Text(
            f"Both organisations stand in {said}, where one may stand only once. Settle that record first.",
            f"两家单位同时出现在 {said} 中，而该处只能登记一次，请先处理该记录。",
        )
    )


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal | date) else value
