"""Official identifiers: the right ones pass, a typo does not."""

import pytest

from grandunion.terms import identifiers
from grandunion.terms.verdicts import Invalid


@pytest.mark.parametrize(
    "code", ["91340000711771143J", "91330100799655058B", "91440300708461136T", " 91340000 711771143j "]
)
def test_real_credit_codes_pass(code):
    assert identifiers.credit_code(code) == code.replace(" ", "").upper()


@pytest.mark.parametrize(
    "code", ["91340000711771143K", "9134000071177114", "91340000711771143I", "", "91340000711771143\x00"]
)
def test_a_mistyped_credit_code_is_refused_with_a_sentence(code):
    with pytest.raises(Invalid) as refused:
        identifiers.credit_code(code)
    assert refused.value.problems[0].field == "credit_code"
    assert refused.value.reason.zh


def test_every_single_typo_in_a_credit_code_is_caught():
    right = "91340000711771143J"
    for place in range(18):
        for sign in identifiers.CREDIT_ALPHABET:
            if sign != right[place]:
                with pytest.raises(Invalid):
                    identifiers.credit_code(right[:place] + sign + right[place + 1 :])


@pytest.mark.parametrize("code", ["04c4dkn09", "https://ror.org/04c4dkn09", "03acrzv41", "01skwyh03"])
def test_real_ror_identifiers_pass(code):
    assert identifiers.ror(code) == code[-9:]


@pytest.mark.parametrize("code", ["04c4dkn08", "04c4dk", "x4c4dkn09"])
def test_a_wrong_ror_is_refused(code):
    with pytest.raises(Invalid):
        identifiers.ror(code)


def test_orcid_doi_and_patent_numbers_are_written_one_way():
    assert identifiers.orcid("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097"
    assert identifiers.doi("https://doi.org/10.1038/NATURE12373.") == "10.1038/nature12373"
    digits = "202310123456"
    right = f"{digits}.{identifiers.patent_check(digits)}"
    assert identifiers.patent_number(f"ZL{right}", "CN") == right
    assert identifiers.patent_number("us 1234567 b2", "US") == "US1234567B2"


def test_a_known_chinese_application_number_has_its_check_digit():
    # 02144686.5 is the example number of the standard ZC 0006-2003.
    assert identifiers.patent_check("02144686") == "5"


def test_wrong_orcid_doi_and_patent_are_refused():
    for wrong in (
        lambda: identifiers.orcid("0000-0002-1825-0098"),
        lambda: identifiers.doi("nature12373"),
        lambda: identifiers.patent_number("02144686.4", "CN"),
        lambda: identifiers.patent_number("12", "CN"),
    ):
        with pytest.raises(Invalid):
            wrong()


def test_citizen_numbers_are_seen_and_credit_codes_are_not_taken_for_them():
    assert identifiers.holds_citizen_number("证件 11010519491231002X 本人")
    assert not identifiers.holds_citizen_number("11010519491231002Y")
    assert not identifiers.holds_citizen_number("91340000711771143J")
    assert not identifiers.holds_citizen_number("110105194912310021")
