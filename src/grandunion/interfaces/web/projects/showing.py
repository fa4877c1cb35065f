"""How a project is shown: phases, facts, the thread, side cards, and days in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from grandunion.interfaces.kit.records import Happening, word
from grandunion.interfaces.kit.tags import day, money, said
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web.projects.words import CODES, FIELDS, KINDS, VERBS
from grandunion.terms.projects import (
    FounderType,
    LossReason,
    ManagerType,
    Phase,
    ProjectState,
    RiskLevel,
    Route,
    SourceRegion,
)
from grandunion.terms.text import Text, listed

Row = tuple[Text, object] | tuple[Text, object, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One phase of the stepper."""

    text: Text
    status: str
    detail: Text | None


def phases(project: object) -> list[Step]:
    """The five phases with the present one marked; a side state stands in the phase it came from."""
    order = list(Phase)
    here = order.index(Phase(project.phase))
    state = ProjectState(project.state)
    found = []
    for place, phase in enumerate(order):
        is_over = place < here or state == ProjectState.GRADUATED
        status = "done" if is_over else "current" if place == here else "next"
        found.append(Step(phase.text, status, state.text if place == here else None))
    return found


def when(on: date | None, today: date) -> tuple[Text | None, bool]:
    """A day in words from today, and whether it is past."""
    if on is None:
        return None, False
    days = (on - today).days
    if days < 0:
        en = "day" if days == -1 else "days"
        return Text(f"{-days} {en} overdue", f"逾期 {-days} 天"), True
    if days == 0:
        return Text("due today", "今天到期"), False
    if days == 1:
        return Text("due tomorrow", "明天到期"), False
    if days <= 60:
        return Text(f"in {days} days", f"{days} 天后"), False
    return Text(f"by {on.isoformat()}", f"{on.isoformat()} 前"), False


def facts(page: object) -> list[tuple[Text, list[Row]]]:
    """The facts of the project, group by group, as deep as the reader reads."""
    groups = (
        (Text("Origin and way", "来源与路径"), _origin(page)),
        (Text("Landing", "落地信息"), _landing(page)),
        (Text("Assessment", "评估与风险"), _assessment(page)),
    )
    kept = ((heading, [row for row in rows if row[1]]) for heading, rows in groups)
    return [(heading, rows) for heading, rows in kept if rows]


def unfilled(page: object) -> Text:
    """What nobody has written yet, as one line for those who can."""
    rows = (*_origin(page), *_landing(page), *_assessment(page))
    return listed(row[0] for row in rows if not row[1])


def _origin(page: object) -> list[Row]:
    project = page.project
    levels = f"{project.trl_at_entry or '—'} → {project.trl_now}" if project.trl_now else None
    return [
        _organisation(page, Text("Owner", "权利单位"), project.owner),
        _organisation(page, Text("University of origin", "来源高校"), project.university),
        (Text("Field", "领域"), project.field.name if project.field else None),
        (Text("Industry", "行业"), project.industry.name if project.industry else None),
        (Text("Area", "片区"), project.area.name if project.area else None),
        (Text("Route", "转化路径"), word(Route, project.route)),
        (Text("Readiness at entry → now", "入库 → 当前成熟度"), levels),
        (Text("Team led by", "团队负责人类型"), word(FounderType, project.founder_type)),
        (Text("Technology manager at", "技术经理人所属"), word(ManagerType, project.manager_type)),
        (Text("Comes from", "来源地"), word(SourceRegion, project.source_region)),
        (Text("Officer in charge", "经办人"), project.in_charge.name if project.in_charge else None),
        _organisation(page, Text("Host partner", "承接合伙人"), project.host_partner),
    ]


def _landing(page: object) -> list[Row]:
    project = page.project
    if project.phase not in (Phase.LANDING, Phase.FOLLOW_UP) and not project.company_id:
        return []
    rows = [
        _organisation(page, Text("Company", "落地企业"), project.company),
        (
            Text("Unified social credit code", "统一社会信用代码"),
            project.company.credit_code if project.company else None,
        ),
        (Text("Landed on", "落地日期"), day(project.landed_on)),
        (Text("Building", "楼宇"), project.building),
    ]
    if page.reads("space_agreement"):
        rows.append((Text("Lease or agreement", "租约或入驻协议"), project.space_agreement))
    if page.reads("first_funding"):
        rows.append((Text("First funding", "首笔资金"), money(project.first_funding)))
    return rows


def _assessment(page: object) -> list[Row]:
    project, rows = page.project, []
    if page.reads("risk_level"):
        rows += [
            (Text("Risk", "风险等级"), word(RiskLevel, project.risk_level)),
            (Text("Why at risk", "风险原因"), project.risk_reason),
            (Text("Conflict check", "利益冲突核查"), project.conflict_check),
            (Text("Why here", "为何选择落户"), project.why_hefei),
        ]
    if page.reads("market_note"):
        rows.append((Text("Market note (confidential)", "市场分析（保密）"), project.market_note))
    if project.lost_reason:
        rows.append((Text("Why lost", "流失原因"), word(LossReason, project.lost_reason)))
        if page.reads("lost_note"):
            rows.append((Text("In words", "流失说明"), project.lost_note))
    return rows


def _organisation(page: object, label: Text, organisation: object) -> Row:
    if organisation is None:
        return (label, None)
    url = f"/w/organisations/{organisation.number}/" if organisation.pk in page.seen else ""
    return (label, organisation.name, url)


def thread(happened: Iterable[object]) -> list[Happening]:
    """The thread in the reader's words: own deeds, and the steps of the records the project carries."""
    return [_own(one) if one.line else _carried(one) for one in happened]


def _own(one: object) -> Happening:
    details = tuple(
        (FIELDS[name], _arrow(name, before, after))
        for name, before, after in one.line.changes
        if name in FIELDS and name != "state" and (before or after)
    )
    target = next((after for name, _, after in one.line.changes if name == "state"), "")
    return Happening(one.at, one.who, VERBS.get(one.line.verb, Text(one.line.verb, one.line.verb)), details,
                     tone(target) if target else "neutral")  # fmt: skip


def _carried(one: object) -> Happening:
    name, url, _ = KINDS[one.kind]
    text = Text(f"{name.en} {one.number}: {one.state.en}", f"{name.zh} {one.number}：{one.state.zh}")
    return Happening(one.at, one.who, text, tone="gold", url=f"{url}{one.number}/")


def _arrow(name: str, before: object, after: object) -> str:
    was, now = (_value(name, value) for value in (before, after))
    return f"{was} → {now}" if was else now


def _value(name: str, value: object) -> str:
    if value in (None, ""):
        return ""
    return said(word(CODES[name], str(value))) if name in CODES else str(value)
