"""The two sides of a pair of a round: what each brings to be compared, and the ties between them."""

from collections.abc import Sequence
from datetime import date

from grandunion.engines import matching
from grandunion.engines.matching import Ruling
from grandunion.records.matches import Participant
from grandunion.work.queries.matches.bonds import Parties, bonds, parties_of
from grandunion.work.queries.matches.supply import Subject


def subject_of(one: Participant) -> Subject | None:
    """What somebody of the offering side brings that can answer a need."""
    return one.offer or one.achievement or one.person


def organisation_of(one: Participant) -> int | None:
    """The id of the organisation that stands behind a participant."""
    brought = one.need or one.offer or one.achievement
    return one.organisation_id or (brought.owner_id if brought is not None else None)


def parties_behind(one: Participant) -> Parties:
    """The organisation and the persons who stand behind a participant."""
    persons = (one.person_id, one.offer and one.offer.person_id, one.need and one.need.contact_person_id)
    return parties_of([organisation_of(one)], persons)


def ties_between(
    needing: Sequence[Participant], offering: Sequence[Participant], on: date
) -> dict[tuple[int, int], tuple[Ruling, ...]]:
    """What keeps participants apart whatever they bring, by their ids: one house, and ties; three questions for all.

    A tie that nobody has confirmed keeps apart too, and says what to confirm.
    """
    mine, theirs = ({one.pk: parties_behind(one) for one in side} for side in (needing, offering))
    found = bonds(_together(mine), _together(theirs), on)
    ruled = {}
    for one in needing:
        for other in offering:
            between = tuple(
                bond for here, there, bond in found if mine[one.pk].has(*here) and theirs[other.pk].has(*there)
            )
            house, other_house = organisation_of(one), organisation_of(other)
            rulings = matching.rulings(
                matching.Wanted(words=(), organisation=house),
                matching.Offer(key=str(other.pk), words=(), organisation=other_house, bonds=between),
            )
            if rulings:
                ruled[one.pk, other.pk] = rulings
    return ruled


def _together(some: dict[int, Parties]) -> Parties:
    return parties_of(
        (pk for one in some.values() for pk in one.organisations), (pk for one in some.values() for pk in one.persons)
    )
