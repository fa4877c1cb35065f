"""Reads organisations, persons, users and what they are to the hub."""

from grandunion.work.queries.parties.listings import ORGANISATION_LISTING, PERSON_LISTING
from grandunion.work.queries.parties.meant import MeantOrganisation, meant
from grandunion.work.queries.parties.pages import organisation, organisation_page, person, person_page
from grandunion.work.queries.parties.readers import (
    has_second_factor,
    reader_of,
    reader_of_token,
    user_by_email,
    user_by_id,
)
from grandunion.work.queries.parties.rows import organisations, persons

__all__ = [
    "ORGANISATION_LISTING",
    "PERSON_LISTING",
    "MeantOrganisation",
    "has_second_factor",
    "meant",
    "organisation",
    "organisation_page",
    "organisations",
    "person",
    "person_page",
    "persons",
    "reader_of",
    "reader_of_token",
    "user_by_email",
    "user_by_id",
]
