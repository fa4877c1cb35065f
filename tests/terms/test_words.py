"""Text, verdicts, money and periods."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grandunion.terms.money import Money, money
from grandunion.terms.needs import NeedState
from grandunion.terms.periods import Period, months_after, year
from grandunion.terms.sound import sound
from grandunion.terms.text import Text, either, listed
from grandunion.terms.verdicts import YES, Invalid, Refused, no, require


def test_a_word_is_its_code_and_has_two_names():
    assert NeedState.RECEIVED == "received"
    assert NeedState.RECEIVED.text.zh == "登记"
    assert NeedState.has("received")
    assert not NeedState.has("Received")


def test_a_text_is_filled_in_both_languages():
    company = Text("Anhui Dabie Co., Ltd.", "安徽大别")
    assert Text("Ask {who}.", "请联系{who}。").fill(who=company) == Text(
        "Ask Anhui Dabie Co., Ltd.", "请联系安徽大别。"
    )
    assert Text("{who} … and so on...", "{who}等").fill(who="x").en == "x … and so on..."
    filled = Text("{n} for {who}", "{who}的{n}条").fill(n=3, who=Text("Ada", "阿达"))
    assert (filled.en, filled.zh) == ("3 for Ada", "阿达的3条")
    assert either("", "只有中文").en == "只有中文"
    assert listed([Text("a", "甲"), Text("b", "乙")]).zh == "甲、乙"


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff"])
def test_signs_that_nobody_sees_and_no_file_can_hold_are_left_out(sign):
    assert sound("text", f"a{sign}b\tc\nd") == "ab\tc\nd"


@pytest.mark.parametrize("sign", ["\x00", "\ud800"])
def test_broken_signs_are_refused(sign):
    with pytest.raises(Invalid):
        sound("text", f"a{sign}b")


def test_a_no_is_raised_with_its_sentence():
    require(YES)
    with pytest.raises(Refused) as refused:
        require(no("This call is closed.", "该项目已截止。"))
    assert refused.value.reason.zh == "该项目已截止。"


@pytest.mark.parametrize("bad", ["", "abc", "NaN", "Infinity", "1e20", "1,2,x"])
def test_what_is_no_amount_is_refused(bad):
    with pytest.raises(Invalid):
        money(bad)


def test_an_unknown_currency_is_refused():
    with pytest.raises(Invalid):
        money("1", "ZZZ")


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2),
    st.decimals(min_value=-(10**12), max_value=10**12, places=2),
)
def test_money_adds_exactly(a, b):
    assert (Money(a) + Money(b)) - Money(b) == Money(a)


def test_currencies_do_not_mix_and_amounts_are_said_in_each_habit():
    with pytest.raises(ValueError, match="do not add up"):
        Money(Decimal(1), "CNY") + Money(Decimal(1), "USD")
    assert money("1,200,000").said() == Text("CNY 1,200,000.00", "120万元")
    assert money("200000000000").said().zh == "2000亿元"
    assert money("350.5").said().zh == "350.50元"


def test_periods_are_half_open():
    assert year(2026).holds(date(2026, 12, 31))
    assert not year(2026).holds(date(2027, 1, 1))
    assert not year(2026).overlaps(year(2027))
    assert Period(date(2026, 1, 1)).overlaps(year(2030))
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2026, 1, 1), date(2026, 1, 1))


def test_months_after_keeps_to_the_months_length():
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 1, 15), 12) == date(2027, 1, 15)
