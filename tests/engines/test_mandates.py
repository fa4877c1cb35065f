"""Investors are ranked by what they did before, and only by what they did before."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from grandunion.engines.matching.library import Library
from grandunion.engines.matching.mandates import WEIGHTS, Deal, Mandate, Sought, learnt, quick, ranked, score
from grandunion.engines.matching.pieces import confidence_of, value_of
from grandunion.engines.matching.terms import terms
from grandunion.terms.text import Text

DAY, EARLIER = date(2026, 5, 1), date(2026, 1, 1)
FIELDS = {"magnets": terms("superconducting magnets"), "lasers": terms("laser radar"), "seeds": terms("rice seeds")}
SHELF = Library(FIELDS.values())


def deal(field, project="p0", on=EARLIER, **more):
    return Deal(project, Text(field, field), on, FIELDS[field], **more)


def sought(field="magnets", **more):
    return Sought("new", DAY, SHELF.ask(FIELDS[field]), **more)


DEALS = st.builds(
    deal, st.sampled_from(sorted(FIELDS)), st.sampled_from(["p1", "p2", "new"]),
    st.dates(date(2020, 1, 1), date(2026, 4, 30)), place=st.sampled_from(["", "Hefei"]),
    stage=st.sampled_from(["seed", "a"]), amount=st.none() | st.floats(1, 1e9),
    beside=st.frozensets(st.sampled_from(["bo", "dee"])),
)  # fmt: skip
MANDATES = st.lists(
    st.builds(Mandate, st.uuids().map(str), st.lists(DEALS, max_size=4).map(tuple)), max_size=5,
    unique_by=lambda one: one.key,
)  # fmt: skip
SEEKING = st.builds(
    sought, st.sampled_from(sorted(FIELDS)), place=st.sampled_from(["", "Hefei"]), stage=st.sampled_from(["", "seed"]),
    amount=st.none() | st.floats(1, 1e9), backers=st.frozensets(st.sampled_from(["bo", "dee"])),
)  # fmt: skip


def part(found, code):
    return next(one for one in found.parts if one.code == code)


def test_who_invested_in_the_field_comes_before_who_did_not_and_the_deal_is_named():
    magnets, seeds = Mandate("bo", (deal("magnets"),)), Mandate("ada", (deal("seeds"),))
    found = ranked(sought(), [seeds, magnets], SHELF)
    assert [one.key for one, _ in found] == ["bo", "ada"]
    assert "“magnets”" in part(found[0][1], "text").evidence.en


def test_who_is_in_already_and_who_invests_beside_them_comes_first():
    inside = Mandate("dee", (deal("seeds", project="new"),))
    beside = Mandate("bo", (deal("seeds", beside=frozenset({"dee"})),))
    nobody = Mandate("ada", (deal("seeds"),))
    found = ranked(sought(backers=frozenset({"dee"})), [nobody, beside, inside], SHELF)
    assert [one.key for one, _ in found] == ["dee", "bo", "ada"]


def test_only_deals_done_before_the_day_are_learnt():
    done = [deal("seeds", on=date(2026, 4, 30)), deal("magnets", on=DAY), deal("lasers", on=date(2027, 1, 1))]
    assert [one.title.en for one in learnt("bo", done, DAY).deals] == ["seeds"]


def test_an_amount_like_those_before_fits_and_an_unknown_one_counts_neither_way():
    known = Mandate("bo", (deal("magnets", amount=1_000_000.0),))
    assert part(score(sought(amount=1_000_000.0), known, SHELF), "amount").value == 1
    assert part(score(sought(amount=100_000_000.0), known, SHELF), "amount").value < Decimal("0.02")
    unknown = score(sought(), known, SHELF)
    assert part(unknown, "amount").value is None
    assert unknown.confidence < 1


def test_an_investor_without_deals_is_unknown():
    assert score(sought(), Mandate("bo", ()), SHELF).confidence == 0


@given(SEEKING, MANDATES)
def test_every_score_is_worked_out_again_from_its_parts_and_the_quick_value_is_the_same(asked, mandates):
    found = ranked(asked, mandates, SHELF)
    assert found == ranked(asked, list(reversed(mandates)), SHELF)
    for mandate, one in found:
        assert [each.code for each in one.parts] == list(WEIGHTS)
        assert one.value == value_of(one.parts)
        assert one.confidence == confidence_of(one.parts)
        assert all(each.value is None or 0 <= each.value <= 1 for each in one.parts)
        assert abs(float(one.value) - quick(asked, mandate, SHELF)) < 0.0002
