"""Reads files, seen exactly when the record they hang on is, and forms that are not handed in yet."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from grandunion.engines.flows.table import Flow
from grandunion.records.documents import Document, Draft
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import journal
from grandunion.work.queries.base import along, one, opened
from grandunion.work.queries.base.kept import of

KEPT_FOR = timedelta(days=90)  # a form nobody comes back to


def subject_kinds() -> dict[str, type[Model]]:
    """The kinds of records a file can hang on: every guarded record that has a number and says what it is."""
    models = apps.get_app_config("records").get_models()
    return {
        model.kind: model
        for model in models
        if hasattr(model, "kind") and hasattr(model, "secrecy") and model is not Document
    }


def subject(kind: str, number: str, reader: Reader) -> Model:
    """The record of this kind and number, if the reader may see it; raises Absent."""
    model = subject_kinds().get(kind)
    if model is None:
        raise Absent
    return opened(model, reader, number=number)


def on(record: Model, depth: Secrecy) -> list[Document]:
    """The files of a record the reader has opened, as deep as the reader reads it, newest first."""
    return of(_files, [record.pk], record.kind, int(depth))


def _files(ids: list[int], kind: str, depth: int) -> QuerySet[Document]:
    rows = Document.objects.unscoped("files of a record the reader has opened, up to the reader's class")
    rows = rows.filter(subject_kind=kind, subject_id__in=ids, removed_at=None, secrecy_class__lte=depth)
    return along(rows, uploaded_by=("name_zh", "name_en", "email")).order_by("-created_at", "-pk")


def get(number: str, reader: Reader) -> tuple[Document, Model]:
    """A file and the record it hangs on, if the reader may see the record; raises Absent.

    Whether the reader's class suffices is for `permissions.documents.may_read`.
    """
    rows = Document.objects.unscoped("a file is found by its number, then judged by the record it hangs on")
    document = one(rows.select_related("uploaded_by"), number=number, removed_at=None)
    model = subject_kinds().get(document.subject_kind)
    if model is None:
        raise Absent
    return document, opened(model, reader, pk=document.subject_id)


@dataclass(frozen=True, slots=True)
class Tracked:
    """What somebody without an account reads of what they handed in: public names of its states, nothing else."""

    number: str
    state: Text
    passages: tuple[tuple[datetime, Text], ...]


def key_print(key: str) -> str:
    """What is kept of the key by which somebody without an account opens a form."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def draft(key: str, at: datetime) -> Draft:
    """The form whose key somebody holds; one left alone for ninety days is gone. Raises Absent."""
    rows = Draft.objects.unscoped("the holder of a form's key opens it without an account")
    return one(rows.filter(Q(saved_at__gt=at - KEPT_FOR) | ~Q(became="")), key=key_print(key))


def tracked(flow: Flow, record: Model, renamed: Mapping[str, Text | None]) -> Tracked:
    """The public names of the states a record has passed, oldest first; names that follow each other once.

    `renamed` says a state otherwise, or with None not at all.
    """
    names = {**{state.code: state.public_name for state in flow.states}, **renamed}
    passages: list[tuple[datetime, Text]] = []
    for step in journal.steps(flow.code, record.pk):
        name = names[step.target]
        if name is not None and (not passages or passages[-1][1] != name):
            passages.append((step.at, name))
    return Tracked(record.number, passages[-1][1], tuple(passages))
