"""The thread from an inventor's disclosure to a counted company, walked by programs through the API."""

import pytest

from grandunion.records.achievements import Achievement
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, User
from grandunion.terms.identifiers import credit_check
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.work.queries import parties
from tests.calling import Caller
from tests.cast import make_user

pytestmark = pytest.mark.django_db
LANDED = "technology_enterprises_landed"
CODE = "91340100MA8Q7XW1" + "5"
CREDIT_CODE = CODE + credit_check(CODE)


class Story:
    """Who takes part, and their programs: a token lasts thirty days, the story seven months."""

    def __init__(self, clock: object) -> None:
        self.clock = clock
        self.users: dict[str, User] = {}
        self.number: dict[str, str] = {}

    def calls(self, who: str) -> Caller:
        """A program of this person, at the moment the doors show."""
        return Caller(self.users[who], at=self.clock.now())

    def join(self, who: str, role: Role, organisation: str = "", person: str = "") -> None:
        """Give somebody an account."""
        by = house(self.clock.now())
        self.users[who] = make_user(
            f"{who}@story.example", role,
            parties.organisation(organisation, by) if organisation else None,
            person=parties.person(person, by) if person else None,
        )  # fmt: skip

    def walk(self, who: str, address: str, *moves: str | tuple[str, dict]) -> dict:
        """Make the moves one after another; each must be offered and succeed."""
        caller, told = self.calls(who), {}
        for move in moves:
            code, body = move if isinstance(move, tuple) else (move, {})
            told = caller.made(f"{address}/moves/{code}", body)
        return told


@pytest.fixture
def story(clock, loaded):
    made = Story(clock)
    made.join("ada", Role.OFFICER)
    made.join("planner", Role.PLANNER)
    made.join("dee", Role.INVESTOR)
    ada = made.calls("ada")
    university = ada.made("organisations", {
        "organisation_kind": "university", "name_zh": "巢湖光学大学", "name_en": "Chaohu University of Optics",
    })  # fmt: skip
    company = ada.made("organisations", {
        "organisation_kind": "enterprise", "name_zh": "博机器人有限公司", "name_en": "Bo Robotics", "area": "high_tech",
    })  # fmt: skip
    chen = ada.made("persons", {"name_zh": "陈佳", "name_en": "Chen Jia"})
    made.number |= {"university": university["number"], "company": company["number"], "chen": chen["number"]}
    made.join("chen", Role.INVENTOR, university["number"], chen["number"])
    made.join("office", Role.UNIVERSITY, university["number"])
    made.join("bo", Role.ENTERPRISE, company["number"])
    for reviewer in ("first", "second"):
        made.join(reviewer, Role.INVESTOR)
    return made


def disclosed(story):
    """The inventor discloses: what it is, whose it is, what was published; and hands it in."""
    chen = story.calls("chen")
    made = chen.made("achievements", {
        "title_zh": "微振动光纤传感器", "title_en": "Fibre sensor for micro-vibration", "achievement_kind": "invention",
        "abstract_public_zh": "用于机器人关节的光纤微振动传感，抗电磁干扰。",
        "abstract_public_en": "Senses micro-vibration in robot joints by optical fibre, immune to interference.",
        "keywords": "光纤; 传感器; 机器人; vibration; robot joint", "owner": story.number["university"],
        "is_service_achievement": True, "prior_publication": "none",
    }, Idempotency_Key="chen-1")  # fmt: skip
    story.number["achievement"] = made["number"]
    here = f"achievements/{made['number']}"
    share = {"person": story.number["chen"], "percent": "100", "is_representative": True}
    named = chen.put(f"{here}/inventors", {"inventors": [share], "is_own_confirmed": True},
                     If_Match=chen.get(here)["ETag"])  # fmt: skip
    assert named.status_code == 200, named.content.decode()
    assert story.walk("chen", here, "submit")["state"] == "submitted"
    return here


