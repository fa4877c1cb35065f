"""What a reader is told of candidates rests on nothing that is hidden from this reader: no row, and no field."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.db import models, transaction

from grandunion.adapters import index, meaning
from grandunion.adapters.meaning.passages import opening, pieces
from grandunion.engines.matching import ACHIEVEMENT, EXPERT, categories_of, market_for
from grandunion.records.achievements import Achievement
from grandunion.records.base import Guarded
from grandunion.records.lists import Term
from grandunion.records.matches import Offer
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, Person
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import Market
from grandunion.terms.needs import NeedState
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.permissions.base import clearance, may_see
from grandunion.work.queries import matches
from grandunion.work.queries.matches.alike import alike
from grandunion.work.queries.matches.bench import bench
from grandunion.work.queries.matches.fresh import fresh
from grandunion.work.queries.matches.suggestions import suggested
from grandunion.work.queries.matches.wants import asked_by
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db

KINDS = [ACHIEVEMENT, EXPERT, *OfferKind.codes()]
SAID = {"title_zh": "石墨烯散热膜", "title_en": "Graphene film that spreads heat"}
NAME = "Buyer of films"
ELSE = "Buyer of films 石墨烯散热膜 graphene heat"  # what a hidden text would match by, and whom it would leave out


def sided(kind: str, number: int, level: Level, owner: Organisation, person: Person) -> models.Model:
    """Something on offer of this kind at a level."""
    shared = {"level": level, "created_at": NOON, "updated_at": NOON}
    near, _ = Term.objects.get_or_create(list="areas", code="near", defaults={"name_zh": "近区", "name_en": "Near"})
    if kind == EXPERT:
        row = Person.objects.create(number=f"PER-2026-{number:04d}", name_en=f"Expert {number}",
                                    expertise=" ".join(SAID.values()), **shared)  # fmt: skip
    elif kind == ACHIEVEMENT:
        row = Achievement.objects.create(number=f"ACH-2026-{number:04d}", owner=owner, state_at=NOON,
                                         state=AchievementState.IN_LIBRARY, area=near, **SAID, **shared)  # fmt: skip
    else:
        row = Offer.objects.create(
            number=f"OFR-2026-{number:04d}", owner=owner, offer_kind=kind, state=OfferState.PUBLISHED, state_at=NOON,
            person=person if kind == OfferKind.EXPERTISE else None, quota=3, area=near, **SAID, **shared,
        )  # fmt: skip
    index.put(row.kind, row.pk, [getattr(row, name) for name in row.searched])
    return row


@pytest.fixture
def buyer(db) -> Organisation:
    return make_organisation(NAME)


@pytest.fixture
def maker(db) -> Organisation:
    return make_organisation("Maker of films", OrganisationKind.UNIVERSITY)


@pytest.fixture
def need_for(buyer) -> Callable[[str], Need]:
    """A need, open to members, that an offer of this kind answers."""

    def made(kind: str) -> Need:
        number = every(Need).count() + 1
        need = Need.objects.create(
            number=f"NED-2026-{number:04d}", level=Level.MEMBERS, owner=buyer, category=categories_of(kind)[0],
            state=NeedState.DISPATCHED, state_at=NOON, created_at=NOON, updated_at=NOON, budget=Decimal(500_000),
            contact_person=make_person(f"Asker {number}"), **SAID,
        )  # fmt: skip
        index.put("need", need.pk, [getattr(need, name) for name in need.searched])
        return need

    return made


@pytest.fixture
def readers(db, buyer, maker) -> dict[str, Reader]:
    """Somebody of every sort; the enterprise is the needing side, the university the offering one."""
    homes = {Role.ENTERPRISE: buyer, Role.UNIVERSITY: maker}
    hub = (Role.OFFICER, Role.PLANNER, Role.BUREAU, Role.ADMINISTRATOR)
    users = {
        role.value: make_user(f"{role.value}@trust.example", role,
                              None if role in hub else homes.get(role) or make_organisation(f"Home of {role.value}"))
        for role in (*hub, *homes, Role.INVESTOR, Role.INVENTOR)
    }  # fmt: skip
    area = Term.objects.create(list="areas", code="far", name_zh="远区", name_en="Far")
    users["officer elsewhere"] = make_user("far@trust.example", Role.OFFICER, area=area)
    return {name: reader_of(user, NOON) for name, user in users.items()}


def told(need: Need, reader: Reader, market: Market) -> tuple:
    """Everything an answer says: order, figures, reasons, exclusions, how many were compared."""
    found = matches.candidates(need, reader, 50, market)
    return found.compared, *(
        (place, one.number, one.score.value, one.score.confidence, one.sentence, one.score.parts, one.score.rulings)
        for place, some in (("fit", found.offers), ("out", found.excluded))
        for one in some
    )


def told_of(subject: models.Model, reader: Reader) -> tuple:
    """The same of the needs for an offer."""
    found = matches.needs_for(subject, reader, 50)
    return tuple((one.need.number, one.score.value, one.score.confidence, one.sentence) for one in found.needs)


def every(table: type[models.Model]) -> models.QuerySet:
    """All rows of a table, guarded or not."""
    manager = table._default_manager
    return (
        manager.unscoped("the test looks at what the reader must not")
        if isinstance(manager, Guarded)
        else manager.all()
    )


def hidden(row: models.Model, reader: Reader) -> Iterator[models.Field]:
    """The fields that lie deeper than the reader reads on this row, by what the table itself declares."""
    deepest = clearance(reader, row)
    for name, secrecy in row.secrecy.items():
        if secrecy > deepest:
            yield row._meta.get_field(name)


def known_codes(field: models.Field, row: models.Model) -> list[str]:
    """The codes that a column may hold, if it holds codes: as its table promises the database."""
    rules = [one.condition for one in row._meta.constraints if isinstance(one, models.CheckConstraint)]
    promises = [said for rule in rules for said in rule.children if isinstance(said, tuple)]
    return next((list(codes) for name, codes in promises if name == f"{field.name}__in"), [])


def other(field: models.Field, row: models.Model) -> object:
    """Another value than the field has, such as would matter most if it were read."""
    now = getattr(row, field.attname)
    if field.is_relation:
        return None if now is not None else every(field.related_model).exclude(pk=now).values_list("pk", flat=True)[0]
    codes = [code for code in known_codes(field, row) if code != now]
    if codes:
        return codes[0]
    values = {
        models.BooleanField: not now, models.DateTimeField: NOON, models.DateField: date(2020, 1, 1),
        models.DecimalField: Decimal(9), models.PositiveSmallIntegerField: 9 if now != 9 else 8,
        models.PositiveIntegerField: 9 if now != 9 else 8, models.JSONField: {"told": ELSE},
    }  # fmt: skip
    kind = next((one for one in type(field).__mro__ if one in values), None)
    return values[kind] if kind else ELSE[: field.max_length]


def change_hidden(row: models.Model, reader: Reader, names: list[str]) -> None:
    """Write into the hidden fields behind the hub's back, so that nothing else changes."""
    values = {field.attname: other(field, row) for field in hidden(row, reader) if field.name in names}
    every(type(row)).filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_does_not_change_when_only_what_is_hidden_of_an_offer_changes(kind, readers, need_for, maker):
    need, market = need_for(kind), market_for(categories_of(kind)[0], kind)
    person = make_person("Chen Wei")
    row = sided(kind, 1, Level.MEMBERS, maker, person)
    changed = 0
    for role, reader in readers.items():
        if not may_see(reader, row):
            continue
        names = [field.name for field in hidden(row, reader)]
        before, before_back = told(need, reader, market), told_of(row, reader)
        fresh = every(type(row)).get(pk=row.pk)
        change_hidden(fresh, reader, names)
        after, back = told(need, reader, market), told_of(row, reader)
        assert (after, back) == (before, before_back), f"{role} is told of {names}"
        changed += len(names)
        every(type(row)).filter(pk=row.pk).update(
            **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        )
    assert changed, "some field must be hidden from somebody, or it proves nothing"


