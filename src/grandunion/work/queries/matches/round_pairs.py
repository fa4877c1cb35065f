"""The two sides of a pair of a round: what each brings to be compared, and the ties between them."""

from collections.abc import Iterable, Sequence
from datetime import date

from grandunion.engines import matching
from grandunion.engines.matching import Ruling
from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.matches import Participant
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.queries.matches.bonds import Parties, bonds, parties_of
from grandunion.work.queries.matches.supply import Subject

SAME_PERSON = Ruling("same_person", -1, Text("The same person stands on both sides.", "双方为同一人。"))


def subject_of(one: Participant) -> Subject | None:
    """What somebody of the offering side brings that can answer a need."""
    return one.offer or one.achievement or one.person


def organisation_of(one: Participant) -> int | None:
    """The id of the organisation that stands behind a participant."""
    brought = one.need or one.offer or one.achievement
    return one.organisation_id or (brought.owner_id if brought is not None else None)


def asking_of(one: Participant) -> Need | None:
    """What somebody of the needing side asks, to be compared: a need, an application, or what a company says of itself.

    An achievement to be reviewed or invested in and an organisation without a need stand there with what is public of
    them, never kept as a need. None where they say nothing that can be compared.
    """
    if one.need is not None or one.need_id is not None:
        return one.need
    if one.achievement is not None:
        return _of_achievement(one.achievement)
    if one.organisation is not None:
        return _of_organisation(one.organisation)
    return None


def _of_achievement(row: Achievement) -> Need:
    return Need(
        number=row.number, owner=row.owner, level=Level.MEMBERS, field=row.field, industry=row.industry, area=row.area,
        title_zh=row.title_zh, title_en=row.title_en, trl_wanted=row.trl,
        text_zh=f"{row.keywords} {row.abstract_public_zh}".strip(), text_en=row.abstract_public_en,
    )  # fmt: skip


def _of_organisation(row: Organisation) -> Need | None:
    if not (row.summary_zh or row.summary_en or row.industry):
        return None
    return Need(
        number=row.number, owner=row, level=Level.MEMBERS, industry=row.industry, area=row.area,
        title_zh=row.name_zh, title_en=row.name_en, text_zh=row.summary_zh, text_en=row.summary_en,
    )  # fmt: skip


def parties_behind(one: Participant, inventors: Iterable[int] = ()) -> Parties:
    """The organisation and the persons who stand behind a participant; of an achievement also its inventors."""
    persons = (one.person_id, one.offer and one.offer.person_id, one.need and one.need.contact_person_id)
    return parties_of([organisation_of(one)], [*persons, *inventors])


def inventors_behind(some: Iterable[Participant]) -> dict[int, list[int]]:
    """The inventors of the achievements that take part, by participant; one question for all."""
    by_achievement: dict[int, list[int]] = {}
    for one in some:
        if one.achievement_id is not None:
            by_achievement.setdefault(one.achievement_id, []).append(one.pk)
    found: dict[int, list[int]] = {}
    if not by_achievement:
        return found
    rows = Inventor.objects.unscoped("inventors are not brought before reviewers they are tied to")
    for achievement, person in rows.filter(achievement__in=by_achievement).values_list("achievement", "person"):
        for pk in by_achievement[achievement]:
            found.setdefault(pk, []).append(person)
    return found


def behind(*some: Participant) -> tuple[Parties, ...]:
    """Who stands behind each of these."""
    inventors = inventors_behind(some)
    return tuple(parties_behind(one, inventors.get(one.pk, ())) for one in some)


def ties_between(
    needing: Sequence[Participant], offering: Sequence[Participant], on: date
) -> dict[tuple[int, int], tuple[Ruling, ...]]:
    """What keeps participants apart whatever they bring, by their ids: one house, and ties; three questions for all.

    A tie that nobody has confirmed keeps apart too, and says what to confirm.
    """
    mine, theirs = ({one.pk: who for one, who in zip(side, behind(*side), strict=True)} for side in (needing, offering))
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
            if mine[one.pk].persons & theirs[other.pk].persons:
                rulings = (SAME_PERSON, *rulings)
            if rulings:
                ruled[one.pk, other.pk] = rulings
    return ruled


def _together(some: dict[int, Parties]) -> Parties:
    return parties_of(
        (pk for one in some.values() for pk in one.organisations), (pk for one in some.values() for pk in one.persons)
    )