def evaluated(story, here):
    """The office screens, two reviewers evaluate, the achievement enters the library."""
    ada = story.calls("ada")
    story.walk("ada", here, "screen")
    ada.made(f"{here}/evidence", {"level": 5, "evidence": "Tested for 1,000 hours on a robot joint."})
    story.walk("ada", here, "begin_evaluation")
    for reviewer in ("first", "second"):
        ada.made(f"{here}/reviewers", {"email": f"{reviewer}@story.example"})
    early = ada.post(f"{here}/moves/conclude_evaluation", {})
    assert early.status_code == 409
    assert "reviewers" in early.json()["detail"]
    for reviewer in ("first", "second"):
        story.calls(reviewer).made(f"{here}/review", {
            "has_conflict": False, "market": 8, "novelty": 9, "team": 7, "fit": 8, "recommendation": "yes",
            "comment": "Sound and wanted.",
        })  # fmt: skip
    taken = story.walk("ada", here, "conclude_evaluation", ("take_in", {"reason": "Two sound reviews, TRL 5."}))
    assert taken["state"] == "in_library"


def released(story, here):
    """Rights are settled and stand in public notice, which has to run its days."""
    office = story.calls("office")
    office.made(f"{here}/rights-case", {
        "scheme": "transfer", "acceptor": story.number["company"], "opinion": "All inventors agree, paper of today.",
        "price": "2000000", "price_method": "negotiated", "inventor_share_percent": "80",
    })  # fmt: skip
    story.walk("office", f"{here}/rights-case", "submit", "pass_unit", ("give_notice", {
        "text_zh": "微振动光纤传感器，拟以 200 万元转让。",
        "text_en": "Fibre sensor, to be transferred for CNY 2 million.",
        "objections_to": "Room 12",
    }))  # fmt: skip
    assert office.get(here).json()["state"] == "public_notice"
    early = office.post(f"{here}/rights-case/moves/approve", {})
    assert early.status_code == 409
    assert "notice is still running" in early.json()["detail"]
    story.clock.pass_days(16)
    story.walk("office", f"{here}/rights-case", "approve", ("sign", {"agreement": "Agreement 7, safe 3"}))
    assert story.calls("office").get(here).json()["state"] == "disposable"


def introduced(story):
    """The enterprise states its need; the officer sees candidates with reasons and introduces; both accept."""
    need = story.calls("bo").made("needs", {
        "organisation": story.number["company"], "contact_name": "Bo", "contact_phone": "0551-1234567",
        "category": "technology", "title_zh": "机器人关节微振动检测", "title_en": "Micro-vibration of robot joints",
        "text_zh": "需要抗电磁干扰的机器人关节微振动传感器。",
        "text_en": "We need a vibration sensor for robot joints.",
        "trl_wanted": 5, "budget": "3000000",
    })["number"]  # fmt: skip
    story.number["need"] = need
    ada = story.calls("ada")
    found = ada.get(f"needs/{need}/candidates").json()
    best = found["items"][0]
    assert (best["kind"], best["number"]) == ("achievement", story.number["achievement"])
    assert len(best["parts"]) >= 3
    match = ada.made("matches", {"need": need, "achievement": best["number"]})["number"]
    here = f"matches/{match}"
    story.walk("ada", here, "send")
    assert "0551-1234567" not in story.calls("office").get(f"{here}/parts").content.decode()
    story.walk("bo", here, ("accept", {"side": "needing"}))
    story.walk("office", here, ("accept", {"side": "offering"}))
    story.walk("ada", here, "introduce")
    assert "0551-1234567" in story.calls("office").get(f"{here}/parts").content.decode()
    assert story.calls("dee").get(here).status_code == 404
    return match


def contracted(story, match):
    """The project goes through proof of concept, contract and registration."""
    ada = story.calls("ada")
    project = ada.made("projects", {"achievement": story.number["achievement"], "route": "start_up"})["number"]
    story.number["project"], here = project, f"projects/{project}"
    story.walk("ada", here, "contact", "verify", "begin_triage", "investigate",
               ("begin_poc", {"technical_question": "Does it last 5,000 hours?", "scene_question": "On a real robot?"}),
               ("end_poc", {"result": "go", "finding": "5,200 hours without a fault."}), "pass_evaluation")  # fmt: skip
    seen = ada.get(here)
    edited = ada.patch(here, {"market_note": "Robot makers, CNY 400 million.", "conflict_check": "None found."},
                       If_Match=seen["ETag"])  # fmt: skip
    assert edited.status_code == 200, edited.content.decode()
    story.walk("ada", here, "finish_profile", "begin_matching")
    ada.made(f"{here}/matches", {"match": match})
    assert ada.get(here).json()["state"] == "introduced"
    story.walk("ada", here, "negotiate")
    today = story.clock.now().date()
    contract = ada.made(f"{here}/contracts", {
        "contract_kind": "transfer", "title": "Transfer of the fibre sensor", "seller": story.number["university"],
        "buyer": story.number["company"], "value_total": "2000000",
        "deductions": [{"what": "test bench", "amount": "200000"}],
        "effective_from": f"{today}", "effective_to": f"{today.replace(year=today.year + 2, day=1)}",
    })  # fmt: skip
    assert contract["value_technical"] == "1800000.00"
    paper = f"{here}/contracts/{contract['number']}"
    assert story.walk("ada", paper, ("sign", {"signed_on": f"{today}"}))["state"] == "signed"
    story.walk("ada", paper, "submit", ("register", {"registration_no": "2026340100001"}))
    assert ada.get(here).json()["state"] == "contract_registered"
    return here