def test_the_answer_does_not_change_when_only_what_is_hidden_of_a_need_changes(readers, need_for, maker):
    need, row = need_for(ACHIEVEMENT), None
    row = sided(ACHIEVEMENT, 1, Level.MEMBERS, maker, make_person("Chen Wei"))
    rows = every(Need).filter(pk=need.pk)
    for role, reader in readers.items():
        if not may_see(reader, need):
            continue
        names = [field.name for field in hidden(need, reader)]
        before, before_back = told(need, reader, Market.TECHNOLOGY), told_of(row, reader)
        change_hidden(need, reader, names)
        after = told(rows.get(), reader, Market.TECHNOLOGY)
        assert (after, told_of(row, reader)) == (before, before_back), f"{role} is told of {names}"
        rows.update(**{field.attname: getattr(need, field.attname) for field in need._meta.concrete_fields})


def plain(value: object) -> object:
    """An answer as values that can be compared: records by their number, pieces by their fields."""
    if isinstance(value, models.Model):
        return getattr(value, "number", value.pk)
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def everything(need: Need, seen: models.Model, reader: Reader, market: Market) -> object:
    """Every answer that tells of candidates: both ways round, the workbench, suggestions, news, and what is alike."""
    found = [bench(record, reader) for record in (need, seen)]
    found += [matches.candidates(need, reader, 50, market), matches.needs_for(seen, reader, 50)]
    found += [suggested([need, seen], reader, 50), fresh(reader)]
    found += [alike(kind, SAID["title_zh"], reader) for kind in ("need", "achievement", "offer")]
    return plain(found)


