"""The console says who may meet a record, and looks after the index: done is 0, refused is 2."""

import json
from decimal import Decimal

import pytest
from django.db import connection

from grandunion.engines.matching import value_of
from grandunion.engines.matching.pieces import Part
from grandunion.records.achievements import Achievement
from grandunion.terms.achievements import AchievementState
from grandunion.terms.offers import OfferKind
from grandunion.terms.secrecy import Level
from grandunion.terms.text import NOTHING
from grandunion.work.actions import base
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from tests.cast import NOON
from tests.interfaces.test_cli import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(bo):
    given = {
        "contact_name": "Bo",
        "category": "technology",
        "title_en": "Quiet bearings",
        "title_zh": "静音轴承",
        "text_en": "Bearings that nobody hears.",
    }
    return need_actions.register(given, by=bo, at=NOON)


@pytest.fixture
def offer(dee):
    given = {
        "offer_kind": OfferKind.PRODUCT.value, "title_en": "Quiet magnetic bearings", "title_zh": "磁悬浮轴承",
        "text_en": "For pumps and fans.",
    }  # fmt: skip
    return actions.publish_offer(actions.create_offer(given, by=dee, at=NOON), by=dee, at=NOON)


def test_a_number_is_answered_with_explained_candidates(need, offer):
    found = run("match", need.number)
    assert found.exit_code == 0, found.stderr
    assert offer.number in found.stdout
    assert "Quiet magnetic bearings" in found.stdout
    assert "Technology – company; weights: description 40, field 18" in found.stdout
    zh = run("match", need.number, "--language", "zh")
    assert "磁悬浮轴承" in zh.stdout
    assert "weights" not in zh.stdout
    assert need.number in run("match", offer.number).stdout


def test_an_expert_and_a_result_are_answered_with_needs_and_a_market_may_be_chosen(need, ada, university, chen_person):
    chen_person.expertise = "静音轴承"
    chen_person.save(update_fields=["expertise"])
    coil = Achievement.objects.create(
        number="ACH-2026-0001", title_en="Quiet bearings of ceramics", owner=university, level=Level.MEMBERS,
        state=AchievementState.IN_LIBRARY, state_at=NOON, created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    for record in (chen_person, coil):
        base.index_words(record)
    for number in (chen_person.number, coil.number):
        assert need.number in run("match", number).stdout, number
    experts = json.loads(run("match", "--json", need.number, "--market", "expert").stdout)
    assert (experts["market"], [one["number"] for one in experts["items"]]) == ("expert", [chen_person.number])
    assert coil.number in run("match", need.number, "--limit", "1").stdout


def test_the_same_as_json_recomputes(need, offer):
    told = json.loads(run("match", "--json", need.number, "--weights", "text:3,maturity:1").stdout)
    assert (told["weights"]["text"], told["is_reweighed"]) == ("0.7500", True)
    (best,) = told["items"]
    parts = [Part(one["code"], Decimal(one["weight"]), None if one["value"] is None else Decimal(one["value"]), NOTHING)
             for one in best["parts"]]  # fmt: skip
    assert Decimal(best["value"]) == value_of(parts)
    assert best["title"]["zh"] == "磁悬浮轴承"


def test_an_account_looks_with_its_own_eyes(need, offer, bo_user, dee_user):
    assert run("match", need.number, "--as", bo_user.email).exit_code == 0
    refused = run("match", need.number, "--as", dee_user.email)
    assert (refused.exit_code, refused.stdout) == (2, "")


@pytest.mark.parametrize(
    "words",
    [("NED-2026-9999",), ("MAT-2026-0001",), ("nothing",), ("NED-2026-0001", "--market", "talent"),
     ("NED-2026-0001", "--weights", "beauty:1"), ("NED-2026-0001", "--weights", "text"),
     ("NED-2026-0001", "--as", "nobody@hub.example"), ("NED-2026-0001", "--limit", "0")],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_a_sentence(need, words):
    found = run("match", *words)
    assert found.exit_code == 2, found.exception
    assert found.stderr.strip()


def test_the_index_is_looked_after_under_match():
    shown = run("match", "index", "--help").output
    assert all(f"  {word} " in shown for word in ("show", "read", "fit", "prove"))
    assert run("match", "index", "show").exit_code == 0
    refused = run("match", "index", "prove")
    assert refused.exit_code == 2
    assert "switched off" in refused.stderr


def test_an_index_that_lacks_a_text_is_not_proved(settings, tmp_path, bo):
    settings.MEANING, settings.MEANING_FOLDER = "http://127.0.0.1:9/nothing-here", tmp_path / "meaning"
    given = {
        "contact_name": "Bo",
        "category": "technology",
        "title_en": "Quiet bearings",
        "title_zh": "静音轴承",
        "text_en": "Bearings that nobody hears.",
    }
    need_actions.register(given, by=bo, at=NOON)
    assert run("match", "index", "prove").exit_code == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM meaning_pending")
    wrong = run("match", "index", "prove")
    assert wrong.exit_code == 2
    assert "grandunion meaning refill" in wrong.stderr
