"""Loaded with the founding documents, reconciling finds each figure that disagrees, its cause, and no false one."""

from datetime import date
from decimal import Decimal

import pytest

from grandunion.adapters.packs import Pack
from grandunion.records.plans import Claim
from grandunion.terms.claims import Cause, ClaimState
from grandunion.terms.readers import Reader
from grandunion.work.queries import plans

pytestmark = pytest.mark.django_db

# Each row of the reference's table of figures that disagree: family, cause, and the claims it is about.
ROWS = {
    ("Landed enterprises and projects", "enterprise_or_project"): {
        "province-enterprises-2023", "city-projects-2023", "press-enterprises-2023", "press-projects-2023",
    },
    ("Innovation centres", "translation"): {
        "province-centres-2023", "province-centres-2023-zh", "city-centres-2023",
    },
    ("Partners and units", "recruited_or_signed"): {
        "city-partners-2023", "shushan-partners-2023", "press-partners-2023",
    },
    ("Partners and units", "partner_or_unit"): {
        "city-partners-2023", "shushan-partners-2023", "press-partners-2023", "press-units-2023",
    },
    ("Partners and units", "scope"): {"shushan-partners-2023", "press-partners-2023"},
    ("Talent", "flow_or_stock"): {
        "province-talents-2023", "press-talents-2023", "press-talents-stock-2024", "press-talents-stock-2025",
    },
    ("Talent", "qualifier"): {"province-talents-2023", "press-talents-2023"},
    ("Size of funds", "planned_or_paid_in"): {
        "fund-planned-2023", "fund-registered-2023", "fund-reported-2024", "fund-total-2025", "fund-subscribed-2025",
    },
    ("Size of funds", "scope"): {"fund-planned-2023"},
    ("Alumni", "person_or_organisation"): {
        "city-alumni-2023", "press-universities-2024", "press-alumni-organisations-2024",
    },
    ("Space", "floor_or_land"): {"city-space-2023", "plan-land"},
}  # fmt: skip


def between(reader: Reader, **asked: object) -> dict[tuple[str, str], plans.Disagreed]:
    """The disagreements among the claims themselves, by family and cause."""
    found = plans.reconciliation(reader=reader, **asked)
    among = [one for one in found if not one.figures]
    named = {(one.family.en, one.cause.value): one for one in among}
    assert len(named) == len(among), "one family and cause makes one disagreement here"
    return named


def test_every_row_of_the_founding_documents_is_found_and_no_false_one(hefei: Pack, operator: Reader) -> None:
    found = between(operator)
    assert {key: {one.claim.code for one in row.claims} for key, row in found.items()} == ROWS


def test_the_846_is_explained_from_the_facts_in_both_languages(hefei: Pack, operator: Reader) -> None:
    said = between(operator)["Landed enterprises and projects", "enterprise_or_project"]
    assert said.also == (Cause.QUALIFIER,)
    for part in (
        "846 technology-based enterprises (Province, for 2023)",
        "over 800 technology projects (City, for 2023)",
        "An enterprise is not a project",
        "The same number 846",
        "can all be true",
    ):
        assert part in said.sentence.en
    for part in (
        "846家科技型企业（省级，2023 年）",
        "800余个科技项目（市级，2023 年）",
        "企业不等于项目",
        "846",
        "可以同时成立",
    ):
        assert part in said.sentence.zh


def test_all_funds_and_the_guidance_fund_are_told_apart_through_the_plans_target(hefei: Pack, operator: Reader) -> None:
    said = between(operator)["Size of funds", "scope"]
    assert [target.code for target in said.targets] == ["funds-2025"]
    assert "over 200 billion CNY" in said.sentence.en
    assert "30 billion" in said.sentence.en


def test_the_planners_notes_stand_only_where_the_engine_finds_the_same(hefei: Pack, operator: Reader) -> None:
    noted = {note.code for row in between(operator).values() for note in row.notes}
    assert noted == {one.code for one in hefei.disagreements}


def test_disagreements_can_be_asked_by_year_level_and_cause(hefei: Pack, operator: Reader) -> None:
    assert set(between(operator, cause="qualifier")) == {
        ("Talent", "qualifier"), ("Landed enterprises and projects", "enterprise_or_project"),
    }  # fmt: skip
    assert ("Space", "floor_or_land") in between(operator, year=2022)
    assert ("Alumni", "person_or_organisation") not in between(operator, year=2022)
    assert set(between(operator, level="district")) == {
        ("Partners and units", cause) for cause in ("recruited_or_signed", "partner_or_unit", "scope")
    }


def test_a_claim_that_nobody_confirmed_is_not_reckoned_with(hefei: Pack, operator: Reader) -> None:
    Claim.objects.filter(code="province-talents-2023").update(state=ClaimState.ENTERED)
    assert ("Talent", "qualifier") not in between(operator)


def test_published_and_counted_stand_side_by_side(hefei: Pack, operator: Reader) -> None:
    found = plans.reconciliation(reader=operator)
    against = {one.claims[0].claim.code: one for one in found if one.figures}
    told = against["province-enterprises-2023"]
    assert told.cause is Cause.RECORDS
    assert told.figures[0].cell.value == 0
    assert told.figures[0].as_of == date(2023, 12, 31)
    assert "846" in told.sentence.en
    assert "Nothing is recorded here for that time" in told.sentence.en
    # What one initiative counted as a project is held against the projects, not against the enterprises.
    assert against["press-enterprises-2023"].figures[0].indicator.code != "technology_enterprises_landed"


def test_progress_against_2025_is_shown_as_published_and_unknown_where_nothing_was(
    hefei: Pack, operator: Reader
) -> None:
    aims = {aim.target.code: aim for _, row in plans.plans(as_of=date(2025, 12, 31), reader=operator) for aim in row}
    wanted = ("organisations-2025", "talents-2025", "high-tech-2025", "listed-unicorns-2025")
    assert [aims[code].published_part for code in wanted] == [Decimal("0.700"), Decimal("0.700"), None, None]


def test_a_figure_published_after_the_day_is_not_known_on_that_day(hefei: Pack, operator: Reader) -> None:
    day = date(2024, 1, 31)  # the work reports came out on 4 and 8 February 2024, the press on the 23rd
    assert set(between(operator, as_of=day)) < set(between(operator))
    out = {one.claim.code for row in plans.reconciliation(reader=operator, as_of=day) for one in row.claims}
    later = Claim.objects.filter(source__published_on__gt=day).values_list("code", flat=True)
    assert later
    assert not out & set(later)
    assert between(operator, as_of=date(2026, 11, 1)) == between(operator)
    landed = plans.indicator("technology_enterprises_landed")
    assert "province-enterprises-2023" in {one.claim.code for one in plans.claims(landed)}
    assert "province-enterprises-2023" not in {one.claim.code for one in plans.claims(landed, on=day)}


def test_a_plan_of_a_past_day_shows_what_was_published_by_then(hefei: Pack, operator: Reader) -> None:
    def published(day: date) -> str | None:
        found = {aim.target.code: aim for _, row in plans.plans(as_of=day, reader=operator) for aim in row}
        one = found["organisations-2025"].published
        return one.claim.code if one else None

    assert published(date(2022, 6, 1)) is None
    assert published(date(2025, 10, 21)) != published(date(2025, 12, 31))
