"""The parts of pages that are written in Python or kept: they say what a template would, and nothing of yesterday."""

import html
import re

import pytest
from django.template import engines
from django.utils import translation

from grandunion.engines.flows import NEED_FLOW
from grandunion.interfaces.kit import drawn as parts
from grandunion.interfaces.kit import narrowing, navigation, records, tables
from grandunion.interfaces.kit.forms import Form, text
from grandunion.interfaces.kit.pages import Deed, Head
from grandunion.records.lists import Term
from grandunion.records.parties import Membership, Organisation
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import YES
from grandunion.work.queries import lists
from grandunion.work.queries.base import Column, listing
from tests.cast import LONG_AGO, NOON, make_organisation
from tests.watching import queries

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\"'&amp;%s %(x)s"


@pytest.mark.parametrize(
    "values", [[], [""], ["", ""], ["a", HOSTILE, "量子"], ["a\x1fb", HOSTILE], ["\x1f"], ["&lt;", "<", ">", "'", '"']]
)
def test_texts_escaped_together_are_those_escaped_one_by_one(values):
    assert tables.escaped(values) == [html.escape(value) for value in values]


@pytest.mark.parametrize(("count", "said"), [(0, "records"), (1, "record"), (2, "records")])
def test_one_record_is_one_record(count, said):
    with translation.override("en"):
        drawn = narrowing.total(listing.Page((), (), count, is_capped=False, page=1, has_next=False), NOON)
    assert f"<b>{count}</b> {said} " in drawn


def test_a_part_of_one_is_shown_of_a_hundred():
    score = Column("score", Text("Score", "匹配度"), ("score",), "share")
    assert tables.texts(score, [0.7371, None, 1], "en") == ["74", "", "100"]


def test_hostile_words_in_a_list_stay_words(sign_in, ada_user):
    term = Term.objects.create(list="areas", code="core", name_zh=HOSTILE, name_en=HOSTILE)
    make_organisation(HOSTILE, city=HOSTILE, area=term, name_zh=HOSTILE)
    for address in ("", f"?q={HOSTILE}", f"?country={HOSTILE}&order=name", "?area=core"):
        text = sign_in(ada_user).get(f"/w/organisations/{address}").content.decode()
        assert "<script>alert" not in text
    row = re.search(r"<tbody>(.*)</tbody>", text, re.S)[1]
    assert row.count(html.escape(HOSTILE)) == 3


def test_a_filter_offers_what_its_list_holds_now(sign_in, ada_user):
    client, address = sign_in(ada_user), "/w/organisations/?area=core"
    term = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core")
    assert '<option value="core" selected>核心区</option>' in client.get(address).content.decode()
    Term.objects.filter(pk=term.pk).update(name_zh="新核心区")
    assert '<option value="core" selected>新核心区</option>' in client.get(address).content.decode()
    assert ">New<" not in client.get(address, headers={"Accept-Language": "en"}).content.decode()


def test_the_choices_of_a_list_are_the_very_same_until_somebody_changes_it():
    Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core")
    first, again = (lists.choices("areas", "labels") for _ in range(2))
    assert first["areas"] is again["areas"]
    Term.objects.create(list="areas", code="other", name_zh="其他", name_en="Other")
    assert [code for code, _ in lists.choices("areas")["areas"]] == ["core", "other"]
    assert lists.choices("labels")["labels"] == lists.choices("labels")["labels"]


def test_a_right_taken_away_is_gone_from_a_list_on_the_next_click(sign_in, ada_user):
    area, other = (Term.objects.create(list="areas", code=code, name_zh=code, name_en=code) for code in "ab")
    for name, where in (("Here Ltd", area), ("There Ltd", other)):
        make_organisation(name, area=where, level=Level.ORGANISATION)
    client, address = sign_in(ada_user), "/w/organisations/?status=active"

    def shown() -> set[str]:
        return {name for name in ("Here Ltd", "There Ltd") if name in client.get(address).content.decode()}

    assert shown() == {"Here Ltd", "There Ltd"}
    Membership.objects.unscoped("a right is taken away in a test").filter(user=ada_user).update(area=area)
    assert shown() == {"Here Ltd"}
    Membership.objects.unscoped("a right is taken away in a test").filter(user=ada_user).delete()
    assert shown() == set()
    Membership.objects.create(user=ada_user, role=Role.OFFICER, area=other, starts_on=LONG_AGO)
    assert shown() == {"There Ltd"}


def test_a_list_asks_seven_questions_however_many_rows_it_has(sign_in, ada_user):
    client = sign_in(ada_user)
    for n in range(60):
        make_organisation(f"Company {n}")
    client.get("/w/organisations/")
    with queries(at_most=7):
        client.get("/w/organisations/")
    assert Organisation.objects.unscoped("a test counts what it made").count() >= 60


def test_hostile_words_in_the_head_of_a_page_stay_words():
    hostile = Text(HOSTILE, HOSTILE)
    deeds = [Deed("/a?b&c", hostile, "plus", is_primary=True), Deed("/b", hostile, method="post", confirm=hostile)]
    head = Head(hostile, crumbs=((hostile, "/w/?a&b"), (hostile, "")), subtitle=hostile, number=HOSTILE, state=hostile,
                tone="good", actions=deeds)  # fmt: skip
    source = "{% crumbs page %}{% page_head page %}"
    drawn = engines["django"].from_string(source).render({"page": head, "csrf_token": "t"})
    assert "<script" not in drawn
    assert drawn.count(html.escape(HOSTILE)) == 10
    assert '<a href="/w/?a&amp;b">' in drawn
    assert drawn.count('aria-current="page"') == drawn.count("<h1>") == drawn.count('value="t"') == 1
    assert engines["django"].from_string(source).render({}) == ""


def test_the_navigation_is_the_same_for_the_same_roles_and_another_for_others(ada, bo):
    assert navigation.items(ada, "/w/projects/PRJ-1/") is navigation.items(ada, "/w/projects/")
    (here,) = [item.url for item in navigation.items(ada, "/w/projects/x/") if item.is_current]
    assert here == "/w/projects/"
    assert [item.url for item in navigation.items(ada, "/w/") if item.is_current] == ["/w/"]
    assert "/w/upkeep/" not in {item.url for item in navigation.items(bo, "/w/")}


@pytest.mark.parametrize(("section", "item"), list(navigation.WITHIN.items()))
def test_a_section_without_an_item_of_its_own_marks_the_item_it_is_reached_through(ada, section, item):
    assert [each.url for each in navigation.items(ada, f"{section}X-1/") if each.is_current] == [item]


@pytest.mark.parametrize("source", ['{% say "One" "一" %}', '{% say one "一" %}', '{% say "O{n}" "{n}一" n=n %}'])
def test_a_sentence_is_said_in_the_readers_language_however_it_is_written(source):
    said = engines["django"].from_string(source)
    for language, expected in (("en", ("One", "One", "One")), ("zh-hans", ("一", "一", "ne一"))):
        with translation.override(language):
            assert said.render({"one": "One", "n": "ne"}) in expected


class AskingForm(Form):
    reason = text("Why", "原因")


@pytest.mark.parametrize(("code", "is_open"), [("cancel", False), ("begin_triage", True)])
def test_a_move_that_must_be_explained_is_not_laid_open_even_where_it_is_the_only_one(code, is_open):
    move = next(one for one in NEED_FLOW.moves if one.code == code)
    offered = records.offers([(move, YES)], {"cancel": AskingForm}, "/w/needs/NED-2026-0001/")
    markup = parts.moves({}, offered, 1)
    assert (" open>" in markup) == is_open
    assert ("<form" in markup) == is_open
