"""Reads files: seen exactly when the record they hang on is, up to the reader's class."""

from django.apps import apps
from django.db.models import Model

from grandunion.records.documents import Document
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base import one, visible


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
    return one(visible(model, reader), number=number)


def on(record: Model, depth: Secrecy) -> list[Document]:
    """The files of a record the reader has opened, as deep as the reader reads it, newest first."""
    rows = Document.objects.unscoped("files of a record the reader has opened, up to the reader's class")
    rows = rows.filter(subject_kind=record.kind, subject_id=record.pk, removed_at=None, secrecy_class__lte=int(depth))
    return list(rows.select_related("uploaded_by").order_by("-created_at", "-pk"))


def get(number: str, reader: Reader) -> tuple[Document, Model]:
    """A file and the record it hangs on, if the reader may see the record; raises Absent.

    Whether the reader's class suffices is for `permissions.documents.may_read`.
    """
    rows = Document.objects.unscoped("a file is found by its number, then judged by the record it hangs on")
    document = one(rows.select_related("uploaded_by"), number=number, removed_at=None)
    model = subject_kinds().get(document.subject_kind)
    if model is None:
        raise Absent
    return document, one(visible(model, reader), pk=document.subject_id)
