"""The officer on the telephone: who asked before is found as typed, and one click takes the details over."""

from urllib.parse import urlencode

import pytest

from grandunion.terms.needs import Category
from grandunion.work.actions import needs as actions
from tests.cast import NOON

pytestmark = pytest.mark.django_db
CALLER = {"contact_name": "张晓", "contact_phone": "0551-65300000", "contact_email": "zhang@example.cn"}


@pytest.fixture
def need(bo):
    return actions.register({**CALLER, "title_en": "A coil", "text_en": "Coils.",
                             "category": Category.TECHNOLOGY.value}, by=bo, at=NOON)  # fmt: skip


@pytest.mark.parametrize("typed", ["0551-653", "65300000", "张晓", "zhang@ex"])
def test_who_asked_before_is_found_by_number_address_or_name(ada_user, sign_in, need, typed):
    page = sign_in(ada_user).get(f"/w/needs/callers/?{urlencode({'q': typed})}").content.decode()
    assert f"?from={need.number}" in page
    assert "张晓" in page


@pytest.mark.parametrize("typed", ["", "05", "李", "nobody@", "%", "\x00\x00\x00"])
def test_nobody_is_found_by_what_fits_nobody(ada_user, sign_in, need, typed):
    answer = sign_in(ada_user).get("/w/needs/callers/", {"q": typed})
    assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_the_details_are_taken_over_by_one_click(ada_user, sign_in, need, bo):
    page = sign_in(ada_user).get(f"/w/needs/new/?from={need.number}").content.decode()
    for known in CALLER.values():
        assert f'value="{known}"' in page
    assert page.count('id="callers"') == 1


def test_only_officers_look_callers_up(bo_user, dee_user, sign_in, need):
    for user in (bo_user, dee_user):
        browser = sign_in(user)
        assert browser.get("/w/needs/callers/", {"q": "张晓"}).content.strip() == b""
        page = browser.get(f"/w/needs/new/?from={need.number}").content.decode()
        assert "zhang@example.cn" not in page
        assert 'id="callers"' not in page
