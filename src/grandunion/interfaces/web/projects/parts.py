"""What stands around a project's facts: cards beside it, proofs of concept, and what its phase still asks."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from grandunion.interfaces.kit.records import word
from grandunion.interfaces.kit.tags import day, money
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web.projects.showing import when
from grandunion.interfaces.web.projects.words import KINDS
from grandunion.terms.projects import PocResult
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a side card."""

    text: Text | str
    url: str = ""
    detail: Text | str = ""
    state: Text | None = None
    tone: str = "neutral"
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A card beside the record."""

    title: Text
    icon: str
    items: list[Line] = field(default_factory=list)
    empty: Text | None = None
    is_next: bool = False
    count: int = 0
    more_url: str = ""
    more_text: Text | None = None


def next_card(page: object, base: str, *, may_record: bool) -> Card:
    """What comes next, and by when, in words."""
    project = page.project
    words, is_overdue = when(project.next_step_on, page.on)
    step = Line(project.next_step, detail=words or "", is_overdue=is_overdue) if _is_told(page) else None
    return Card(
        Text("Next step", "下一步"), "flag", [step] if step else [], is_next=True,
        empty=Text("No next step is planned.", "尚未安排下一步。"),
        more_url=f"{base}next/" if may_record else "", more_text=Text("Plan the next step", "安排下一步"),
    )  # fmt: skip


def _is_told(page: object) -> bool:
    return bool(page.project.next_step) and page.reads("next_step")


def related(page: object, base: str, *, may_record: bool) -> list[Card]:
    """The achievements, matches and contracts of the project, each with its state."""
    return [
        Card(
            Text("Achievements", "关联成果"), "flask-conical",
            [Line(a.title, f"/w/achievements/{a.number}/", a.number, word_state("achievement", a.state), tone(a.state))
             for a in page.achievements],
            Text("No achievement is linked.", "尚未关联成果。"), more_url=f"{base}achievements/" if may_record else "",
            more_text=Text("Link an achievement", "关联成果"),
        ),
        Card(
            Text("Matches", "关联撮合"), "handshake",
            [Line(m.asking.title, f"/w/matches/{m.number}/", m.number, word_state("match", m.state), tone(m.state))
             for m in page.matches],
            Text("No match is linked.", "尚未关联撮合。"), more_url=f"{base}matches/" if may_record else "",
            more_text=Text("Link a match", "关联撮合"),
        ),
    ]  # fmt: skip


def word_state(kind: str, state: str) -> Text | str:
    """The name of the state of a carried record."""
    return word(KINDS[kind][2], state)


def proofs(page: object) -> list[list]:
    """The proofs of concept as facts."""
    return [[(Text(f"From {one.starts_on}", f"{one.starts_on} 起"), [
        (Text("Technical question", "技术问题"), one.technical_question),
        (Text("Question about the use", "场景问题"), one.scene_question),
        (Text("Centre", "概念验证中心"), one.centre.name if one.centre else None),
        (Text("Budget", "预算"), money(one.budget)),
        (Text("Result", "验证结论"), word(PocResult, one.result)),
        (Text("What was found", "验证发现"), one.finding),
        (Text("Ended on", "结束日期"), day(one.ended_on)),
    ])] for one in page.proofs]  # fmt: skip


# What a condition is called once it is there; while it is missing, the table's own sentence stands instead.
CONDITIONS = {
    "achievements": Text("Achievement linked", "已关联成果"),
    "is_owner_known": Text("Owner known", "权利单位明确"),
    "trl_evidence": Text("Evidence of readiness", "成熟度证明材料"),
    "has_market_note": Text("Market note", "市场分析"),
    "is_conflict_checked": Text("Conflict check", "利益冲突核查"),
    "accepted_matches": Text("Accepted match or own company", "双方认可的撮合或自行创办企业"),
    "credit_code": Text("Company and credit code", "企业及统一社会信用代码"),
    "area": Text("Area", "片区"),
    "has_lease_or_agreement": Text("Lease or agreement", "租约或入驻协议"),
    "has_visit": Text("Visit of this period", "本期走访"),
    "has_metrics": Text("Figures of this period", "本期经营数据"),
}
# Where a missing condition is filled in, below the project's own address.
PLACES = {
    "achievements": "achievements/",
    "has_market_note": "edit/",
    "is_conflict_checked": "edit/",
    "accepted_matches": "matches/",
    "credit_code": "moves/register_company/",
    "area": "edit/",
    "has_lease_or_agreement": "edit/",
    "has_visit": "#visits",
    "has_metrics": "#visits",
}


def conditions(found: Iterable, page: object, base: str) -> list[dict]:
    """What the phase still asks, each with the place where it is filled in."""
    first = f"/w/achievements/{page.achievements[0].number}/" if page.achievements else ""
    return [
        {
            "name": CONDITIONS[one.fact], "text": one.text, "is_there": one.is_there,
            "url": f"{base}{PLACES[one.fact]}" if one.fact in PLACES else first,
        }
        for one in found
    ]  # fmt: skip