@contextmanager
def gone(rows: Iterable[models.Model]) -> Iterator[None]:
    """Inside, these rows and their words are not in the database."""
    with transaction.atomic():
        for row in rows:
            index.drop(row.kind, row.pk)
            every(type(row)).filter(pk=row.pk).delete()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", [ACHIEVEMENT, EXPERT, OfferKind.PRODUCT.value, OfferKind.EXPERTISE.value])
def test_what_a_reader_may_not_see_leaves_no_trace_in_any_answer(kind, readers, need_for, buyer, maker):
    market, person = market_for(categories_of(kind)[0], kind), make_person("Chen Wei")
    need, *others = [need_for(kind) for _ in range(5)]
    for one, level in zip(others, Level, strict=True):
        every(Need).filter(pk=one.pk).update(level=level, owner=maker)
    rows = [sided(kind, n, level, owner, person) for n, (level, owner) in enumerate(product(Level, (maker, buyer)), 1)]
    trace = 0
    for role, reader in readers.items():
        if not may_see(reader, need):
            continue
        there = [*rows, *every(Need).exclude(pk=need.pk)]
        unseen = [row for row in there if not may_see(reader, row)]
        with_them = everything(need, rows[0], reader, market)
        with gone(unseen):
            assert everything(need, rows[0], reader, market) == with_them, role
        trace += len(unseen)
        numbers = {row.number for row in unseen}
        assert not [text for text in numbers if text in str(with_them)]
    assert trace, "something must be hidden from somebody, or it proves nothing"


def test_what_asks_is_the_passage_the_index_has_read_so_that_no_text_is_read_twice(need_for):
    need = need_for(ACHIEVEMENT)
    need.text_zh, need.acceptance_criteria = "用于手机散热。要求导热系数高。", "导热系数不低于 1500 W/(m·K)。"
    asked = asked_by(need, ())
    read = {piece.text for piece in pieces(*meaning.by_language(getattr(need, name) for name in need.meant))}
    assert {opening(asked.zh), opening(asked.en)} <= read
