"""What can be done to a transfer project through the API: each deed is one call of an action."""

from collections.abc import Callable, Mapping
from datetime import datetime

from grandunion.interfaces.api.fields import Body, Reason
from grandunion.interfaces.api.projects import bodies
from grandunion.interfaces.api.projects.parts import contract as told_contract
from grandunion.interfaces.api.resources import Deed, linked
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.actions import projects as actions
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import achievements, matches, parties, projects

BODIES: Mapping[str, type[Body]] = {
    "go_own_way": bodies.OwnWay,
    "begin_poc": bodies.PocBegin,
    "end_poc": bodies.PocEnd,
    "register_company": bodies.Company,
    "assign_space": bodies.Space,
    "record_funding": bodies.FirstFunding,
    "land": bodies.Landing,
    "lose": bodies.Loss,
}


def open_project(values: dict[str, object], *, by: Reader, at: datetime, key: str) -> object:
    """Open a project, from an achievement where one is named."""
    number = values.pop("achievement", "")
    carried = linked("achievement", number, achievements.get, by) if number else None
    return actions.open_project(values, by=by, at=at, achievement=carried, key=key)


def _move(code: str) -> Callable[..., object]:
    def done(project: object, **brought: object) -> object:
        return actions.move(project, code, **brought)

    return done


def _win_back(project: object, *, reason: str = "", **more: object) -> object:
    return actions.win_back(project, reason=reason, **more)


def _draft(project: object, *, by: Reader, at: datetime, key: str, **given: object) -> object:
    return told_contract(actions.draft_contract(project, _of_contract(given), by=by, at=at, key=key))


def _rewrite(project: object, child: str, *, by: Reader, at: datetime, version: int, **given: object) -> object:
    found = projects.contract(project, child)
    return told_contract(actions.edit_contract(project, found, _of_contract(given), by=by, at=at, version=version))


def _of_contract(given: dict[str, object]) -> dict[str, object]:
    return {**given, "deductions": [(row.what, row.amount) for row in given.get("deductions", ())]}


def _contract_move(code: str) -> Callable[..., object]:
    def done(project: object, child: str, **brought: object) -> object:
        return told_contract(actions.move_contract(project, projects.contract(project, child), code, **brought))

    return done


def _milestone(project: object, *, name: str, contract: str = "", **more: object) -> object:
    owing = projects.contract(project, contract) if contract else None
    return actions.add_milestone(project, name, contract=owing, **more)


def _of_milestone(act: Callable[..., object]) -> Callable[..., object]:
    def done(project: object, child: int, **more: object) -> object:
        return act(project, projects.child(projects.milestones([project.pk]), child), **more)

    return done


def _of_visit(act: Callable[..., object]) -> Callable[..., object]:
    def done(project: object, child: int, **more: object) -> object:
        return act(project, projects.child(projects.visits([project.pk]), child), **more)

    return done


def _add_member(project: object, *, person: str, by: Reader, **more: object) -> object:
    return actions.add_member(project, linked("person", person, parties.person, by), by=by, **more)


def _remove_member(project: object, child: int, **more: object) -> object:
    return actions.remove_member(project, projects.child(projects.members([project.pk]), child), **more)


def _link_achievement(project: object, *, achievement: str, by: Reader, at: datetime) -> object:
    return actions.link_achievement(
        project, linked("achievement", achievement, achievements.get, by), by=by, at=at
    )  # fmt: skip


def _link_match(project: object, *, match: str, by: Reader, at: datetime) -> object:
    return actions.link_match(project, linked("match", match, matches.get, by), by=by, at=at)


LABELS = {move.code: move.label for move in permissions.PROJECT_FLOW.moves}
CONTRACT_LABELS = {
    move.code: move.label for move in (*permissions.CONTRACT_FLOW.moves, *permissions.PERFORMANCE_FLOW.moves)
}
MOVES: Mapping[str, Deed] = {
    code: Deed(f"moves/{code}", label, _win_back if code == "win_back" else _move(code), BODIES.get(code, Reason),
               has_version=True)
    for code, label in LABELS.items()
}  # fmt: skip
CONTRACT_MOVES = tuple(
    Deed(f"contracts/{{child}}/moves/{code}", label, _contract_move(code), bodies.ContractMove)
    for code, label in CONTRACT_LABELS.items()
)
DEEDS = (
    Deed("milestones", Text("Set a milestone", "设置里程碑"), _milestone, bodies.MilestoneBody),
    Deed("milestones/{int:child}/finish", Text("Record that it was reached", "登记里程碑完成"),
         _of_milestone(actions.finish_milestone), bodies.MilestoneDone),
    Deed("milestones/{int:child}/postpone", Text("Give it another day", "调整里程碑期限"),
         _of_milestone(actions.postpone_milestone), bodies.MilestoneLater),
    Deed("visits/{int:child}/log", Text("Record a visit", "登记走访"), _of_visit(actions.log_visit),
         bodies.VisitBody),
    Deed("visits/{int:child}/figures", Text("Hand in the company's figures", "报送经营数据"),
         _of_visit(actions.hand_in_figures), bodies.Figures),
    Deed("members", Text("Add a person to the team", "添加团队成员"), _add_member, bodies.MemberBody),
    Deed("members/{int:child}", Text("Take a person out of the team", "移除团队成员"), _remove_member,
         method="DELETE"),
    Deed("interactions", Text("Write down a call, visit or message", "登记联系记录"), actions.note_interaction,
         bodies.InteractionBody),
    Deed("next-step", Text("Plan the next step", "安排下一步"), actions.plan_next, bodies.NextStep, "PUT", True),
    Deed("risk", Text("Say how endangered it is", "登记风险"), actions.set_risk, bodies.Risk, "PUT", True),
    Deed("achievements", Text("Let it carry an achievement", "关联成果"), _link_achievement,
         bodies.LinkedAchievement),
    Deed("matches", Text("Count a match among its own", "关联撮合"), _link_match, bodies.LinkedMatch),
    Deed("open-confidential", Text("Open the confidential part for today", "查阅保密内容（当日有效）"),
         actions.open_confidential),
)  # fmt: skip
CONTRACT_DEEDS = (
    Deed("contracts", Text("Draft a contract", "起草合同"), _draft, bodies.ContractBody, has_key=True),
    Deed("contracts/{child}", Text("Rewrite an unsigned contract", "修改未签订的合同"), _rewrite,
         bodies.ContractEdit, "PUT"),
    *CONTRACT_MOVES,
)  # fmt: skip
