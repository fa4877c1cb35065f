"""Questions whose SQL is kept answer what Django's own would, for every record and every reader anew."""

import pytest
from django.db.models import F
from django.db.models.functions import Length

from grandunion.adapters import index
from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Access, OrganisationName
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.parties import NameKind
from grandunion.terms.readers import house
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base import held, listing, one, opened, opened_of, reading_once, visible
from grandunion.work.queries.base.kept import ASKER, asked, of, stand_in
from grandunion.work.queries.base.posed import Passing
from grandunion.work.queries.needs import LISTING
from grandunion.work.queries.parties import ORGANISATION_LISTING
from tests.cast import NOON, make_organisation
from tests.watching import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def needs(bo_company):
    """Two needs, one of them with everything it may refer to."""
    area = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core")
    plain = {"state_at": NOON, "created_at": NOON, "updated_at": NOON, "category": Category.TALENT}
    return [
        Need.objects.create(number="NED-2026-0001", title_en="One", level=Level.MEMBERS, state=NeedState.RECEIVED,
                            owner=bo_company, area=area, **plain),
        Need.objects.create(number="NED-2026-0002", title_en="Two", level=Level.NAMED, state=NeedState.DRAFT, **plain),
    ]  # fmt: skip


def _values(row):
    """What was read of a record; a field that was left out is not there."""
    left_out = row.get_deferred_fields()
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in left_out}


def test_an_opened_record_is_the_one_django_would_read_with_what_it_refers_to(needs, operator):
    for need in needs * 2:
        with queries(at_most=1):
            row = opened(Need, operator, "owner", "area", number=need.number)
            shown = row.owner and row.owner.name_en, row.area and row.area.code
        known = one(visible(Need, operator).select_related("owner", "area"), number=need.number)
        assert _values(row) == _values(known)
        assert shown == (known.owner and known.owner.name_en, known.area and known.area.code)
        assert row._state.db == known._state.db


def test_a_record_is_open_to_one_reader_and_absent_to_the_next(needs, ada, dee):
    hidden = needs[1].number
    assert opened(Need, house(NOON), number=hidden).pk == needs[1].pk
    for reader in (ada, dee, ada):
        with pytest.raises(Absent):
            opened(Need, reader, number=hidden)
    assert opened(Need, dee, number=needs[0].number).pk == needs[0].pk


@pytest.mark.parametrize("number", ["", "NED-2026-0001\x00", "' OR 1 = 1 --", "%s", "\ud800"])
def test_what_no_record_bears_is_absent(needs, operator, number):
    with pytest.raises(Absent):
        opened(Need, operator, number=number)


def test_the_rows_of_one_record_are_those_of_several_asked_for_one(db):
    one_company, other = (make_organisation(name) for name in ("One", "Other"))
    for company, name in ((one_company, "B"), (other, "C"), (one_company, "A")):
        OrganisationName.objects.create(organisation=company, name=name, core=name, name_kind=NameKind.ALIAS)
    for company, expected in ((one_company, ["A", "B"]), (other, ["C"]), (one_company, ["A", "B"])):
        assert [row.name for row in of(_names, [company.pk])] == expected
        assert of(_names, [company.pk])[0].organisation == company
    assert [row.name for row in of(_names, [one_company.pk, other.pk])] == ["A", "B", "C"]
    assert of(_names, []) == []


def _names(ids):
    rows = OrganisationName.objects.unscoped("names in a test").filter(organisation__in=ids)
    return rows.select_related("organisation").order_by("name")


def _of_category(rows, categories, asker=ASKER):
    return rows.filter(category__in=categories).exclude(in_charge=asker)


def test_of_the_rows_a_rule_leaves_those_are_opened_that_django_would_read(needs, ada, dee, operator):
    Need.objects.unscoped("a need for the one who must not open it").filter(pk=needs[0].pk).update(
        in_charge=ada.user_id
    )
    opens = []
    for categories in (("talent",), ("capital", "talent"), ("capital",)):
        for reader in (operator, ada, dee, ada):
            for need in needs:
                rows = _of_category(visible(Need, reader), categories, reader.user_id or 0).filter(number=need.number)
                given = (Need, reader, _of_category, (categories,), "owner")
                if rows.exists():
                    opens.append((reader.name, need.pk))
                    assert _values(opened_of(*given, number=need.number)) == _values(rows.get())
                else:
                    with pytest.raises(Absent):
                        opened_of(*given, number=need.number)
    assert {pk for name, pk in opens if name == dee.name} == {needs[0].pk}
    assert not [pk for name, pk in opens if name == ada.name and pk == needs[0].pk]


def _named(organisations, name):
    rows = OrganisationName.objects.unscoped("names in a test").filter(organisation__in=organisations, name=name)
    return rows.order_by("pk").values_list("organisation")


