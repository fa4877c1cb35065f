"""Whether a demonstration set makes sense: what its states promise must be there."""

from collections.abc import Callable

from grandunion.adapters.packs.demo import (
    Demo,
    DemoAccount,
    DemoAchievement,
    DemoNeed,
    DemoOrganisation,
    DemoRight,
)
from grandunion.adapters.packs.demo_events import event_faults
from grandunion.adapters.packs.demo_offers import offer_faults
from grandunion.adapters.packs.demo_projects import DemoMatch, DemoProject
from grandunion.adapters.packs.demo_rounds import round_faults
from grandunion.adapters.packs.demo_scenarios import capability_faults, challenge_faults, opportunity_faults
from grandunion.adapters.packs.demo_targets import target_faults, view_faults
from grandunion.adapters.packs.demo_ties import tie_faults
from grandunion.adapters.packs.desk import Desk
from grandunion.terms.achievements import AchievementState, IpType
from grandunion.terms.identifiers import credit_code, patent_number
from grandunion.terms.matches import MatchState
from grandunion.terms.needs import CLOSED_NEED_STATES, NeedState
from grandunion.terms.projects import ProjectState
from grandunion.terms.roles import Role
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid

ALL_SHARES = 100
TWO_REVIEWS = 2
GOOD_SCORE = 3
PATENTS = frozenset({IpType.INVENTION_PATENT, IpType.UTILITY_MODEL, IpType.DESIGN})
ON_NOTICE = frozenset(
    {
        AchievementState.PUBLIC_NOTICE,
        AchievementState.DISPOSABLE,
        AchievementState.LINKED_TO_PROJECT,
        AchievementState.TRANSFORMED,
    }
)
JUDGED = ON_NOTICE | {
    AchievementState.EVALUATED,
    AchievementState.IN_LIBRARY,
    AchievementState.RIGHTS_REVIEW,
    AchievementState.NOT_PURSUED,
    AchievementState.RELEASED_TO_INVENTOR,
}
CONSENTED = frozenset(
    {
        MatchState.INTRODUCED,
        MatchState.MEETING,
        MatchState.NEGOTIATING,
        MatchState.SUCCESS,
    }
)
ANSWERED = CLOSED_NEED_STATES | {NeedState.ANSWERED, NeedState.RATED, NeedState.CALLED_BACK}
AFTER_LANDING = frozenset(
    {
        ProjectState.LANDED,
        ProjectState.MONTH_3,
        ProjectState.MONTH_6,
        ProjectState.MONTH_12,
        ProjectState.CHECK,
        ProjectState.GROWING,
        ProjectState.AT_RISK,
        ProjectState.STALLED,
        ProjectState.GRADUATED,
        ProjectState.EXITED,
    }
)


def check_demo(demo: Demo, desk: Desk) -> None:
    """Write every broken promise of the set down."""
    checks: tuple[tuple[str, tuple, Callable], ...] = (
        ("accounts", demo.accounts, account_faults),
        ("organisations", demo.organisations, organisation_faults),
        ("achievements", demo.achievements, achievement_faults),
        ("needs", demo.needs, need_faults),
        ("offers", demo.offers, offer_faults),
        ("capabilities", demo.capabilities, capability_faults),
        ("opportunities", demo.opportunities, opportunity_faults),
        ("challenges", demo.challenges, challenge_faults),
        ("ties", demo.ties, tie_faults),
        ("matches", demo.matches, match_faults),
        ("rounds", demo.rounds, round_faults),
        ("events", demo.events, event_faults),
        ("projects", demo.projects, project_faults),
        ("targets", demo.targets, target_faults),
        ("views", demo.views, view_faults),
    )
    for part, items, faults in checks:
        for item in items:
            for fault in faults(item):
                desk.complain(desk.codes[f"demo_{part}"][item.code], fault.en, fault.zh)


def account_faults(account: DemoAccount) -> list[Text]:
    outside = {Role.OFFICER, Role.PLANNER, Role.BUREAU, Role.ADMINISTRATOR}
    if not account.email.endswith((".example", ".test")):
        return [Text("Demonstration addresses end in .example.", "演示邮箱应以 .example 结尾。")]
    if account.role not in outside and not account.organisation:
        return [Text("This role acts for an organisation: name it.", "该角色代表某一单位，请填写 organisation。")]
    return []


def organisation_faults(organisation: DemoOrganisation) -> list[Text]:
    faults = []
    if not organisation.named and organisation.name is None:
        faults.append(Text("Write `named`, or `name_zh` and `name_en`.", "请填写 named，或填写 name_zh 与 name_en。"))
    if organisation.credit_code:
        faults += said_by(credit_code, organisation.credit_code)
    return faults


