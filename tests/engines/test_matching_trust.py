"""Whatever the weights, given, learned or first, every figure of an explanation works out to the score."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grandunion.engines.matching import PLANS, Plan, corpus_of, ranked, reference, reweighed, rulings, score, sentence
from grandunion.engines.matching.constraints import Rulings
from grandunion.engines.matching.learning import Decision, learn
from grandunion.terms.matches import Market
from tests.engines.drawing import figures
from tests.engines.test_matching_markets import OFFER, WANTED

AMOUNTS = figures(1000, places=3)
OFFERS = st.lists(OFFER, max_size=5, unique_by=lambda one: one.key)


@st.composite
def weighed(draw: st.DrawFn) -> Plan:
    """Any market under any weights a reader may ask for."""
    plan = PLANS[draw(st.sampled_from(Market))]
    given_ = draw(st.fixed_dictionaries(dict.fromkeys(plan.weights, AMOUNTS)))
    first = next(iter(plan.weights))
    return plan.weighed(given_ if any(given_.values()) else given_ | {first: 1})


def adds_up(wanted, offers, plan):
    """Every figure of a ranking, worked out again in fractions out of nothing but what is shown."""
    found = ranked(wanted, offers, plan)
    assert [offer.key for offer, _ in found] == reference.ranking(wanted, offers, plan)
    for _, one in found:
        assert one.value == reference.value(one)
        assert one.confidence == reference.confidence(one)
        assert {part.code: part.weight for part in one.parts} == dict(plan.weights)
        for part in one.parts:
            assert part.value is None or 0 <= part.value <= 1
            assert not part.grounds or part.value == reference.mean(part.grounds)
            assert part.share == part.weight * (part.value or 0)
        assert sentence(one).en
        assert sentence(one).zh
    return found


@given(WANTED, OFFERS, weighed())
@settings(max_examples=80, deadline=None)
def test_under_any_weights_every_figure_adds_up_and_only_the_weights_have_changed(wanted, offers, plan):
    found = adds_up(wanted, offers, plan)
    assert reweighed(ranked(wanted, offers, PLANS[plan.market]), plan) == found


@given(WANTED, OFFERS, st.sampled_from(list(Market)))
@settings(max_examples=150, deadline=None)
def test_many_offers_at_once_are_judged_as_each_by_itself(wanted, offers, market):
    """What they have alike is judged once, and whoever gives no constraint a cause is not asked."""
    plan, many = PLANS[market], Rulings(wanted)
    corpus = corpus_of(offers)
    assert {one.key: found for one, found in ranked(wanted, offers, plan)} == {
        one.key: score(wanted, one, corpus, plan) for one in offers
    }
    assert many.of(offers) == [rulings(wanted, one) for one in offers]


def decisions(plan: Plan) -> list[Decision]:
    """A past in which the first part decided and the others told nothing."""
    codes = list(plan.weights)
    rows = []
    for n in range(160):
        values = {code: Decimal((n * 37 + place * 11) % 10) / 10 for place, code in enumerate(codes)}
        is_good = values[codes[0]] + Decimal((n * 7) % 5) / 20 > Decimal("0.55")
        rows.append(Decision(f"{n:03d}", date(2025, 1, 1) + timedelta(days=n), values,
                             "success" if is_good else "failed"))  # fmt: skip
    return rows


@pytest.mark.parametrize("market", list(Market))
def test_learned_weights_change_what_counts_and_every_figure_still_adds_up(market):
    plan = PLANS[market]
    change = learn(decisions(plan), plan.weights)
    assert change.weights != change.before
    learned = plan.weighed(change.weights)

    @given(WANTED, OFFERS)
    @settings(max_examples=15, deadline=None)
    def check(wanted, offers):
        adds_up(wanted, offers, learned)

    check()
