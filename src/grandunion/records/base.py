"""What every table shares: guarded managers, versions, and promises about codes."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Self

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.base import ModelState
from django.db.models.sql import InsertQuery

from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text, Word, either


class NotScoped(RuntimeError):
    """Somebody tried to read confidential rows without saying for whom."""


class Guarded(models.Manager):
    """Rows only for a reader (`scoped`) or for a stated reason (`unscoped`); writing new rows is free."""

    def get_queryset(self) -> QuerySet:
        raise NotScoped(f"open {self.model.__name__} with visible_to(reader) or unscoped(reason)")

    def scoped(self, condition: Q) -> QuerySet:
        """The rows a policy leaves; called by the `visible_to` of the queries."""
        return super().get_queryset().filter(condition)

    def unscoped(self, reason: str) -> QuerySet:
        """All rows, for a reason that a reviewer reads; counted by a test."""
        if not reason:
            raise NotScoped("unscoped needs a reason")
        return super().get_queryset()

    def create(self, **values: object) -> models.Model:
        return super().get_queryset().create(**values)

    def bulk_create(self, rows: list, **options: object) -> list:
        return super().get_queryset().bulk_create(rows, **options)


@lru_cache(maxsize=500)
def _of_a_new_row(record: type[models.Model]) -> tuple[list[models.Field], list[models.Field]]:
    """What is written of a row that the database numbers, and what it answers; no field where it is another's row."""
    meta = record._meta
    if meta.parents or meta.pk is not meta.auto_field or meta.order_with_respect_to:
        return [], []
    fields = [field for field in meta.local_concrete_fields if field is not meta.pk and not field.generated]
    return fields, meta.db_returning_fields


class Drawn(models.Model):
    """A row that is filled at once when it comes out of the database: Django would hand over value by value."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Iterable[str], values: Iterable[object]) -> Self:
        """As Django has it, without the signals that nobody here listens to."""
        made = cls.__new__(cls)
        made._state = ModelState()
        made._state.adding, made._state.db = False, db
        vars(made).update(zip(field_names, values, strict=True))
        return made

    def _save_table(
        self,
        raw: bool = False,
        cls: type[Self] | None = None,
        force_insert: bool = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: frozenset[str] | None = None,
    ) -> bool:
        """A row that the database numbers is inserted as Django does it, by fields that are looked up once."""
        fields, answered = _of_a_new_row(cls)
        if not fields or raw or force_update or update_fields or self.pk is not None:
            return super()._save_table(raw, cls, force_insert, force_update, using, update_fields)
        query = InsertQuery(cls)
        query.insert_values(fields, [self])
        (made,) = query.get_compiler(using).execute_sql(answered)
        for field, value in zip(answered, made, strict=True):
            setattr(self, field.attname, value)
        return False


class Record(Drawn):
    """A row that says when it was made and how often it was saved."""

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True


class Titled(models.Model):
    """A title in both languages, of which one at least is written."""

    title_zh = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def title(self) -> Text:
        return either(self.title_en, self.title_zh)


class Sourced(models.Model):
    """Where a row came from, so that a second import finds it again."""

    source_kind = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=200, blank=True)
    source_note = models.CharField(max_length=300, blank=True)  # licence and as-of date

    class Meta:
        abstract = True


def one_of(field: str, words: type[Word], name: str) -> models.CheckConstraint:
    """The promise that a column holds a code of the list."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": words.codes()}))


def code_field(words: type[Word], default: Word | None = None, **options: object) -> models.CharField:
    """A column for a code of the list."""
    extra = {"default": default.value} if default is not None else {}
    return models.CharField(max_length=40, **extra, **options)


def titled(name: str, *fields: str) -> models.CheckConstraint:
    """The promise that one of the two titles is written."""
    zh, en = fields or ("title_zh", "title_en")
    return models.CheckConstraint(name=name, condition=~Q(**{zh: "", en: ""}))


def sourced_once(name: str) -> models.UniqueConstraint:
    """The promise that a source's row comes in once."""
    return models.UniqueConstraint(fields=["source_kind", "source_ref"], name=name, condition=~Q(source_ref=""))


S0, S1, S2, S3, S4 = Secrecy
PLAIN = dict.fromkeys(
    ["id", "number", "level", "version", "created_at", "updated_at", "source_kind", "source_ref", "source_note"],
    S1,
)
CASE = dict.fromkeys(("area", "in_charge", "owner"), S1)
# What the policy asks of a case: at the end of a list's index, so that counting the list reads no rows, and in an
# index that begins with the id where it is asked of thousands that matching found (work/queries/matches/sight).
ASKED = ("level", "in_charge", "area", "owner")


def declared(classes: dict[Secrecy, str], *, is_case: bool = True) -> dict[str, Secrecy]:
    """Field names by class, written as words, with the plain columns every record (and every case) has."""
    fields = {field: secrecy for secrecy, names in classes.items() for field in names.split()}
    return PLAIN | (CASE if is_case else {}) | fields