def test_what_only_stands_in_for_what_is_meant_is_filled_in_each_time():
    companies = [make_organisation(name) for name in ("One", "Other", "Third")]
    for company in companies:
        OrganisationName.objects.create(organisation=company, name="A", core="A", name_kind=NameKind.ALIAS)
    places = (stand_in(0), stand_in(1))
    for first, second in (companies[:2], companies[1:]):
        found = asked(_named, (places, "A"), {places[0]: first.pk, places[1]: second.pk})
        assert found == [(first.pk,), (second.pk,)]
    assert asked(_named, (places, "B"), {places[0]: companies[0].pk, places[1]: companies[1].pk}) == []


@pytest.mark.parametrize("given", [{}, {"category": "talent"}, {"area": "core"}, {"q": "One"}, {"q": "absent"}])
def test_a_page_of_a_list_shows_the_rows_django_would_read(needs, ada, dee, operator, given):
    for need in needs:
        index.put("need", need.pk, [need.title_en])
    for reader in (operator, ada, dee):
        question = listing.Question.of(LISTING, given)
        found = listing.page(LISTING, reader, question)
        expected = list(listing.asked(LISTING, reader, question).values_list("number", flat=True))
        assert [number for number, _ in found.rows] == expected
        assert found.total == len(expected)
        _, stream = listing.everything(LISTING, reader, question)
        assert list(found.rows) == list(stream)


FIRSTS = {
    "all in an order": lambda rows: rows.order_by("-updated_at", "-pk"),
    "with relations": lambda rows: rows.select_related("owner", "area").order_by("owner__name_en", "pk"),
    "under a condition": lambda rows: rows.filter(category__in=("talent", "capital")).order_by("number"),
    "under one that nothing fulfils": lambda rows: rows.filter(pk__in=[]),
    "under one of another table": lambda rows: rows.filter(owner__name_en__contains="o").order_by("pk"),
    "with a subquery": lambda rows: rows.filter(owner__in=rows.order_by().values("owner")).order_by("pk"),
    "the other way round": lambda rows: rows.order_by("number").reverse(),
    "without some fields": lambda rows: rows.only("number", "owner").order_by("number"),
    "by an expression": lambda rows: rows.order_by(F("number").desc()),
    "with a figure beside": lambda rows: rows.annotate(length=Length("title_en")).order_by("length", "pk"),
}


@pytest.mark.parametrize("name", FIRSTS)
def test_the_first_records_of_a_question_are_those_django_would_read(needs, ada, dee, operator, name):
    for reader in (operator, ada, dee, operator):
        for start, most in ((0, 1), (0, 5), (1, 5)):
            rows = FIRSTS[name](visible(Need, reader))
            with queries(at_most=1):
                found = Passing(rows).first(most, start)
                shown = [(row.number, row.owner_id) for row in found]
            expected = list(FIRSTS[name](visible(Need, reader))[start : start + most])
            assert found == expected
            assert shown == [(row.number, row.owner_id) for row in expected]
            assert [_values(row) for row in found] == [_values(row) for row in expected]
            assert [row.title_en for row in found[:1]] == [row.title_en for row in expected[:1]]  # read late, maybe
        assert Passing(FIRSTS[name](visible(Need, reader))).number(5) == FIRSTS[name](visible(Need, reader)).count()


def test_what_was_read_along_is_not_asked_for_again(needs, operator):
    with queries(at_most=1):
        found = Passing(FIRSTS["with relations"](visible(Need, operator))).first(2)
        assert {row.pk: row.owner and row.owner.name_en for row in found} == {
            needs[0].pk: needs[0].owner.name_en, needs[1].pk: None,
        }  # fmt: skip


def test_a_list_goes_on_page_after_page_and_knows_how_many_there_are(operator):
    for n in range(7):
        make_organisation(f"Company {n}")
    seen = []
    for number in (1, 2, 3, 4, 5):
        page = listing.page(ORGANISATION_LISTING, operator, listing.Question(page=number, size=2))
        seen += [row[0] for row in page.rows]
        assert page.total == 7
        assert page.has_next == (number < 4)
    assert seen == sorted(seen)
    assert len(seen) == 7


def test_a_word_that_very_many_records_hold_is_found_along_the_order_of_the_list(operator, monkeypatch):
    for n in range(5):
        company = make_organisation(f"Quantum {n}")
        index.put("organisation", company.pk, [company.name_en])
    make_organisation("Other")
    question = listing.Question(words="quantum", size=3)
    few = listing.page(ORGANISATION_LISTING, operator, question)
    monkeypatch.setattr(listing, "FEW", 2)
    assert listing.page(ORGANISATION_LISTING, operator, question) == few
    assert few.total == 5


def test_what_somebody_holds_is_asked_once_on_a_page_and_anew_on_the_next(needs, dee):
    need = needs[1]
    assert held(dee, "need", need.pk) == ()
    with reading_once(), queries(at_most=1):
        assert held(dee, "need", need.pk) == held(dee, "need", need.pk) == ()
    Access.objects.create(subject_kind="need", subject_id=need.pk, user_id=dee.user_id, part="grantee", secrecy=1,
                          granted_at=NOON)  # fmt: skip
    with reading_once():
        assert [row.part for row in held(dee, "need", need.pk)] == ["grantee"]
        assert held(dee, "need", needs[0].pk) == ()