def achievement_faults(achievement: DemoAchievement) -> list[Text]:
    faults = []
    total = sum(inventor.share_percent for inventor in achievement.inventors)
    if total != ALL_SHARES:
        faults.append(Text(f"The inventors' shares make {total}, not 100.", f"发明人份额合计 {total}，应为 100。"))
    judged = [review for review in achievement.reviews if not review.has_conflict and review.recommendation]
    if achievement.state in JUDGED and len(judged) < TWO_REVIEWS:
        faults.append(Text("This state needs two reviews without conflict.", "该状态需有两份无利益冲突的评审意见。"))
    if achievement.state in JUDGED and not achievement.trl_evidence:
        faults.append(Text("This state needs evidence of maturity.", "该状态需有成熟度佐证。"))
    if achievement.state in ON_NOTICE and (achievement.rights is None or achievement.notice is None):
        faults.append(Text("This state needs `rights` and `notice`.", "该状态需填写 rights 与 notice。"))
    for right in achievement.ip:
        faults += said_by(patent_number, right.number, right.office) if is_patent(right) else []
    return faults + time_faults(achievement.disclosed_day, achievement.moved_day)


def is_patent(right: DemoRight) -> bool:
    return bool(right.number) and right.type in PATENTS


def need_faults(need: DemoNeed) -> list[Text]:
    faults = []
    if need.state in ANSWERED and not any(assignment.answer for assignment in need.assignments):
        faults.append(Text("This state needs an answered assignment.", "该状态需有已答复的分派。"))
    if (need.state is NeedState.MERGED) != bool(need.merged_into):
        faults.append(Text("`merged_into` belongs to the state merged.", "merged_into 仅用于已并案状态。"))
    if need.state in CLOSED_NEED_STATES and need.rating is None and need.callback is None:
        faults.append(Text("A closed need was rated or called back.", "已办结的需求应有评价或回访。"))
    if need.state is NeedState.REOPENED and (need.rating is None or need.rating.score >= GOOD_SCORE):
        faults.append(Text("A reopened need was rated 1 or 2.", "重新办理的需求评分应为 1 或 2。"))
    return faults + time_faults(need.received_day, need.moved_day)


def match_faults(match: DemoMatch) -> list[Text]:
    faults = []
    if not (match.achievement or match.offer or match.offering or match.expert):
        faults.append(Text("Name what is offered.", "请填写供给方（成果、单位或专家）。"))
    accepted = (match.needing_accepted_day, match.offering_accepted_day)
    if match.state in CONSENTED and None in accepted:
        faults.append(Text("This state needs the consent of both sides.", "该状态需双方均已同意。"))
    if (match.state is MatchState.DECLINED) != (match.decline is not None):
        faults.append(Text("`decline` belongs to the state declined.", "decline 仅用于已谢绝状态。"))
    if (match.state is MatchState.SUCCESS) != (match.outcome is not None):
        faults.append(Text("`outcome` belongs to the state success.", "outcome 仅用于撮合成功状态。"))
    return faults + time_faults(match.suggested_day, match.moved_day)


def project_faults(project: DemoProject) -> list[Text]:
    faults = []
    side = project.state in {ProjectState.ON_HOLD, ProjectState.LOST, ProjectState.FAILED}
    if side != (project.state_before is not None):
        faults.append(
            Text(
                "`state_before` says where it stood; only for on_hold, lost, failed.",
                "state_before 用于说明原状态，仅在暂缓、流失、终止时填写。",
            )
        )
    if (project.state is ProjectState.LOST) != (project.lost_reason is not None):
        faults.append(Text("`lost_reason` belongs to the state lost.", "lost_reason 仅用于流失状态。"))
    if project.state in AFTER_LANDING and (project.landing is None or project.landing.landed_day is None):
        faults.append(Text("This state needs `landing` with `landed_day`.", "该状态需填写 landing 及 landed_day。"))
    for contract in project.contracts:
        if contract.value_technical > contract.value_total:
            faults.append(Text("The technical part is larger than the contract.", "技术交易额大于合同成交额。"))
    return faults + time_faults(project.started_day, project.moved_day)


def time_faults(began: int, moved: int) -> list[Text]:
    """A record moves after it began, and not in the future."""
    if began <= moved <= 0:
        return []
    return [Text("It moved before it began, or in the future.", "状态变更早于起始，或在未来。")]


def said_by(check: Callable, *written: str) -> list[Text]:
    """What a check of the house says against a value."""
    try:
        check(*written)
    except Invalid as refused:
        return [refused.reason]
    return []
