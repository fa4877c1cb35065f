"""The organisations and persons a reader may see."""

from django.db.models import Q, QuerySet

from grandunion.records.parties import Organisation, Person
from grandunion.terms.parties import OrganisationStatus
from grandunion.terms.readers import Reader
from grandunion.work.queries.base import visible


def organisations(reader: Reader) -> QuerySet[Organisation]:
    """The organisations the reader may see, also those that were merged into another."""
    return visible(Organisation, reader)


def present(reader: Reader) -> QuerySet[Organisation]:
    """The organisations the reader may see, without those that live on in another record."""
    return organisations(reader).exclude(Q(status=OrganisationStatus.MERGED))


def persons(reader: Reader) -> QuerySet[Person]:
    """The persons the reader may see."""
    return visible(Person, reader)