def landed(story, here):
    """The team becomes a company and lands in an area; nothing it was before is lost."""
    ada = story.calls("ada")
    team = ada.get(here).json()["owner"]
    story.walk("ada", here,
               ("register_company", {"credit_code": CREDIT_CODE, "name_zh": "合肥微振传感科技有限公司",
                                     "name_en": "Weizhen Sensing", "registered_capital": "5000000"}),
               ("assign_space", {"area_code": "high_tech", "space_agreement": "Lease 12", "building": "A3"}),
               ("record_funding", {"first_funding": "3000000"}), "land")  # fmt: skip
    project = ada.get(here).json()
    assert (project["state"], project["company"], project["area"]) == ("landed", team, "high_tech")
    company = ada.get(f"organisations/{team}").json()
    assert (company["organisation_kind"], company["credit_code"]) == ("enterprise", CREDIT_CODE)
    verbs = [line["verb"] for line in ada.get(f"organisations/{team}/timeline").json()["items"]]
    assert {"organisation.created", "organisation.incorporated", "organisation.landed"} <= set(verbs)
    return team


def followed(story, here):
    """The visits fall due by themselves; the six-month visit follows the three-month one."""
    visits = {one["label"]: one for one in story.calls("ada").get(f"{here}/parts").json()["visits"]}
    assert list(visits) == ["month_3", "month_6", "month_12"]
    figures = {"staff_count": 12, "revenue": "800000", "rd_spending": "500000"}
    for label, state, days in (("month_3", "month_3", 93), ("month_6", "month_6", 92)):
        story.clock.pass_days(days)
        today = story.clock.now().date()
        assert visits[label]["due_on"] <= f"{today}"
        story.calls("ada").made(f"{here}/visits/{visits[label]['id']}/log", {"visited_on": f"{today}", **figures})
        assert story.calls("ada").get(here).json()["state"] == state


def value(story):
    return int(story.calls("planner").get(f"indicators/{LANDED}").json()["value"])


def check_ground(story, loaded):
    """The pack speaks both languages, and every row of the outside world's files is there."""
    areas = {one["code"]: one for one in story.calls("dee").get("lists/areas").json()["items"]}
    assert (areas["iflytek_town"]["zh"], areas["iflytek_town"]["en"]) == ("讯飞小镇", "iFlytek Town")
    kinds = {"organisations": Organisation, "achievements": Achievement, "needs": Need}
    for column, wanted in loaded.items():
        rows = kinds[column].objects.unscoped("the story counts what was imported").exclude(source_ref="")
        assert rows.count() >= wanted
        assert story.calls("ada").get(f"{column}?limit=1").json()["items"]


def test_a_disclosure_becomes_a_company_that_the_plan_counts(story, loaded):
    check_ground(story, loaded)
    here = disclosed(story)
    evaluated(story, here)
    released(story, here)
    match = introduced(story)
    project = contracted(story, match)
    before = value(story)
    company = landed(story, project)
    assert value(story) == before + 1
    rows = story.calls("planner").get(f"indicators/{LANDED}/records").json()
    assert company in [row["number"] for row in rows["items"]]
    assert story.calls("office").get(here).json()["state"] == "transformed"
    followed(story, project)
    verbs = {line["verb"] for line in story.calls("ada").get(f"{project}/timeline").json()["items"]}
    assert {"project.opened", "project.match_linked", "project.land", "project.visited"} <= verbs
