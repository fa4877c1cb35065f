"""One box finds records by words, pinyin, initials, credit code or number, and never what the reader may not see."""

from collections.abc import Callable

import pytest

from grandunion.adapters import index
from grandunion.records.matches import Offer
from grandunion.records.parties import Organisation
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.actions.base import change, index_words
from grandunion.work.actions.parties import organisations as deeds
from grandunion.work.queries import search
from tests.cast import NOON, make_person
from tests.work.test_plans import make_achievement, make_need, make_project

CODE = "91340000711771143J"


@pytest.fixture
def iflytek(ada: Reader) -> Organisation:
    """A company with names in both languages and a credit code."""
    return deeds.create(
        {"organisation_kind": "enterprise", "name_zh": "科大讯飞股份有限公司", "name_en": "iFLYTEK Co., Ltd.",
         "credit_code": CODE, "city": "Hefei"},
        by=ada, at=NOON,
    )  # fmt: skip


def found(words: str, reader: Reader) -> list[str]:
    return [hit.number for group in search.everywhere(words, reader) for hit in group.hits]


@pytest.mark.parametrize(
    "words",
    ["讯飞", "科大讯飞", "科大讯飞股份有限公司", "iflytek", "IFLYTEK", "keda", "kedaxunfei", "kdxf", "讯飞 hefei"],
)
def test_an_organisation_is_found_by_either_language_by_pinyin_and_by_initials(
    words: str, iflytek: Organisation, ada: Reader
) -> None:
    assert found(words, ada) == [iflytek.number]


@pytest.mark.parametrize("words", ["", " ", "氢能", "讯科", "%", "'", '"', "\x00", "\ud800", "a" * 5000, "NEAR(", "*"])
def test_what_is_not_there_is_not_found_and_nothing_breaks(words: str, iflytek: Organisation, ada: Reader) -> None:
    assert found(words, ada) == []
    assert search.exact(words, ada) is None
    assert search.suggested(words, ada) == ()


def test_numbers_and_credit_codes_jump_to_their_record(iflytek: Organisation, ada: Reader) -> None:
    for words in (iflytek.number, iflytek.number.lower(), f" {iflytek.number} ", CODE, CODE.lower()):
        assert search.exact(words, ada) == ("organisations", iflytek.number)
    assert search.exact("ORG-2026-9999", ada) is None
    assert search.exact("XYZ-2026-0001", ada) is None
    assert [hit.number for hit in search.suggested(CODE, ada)] == [iflytek.number]


def make_offer(title: str, level: Level) -> Offer:
    return Offer.objects.create(
        number="OFR-2026-0001", title_en=title, level=level, offer_kind=OfferKind.SPACE, state=OfferState.PUBLISHED,
        state_at=NOON, created_at=NOON, updated_at=NOON,
    )  # fmt: skip


def everything_about(word: str, level: Level) -> list[str]:
    """One record of every kind that holds the word, of one level."""
    records = [
        make_person(f"{word} Person", level=level),
        make_achievement(f"{word} achievement", level=level),
        make_need(f"{word} need", level=level),
        make_offer(f"{word} offer", level),
        make_project(f"{word} project", level=level),
    ]
    for record in records:
        index_words(record)
    return [record.number for record in records]


def test_every_kind_is_searched_in_the_order_of_the_house(ada: Reader, iflytek: Organisation) -> None:
    change(iflytek, at=NOON, name_en="Zirconium Works")
    numbers = everything_about("Zirconium", Level.MEMBERS)
    assert found("zirconium", ada) == [iflytek.number, *numbers]
    assert [hit.number for hit in search.suggested("zirc", ada)] == [iflytek.number, *numbers]


@pytest.mark.parametrize("level", Level)
def test_a_record_is_found_exactly_by_those_who_may_see_it(
    level: Level, ada: Reader, bo: Reader, dee: Reader, as_reader: Callable
) -> None:
    numbers = everything_about("Osmium", level)
    sees = {
        Level.PUBLIC: {"ada": True, "dee": True},
        Level.MEMBERS: {"ada": True, "dee": True},
        Level.ORGANISATION: {"ada": True, "dee": False},
        Level.NAMED: {"ada": False, "dee": False},
    }[level]
    for reader, is_seen in ((ada, sees["ada"]), (dee, sees["dee"]), (bo, sees["dee"])):
        assert set(found("osmium", reader)) == (set(numbers) if is_seen else set())
        assert [group.count for group in search.everywhere("osmium", reader)] == ([1] * len(numbers) if is_seen else [])
        for number in numbers:
            assert (search.exact(number, reader) is not None) is is_seen
            assert bool(search.suggested(number, reader)) is is_seen


def test_a_visitor_finds_public_rows_in_published_states_only(db: None) -> None:
    draft, offered = (make_achievement(f"Iridium {state}", level=Level.PUBLIC, state=state)
                      for state in ("draft", "in_library"))  # fmt: skip
    for record in (draft, offered):
        index_words(record)
    assert found("iridium", visitor(NOON)) == [offered.number]


def test_the_exact_name_comes_first_then_the_latest_changed(ada: Reader) -> None:
    names = ("Rhodium Works", "Rhodium", "Rhodium Labs")
    given = [deeds.create({"organisation_kind": "enterprise", "name_en": name}, by=ada, at=NOON) for name in names]
    change(given[0], at=NOON.replace(hour=5), city="Hefei")
    assert found("rhodium", ada) == [given[1].number, given[0].number, given[2].number]


def test_counting_stops_at_the_cap(ada: Reader) -> None:
    rows = [
        Organisation(number=f"ORG-2026-{n:04d}", name_en=f"Hafnium {n}", organisation_kind=OrganisationKind.ENTERPRISE,
                     created_at=NOON, updated_at=NOON)
        for n in range(1, search.CAP + 3)
    ]  # fmt: skip
    Organisation.objects.bulk_create(rows)
    index.put_many("organisation", [(row.pk, [row.name_en]) for row in rows])
    (group,) = search.everywhere("hafnium", ada)
    assert (group.count, group.is_capped, len(group.hits)) == (search.CAP + 1, True, search.SHOWN)


def test_own_records_are_found_behind_many_newer_ones_of_others(
    bo: Reader, bo_company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "ENOUGH", 3)
    own = make_project("Own Yttrium", owner=bo_company)
    for record in (own, *(make_project(f"Yttrium {n}") for n in range(5))):
        index_words(record)
    assert found("yttrium", bo) == [own.number]


def test_merged_organisations_are_not_offered(ada: Reader, iflytek: Organisation) -> None:
    change(iflytek, at=NOON, status="merged")
    assert found("讯飞", ada) == []
    assert search.exact(CODE, ada) is None


def test_a_search_writes_nothing_and_asks_little(
    ada: Reader, iflytek: Organisation, reading: Callable, queries: Callable
) -> None:
    everything_about("Iflytek", Level.MEMBERS)
    with reading(), queries(at_most=19):
        search.everywhere("iflytek", ada)
    with reading(), queries(at_most=len(index.KINDS)):
        assert search.everywhere("nothing", ada) == ()
    with reading(), queries(at_most=2):
        search.suggested(CODE, ada)


def test_a_hit_says_what_it_is(ada: Reader, iflytek: Organisation) -> None:
    (group,) = search.everywhere("讯飞", ada)
    (hit,) = group.hits
    assert hit.name == Text("iFLYTEK Co., Ltd.", "科大讯飞股份有限公司")
    assert hit.detail == Text("Enterprise · Hefei", "企业 · Hefei")
    assert (hit.kind, hit.section, group.name.zh) == ("organisation", "organisations", "单位")
