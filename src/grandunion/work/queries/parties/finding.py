"""Finds the one organisation or person that somebody named in a form."""

from django.db.models import Q, QuerySet

from grandunion.records.parties import Organisation, Person
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.parties.names import core
from grandunion.work.queries.parties.rows import persons, present


def named_organisation(words: str, reader: Reader, field: str = "organisation") -> Organisation:
    """The organisation with this number, credit code or name; refuses none and several with a sentence."""
    written = words.strip()
    rows = present(reader)
    exact = Q(number=written.upper()) | Q(credit_code=written.upper()) if written.isascii() else Q(pk=None)
    same = Q(name_zh=written) | Q(name_en__iexact=written) | Q(core_zh=core(written)) | Q(core_en=core(written))
    return _only(rows.filter(exact) if exact and rows.filter(exact).exists() else rows.filter(same), written, field)


def named_person(words: str, reader: Reader, field: str = "person") -> Person:
    """The person with this number or name; refuses none and several with a sentence."""
    written = words.strip()
    same = Q(number=written.upper()) | Q(name_zh=written) | Q(name_en__iexact=written)
    return _only(persons(reader).filter(same), written, field)


def _only(rows: QuerySet, written: str, field: str) -> object:
    found = list(rows.order_by("sort_key", "pk")[:4]) if written and written.isprintable() else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise invalid(
            field,
            f"Nobody is called “{written}” here. Write the number, or add the record first.",
            f"未找到“{written}”。请填写编号，或先新增该记录。",
        )
    listed = ", ".join(row.number for row in found)
    raise invalid(
        field,
        f"Several are called “{written}”: {listed}. Write the number of the one you mean.",
        f"“{written}”对应多条记录：{listed}。请填写其编号。",
    )
