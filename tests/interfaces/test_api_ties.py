"""Ties between parties and the markets they want, through the API: each as the pages have it."""

import pytest

from grandunion.records.journal import Entry
from grandunion.records.matches import OptOut, Tie
from grandunion.terms.matches import Market, TieKind
from grandunion.terms.secrecy import Level
from grandunion.work.actions import matches as actions
from tests.calling import Caller
from tests.cast import NOON, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def rival(db):
    return make_organisation("Rival Robotics")


@pytest.fixture
def ada_calls(ada_user):
    return Caller(ada_user)


@pytest.fixture
def bo_calls(bo_user):
    return Caller(bo_user)


def said(one, other, **more):
    return {"one": one.number, "other": other.number, "tie_kind": "competitor", "source": "a call", **more}


def told(answer, status):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


def test_the_desk_declares_a_tie_looks_into_it_and_ends_it(ada_calls, bo_company, rival):
    made = ada_calls.post("ties", said(bo_company, rival))
    assert (made.status_code, made.json()["state"]) == (201, "waiting")
    assert made.json()["number"] in told(ada_calls.post("ties", said(rival, bo_company)), 409)["detail"]
    here = made["Location"].removeprefix("/api/v1/")
    assert ada_calls.get(here, If_None_Match=made["ETag"]).status_code == 304
    told(ada_calls.post(f"{here}/settle", {"stands": True, "reason": " "}), 422)
    told(ada_calls.post(f"{here}/settle", {"stands": "yes", "reason": "x"}), 422)
    settled = ada_calls.made(
        f"{here}/settle", {"stands": True, "reason": "The register says so."}, If_Match=made["ETag"]
    )
    assert (settled["state"], settled["settled_why"]) == ("stands", "The register says so.")
    told(ada_calls.post(f"{here}/settle", {"stands": False, "reason": "x"}, If_Match=made["ETag"]), 412)
    assert ada_calls.made(f"{here}/settle", {"stands": False, "reason": "Sold."})["state"] == "denied"
    assert ada_calls.made(f"{here}/end")["state"] == "ended"
    told(ada_calls.post(f"{here}/end"), 409)
    verbs = Entry.objects.filter(subject_kind="tie").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["tie.declared", "tie.settled", "tie.settled", "tie.ended"]


def test_ties_are_listed_by_party_and_state_page_by_page(
    ada_calls, ada, bo_company, rival, chen_person, queries, reading
):
    kinds = (TieKind.COMPETITOR, TieKind.CONTROL, TieKind.FAMILY)
    rows = [actions.declare_tie(bo_company, rival, kind, source="x", by=ada, at=NOON) for kind in kinds]
    rows.append(
        actions.declare_tie(chen_person, rival, TieKind.DECLARED, source="x", is_confirmed=True, by=ada, at=NOON)
    )
    seen, cursor = [], ""
    while cursor is not None:
        with queries(at_most=8), reading():
            page = ada_calls.get(f"ties?limit=2{cursor and f'&cursor={cursor}'}").json()
        seen, cursor = [*seen, *(one["number"] for one in page["items"])], page["next"]
    assert seen == [row.number for row in reversed(rows)]
    assert len(ada_calls.get(f"ties?party={bo_company.number}&state=waiting").json()["items"]) == 3
    (one,) = ada_calls.get("ties?state=stands").json()["items"]
    assert (one["one"]["number"], one["other"]["number"]) == (chen_person.number, rival.number)
    for wrong in ("state=moon", "party=ORG-1999-0001", "cursor=TIE-1999-0001", "cursor=%00", "colour=red", "limit=0"):
        assert told(ada_calls.get(f"ties?{wrong}"), 422)["detail"]


def test_a_company_declares_its_own_reads_only_these_and_settles_none(ada_calls, bo_calls, ada, bo_company, rival):
    theirs = actions.declare_tie(rival, bo_company, TieKind.CONTROL, source="Secret register", by=ada, at=NOON)
    mine = bo_calls.made("ties", said(bo_company, rival))
    assert mine["state"] == "stands"
    rival.level = Level.NAMED
    rival.save(update_fields=["level"])
    (read,) = bo_calls.get("ties").json()["items"]
    assert (read["number"], read["other"]["number"]) == (mine["number"], None)
    assert "Rival Robotics" not in bo_calls.get(f"ties/{mine['number']}").content.decode()
    told(bo_calls.get(f"ties/{theirs.number}"), 404)
    told(bo_calls.post(f"ties/{theirs.number}/end"), 404)
    told(bo_calls.post(f"ties/{mine['number']}/end"), 403)
    told(bo_calls.post(f"ties/{mine['number']}/settle", {"stands": False, "reason": "x"}), 403)


@pytest.mark.parametrize(
    "wrong",
    [{"other": "ORG-1999-0001"}, {"tie_kind": "friends"}, {"source": "  "}, {"source": "\x00"}, {"colour": "red"},
     {"is_confirmed": "yes"}, {"source": None}],
)  # fmt: skip
def test_a_tie_that_cannot_stand_is_refused_at_its_field(ada_calls, bo_company, rival, wrong):
    assert told(ada_calls.post("ties", {**said(bo_company, rival), **wrong}), 422)["detail"]
    told(ada_calls.post("ties", said(bo_company, bo_company)), 422)
    assert not Tie.objects.unscoped("tests look at what was made").exists()


def test_a_company_chooses_its_markets_and_the_desk_does_so_on_its_word(ada_calls, bo_calls, dee_user, bo_company):
    here = f"suggestions/{bo_company.number}"
    assert bo_calls.get(here).json() == {"number": bo_company.number, "wanted": list(Market.codes()), "out": []}
    kept = bo_calls.put(here, {"wanted": [one for one in Market.codes() if one != "capital"]}).json()
    assert [one["market"] for one in kept["out"]] == ["capital"]
    told(bo_calls.put(here, {"wanted": kept["wanted"]}), 409)
    told(ada_calls.put(here, {"wanted": []}), 422)
    none = ada_calls.put(here, {"wanted": [], "reason": "A call of 3 May."}).json()
    assert (none["wanted"], none["out"][0]["market"], none["out"][0]["reason"]) == ([], None, "A call of 3 May.")
    told(bo_calls.put(here, {"wanted": ["moon"]}), 422)
    told(Caller(dee_user).get(here), 403)
    told(Caller(dee_user).put(here, {"wanted": []}), 403)
    lines = Entry.objects.filter(verb="suggestions.chosen").order_by("seq").values_list("values", flat=True)
    assert [line["opted_out"] for line in lines] == [["", "capital"], ["capital", "all"]]
    assert OptOut.objects.unscoped("tests look at what was kept").filter(ended_at=None).count() == 1
