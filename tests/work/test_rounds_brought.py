"""What stands on the needing side of a round beside needs: companies at a roadshow, applications to be reviewed."""

import pytest

from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.parties import Position
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import Side
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.secrecy import Level
from grandunion.work.actions import base
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_page import round_page
from grandunion.work.queries.matches.round_seats import eligible
from tests.cast import NOON, make_organisation, make_person

pytestmark = pytest.mark.django_db


def application(number, owner, text, state=AchievementState.EVALUATING):
    made = Achievement.objects.create(
        number=f"ACH-2026-{number:04d}", title_zh=text, abstract_public_zh=text, owner=owner, level=Level.MEMBERS,
        created_at=NOON, state=state, state_at=NOON, updated_at=NOON,
    )  # fmt: skip
    base.index_words(made)
    return made


def expert(name, expertise):
    made = make_person(name)
    made.expertise = expertise
    made.save(update_fields=["expertise"])
    base.index_words(made)
    return made


def paired(round_):
    """Value and ruling of each pair, by what stands on the two sides."""
    known = {one.pk: one for one in matches.participants(round_)}
    return {(_who(known[row.needing_id]), _who(known[row.offering_id])): row for row in matches.pairings(round_)}


def _who(one):
    return next(brought.pk for brought in (one.achievement, one.organisation, one.offer, one.person) if brought)


@pytest.fixture
def review(ada, university):
    made = actions.create_round({"title_en": "Review day", "market": "review", "offering_max": 2}, by=ada, at=NOON)
    some = [application(1, university, "高温超导磁体线圈绕制"), application(2, university, "激光雷达接收芯片")]
    experts = [expert("Mao", "高温超导磁体"), expert("Lei", "激光雷达芯片设计")]
    actions.add_all(made, Side.NEEDING, some, by=ada, at=NOON)
    actions.add_all(made, Side.OFFERING, experts, by=ada, at=NOON)
    return made, some, experts


def test_an_application_meets_the_reviewer_who_knows_its_field(review, ada):
    made, (coil, lidar), (mao, lei) = review
    actions.compute_pairs(made, by=ada, at=NOON)
    found = paired(made)
    assert found[coil.pk, mao.pk].value > found[coil.pk, lei.pk].value
    assert found[lidar.pk, lei.pk].value > found[lidar.pk, mao.pk].value
    assert {row.ruling for row in found.values()} == {0}
    assert all(row.parts for row in found.values()), "each figure keeps what it is made of"
    actions.assign_round(made, by=ada, at=NOON)
    met = {(_who(one.needing), _who(one.offering)) for one in matches.appointments(made, ada, is_desk=True)}
    assert met == {(coil.pk, mao.pk), (lidar.pk, lei.pk)}


def test_nobody_reviews_their_own_invention_nor_that_of_their_house_or_a_co_inventor(review, ada, university):
    made, (coil, lidar), (mao, lei) = review
    other = make_person("Wei")
    Inventor.objects.create(achievement=coil, person=mao, share_percent=100)
    Position.objects.create(person=lei, organisation=university, role="researcher", starts_on=NOON.date())
    joint = application(3, make_organisation("Elsewhere"), "低温系统", AchievementState.IN_LIBRARY)
    for person in (mao, other):
        Inventor.objects.create(achievement=joint, person=person, share_percent=50)
    Inventor.objects.create(achievement=lidar, person=other, share_percent=100)
    actions.compute_pairs(made, by=ada, at=NOON)
    found = paired(made)
    assert [found[coil.pk, mao.pk].ruling, found[coil.pk, lei.pk].ruling, found[lidar.pk, mao.pk].ruling] == [-1] * 3
    assert found[coil.pk, mao.pk].reason_en == "The same person stands on both sides."
    assert "尚未核实" in found[lidar.pk, mao.pk].reason_zh, "a joint invention nobody confirmed keeps apart and asks"


def test_companies_without_a_need_are_compared_with_investors_by_what_they_say_of_themselves(ada):
    made = actions.create_round({"title_en": "Roadshow", "market": "capital"}, by=ada, at=NOON)
    companies = [make_organisation(name, OrganisationKind.ENTERPRISE) for name in ("Coil", "Lidar", "Silent")]
    for company, said in zip(companies, ("高温超导磁体线圈", "激光雷达接收芯片", ""), strict=True):
        company.summary_zh = said
        company.save(update_fields=["summary_zh"])
    fund = make_organisation("Fund", OrganisationKind.INVESTOR)
    given = {"offer_kind": "mandate", "owner": fund.number, "title_zh": "投资超导磁体", "text_zh": "超导磁体线圈企业。"}
    mandate = actions.publish_offer(actions.create_offer(given, by=ada, at=NOON), by=ada, at=NOON)
    actions.add_all(made, Side.NEEDING, companies, by=ada, at=NOON)
    actions.add_participant(made, Side.OFFERING, mandate, by=ada, at=NOON)
    actions.compute_pairs(made, by=ada, at=NOON)
    coil, lidar, silent = (paired(made)[company.pk, mandate.pk] for company in companies)
    assert coil.value > lidar.value
    assert coil.confidence < 1, "round, price and form of finance are not known"
    assert (float(silent.value), silent.confidence, silent.parts) == (0.5, None, [])


def test_a_review_is_offered_what_is_evaluated_and_organisations_are_found_by_their_name(review, ada, bo_company):
    made, (coil, _), _ = review
    waiting = application(4, coil.owner, "等待评价", AchievementState.SUBMITTED)
    application(5, coil.owner, "已入库", AchievementState.IN_LIBRARY)
    assert [one.pk for one in eligible(made, Side.NEEDING, ada)] == [waiting.pk]
    assert bo_company in eligible(made, Side.NEEDING, ada, bo_company.name_en)


def test_who_takes_part_twice_is_told_apart_by_what_they_bring_but_not_to_strangers(ada, bo, bo_company, dee):
    def need(title):
        given = {"organisation": bo_company.number, "contact_name": "Bo", "category": "technology", "title_en": title,
                 "text_en": f"{title} that nobody hears."}  # fmt: skip
        return need_actions.register(given, by=ada, at=NOON)

    slots = [{"code": "t1"}, {"code": "t2"}]
    made = actions.create_round({"title_en": "Day", "market": "technology", "slots": slots, "offering_max": 2},
                                by=ada, at=NOON)  # fmt: skip
    given = {"offer_kind": "product", "title_en": "Quiet pumps", "text_en": "Pumps."}
    offer = actions.publish_offer(actions.create_offer(given, by=dee, at=NOON), by=dee, at=NOON)
    actions.add_all(made, Side.NEEDING, [need("A pump"), need("A valve")], by=ada, at=NOON)
    actions.add_participant(made, Side.OFFERING, offer, by=ada, at=NOON)
    actions.compute_pairs(made, by=ada, at=NOON)
    actions.assign_round(made, by=ada, at=NOON)
    actions.publish_round(made, by=ada, at=NOON)
    name = bo_company.name.en
    desk = {seat.name.en for seat in round_page(made, ada, is_desk=True).needing}
    assert desk == {f"{name} (A pump)", f"{name} (A valve)"}
    assert {seat.name.en for seat in round_page(made, bo, is_desk=False).needing} == desk
    assert {seat.name.en for seat in round_page(made, dee, is_desk=False).needing} == {name}
