"""What can be done to an achievement through the API: each deed is one call of an action."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from grandunion.interfaces.api.achievements import bodies
from grandunion.interfaces.api.fields import Reason
from grandunion.interfaces.api.resources import Deed, linked
from grandunion.terms.achievements import Criterion
from grandunion.terms.periods import Period
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.actions import achievements as actions
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements, lists, parties

TERMS = {"industry": "industries", "emerging_industry": "emerging_industries", "field": "fields", "area": "areas"}
EMPTY_AS_TEXT = ("prior_publication", "price_method")


def values(given: dict[str, object], by: Reader) -> dict[str, object]:
    """The body's values as the action takes them: terms and organisations instead of codes and numbers."""
    found = {name: "" if value is None and name in EMPTY_AS_TEXT else value for name, value in given.items()}
    for name in TERMS.keys() & found.keys():
        found[name] = lists.term(TERMS[name], found[name], name)
    for name in {"owner", "acceptor"} & found.keys():
        found[name] = linked(name, found[name], parties.organisation, by) if found[name] else None
    return found


def disclose(given: dict[str, object], *, by: Reader, at: datetime, key: str) -> object:
    """Open a draft."""
    return actions.disclose(by=by, at=at, submission=key, **values(given, by))


def amend(record: object, given: dict[str, object], *, by: Reader, at: datetime, version: int) -> object:
    """Change what was written."""
    return actions.amend(record, by=by, at=at, version=version, **values(given, by))


def _share(row: bodies.Inventor, by: Reader) -> actions.Share:
    person = linked("person", row.person, parties.person, by) if row.person else row.name
    if not person:
        raise invalid("inventors", "Name each inventor by number or name.", "请填写每位发明人的编号或姓名。")
    at_home = linked("organisation", row.organisation, parties.organisation, by) if row.organisation else None
    return actions.Share(person, row.percent, at_home, row.role, row.is_representative)


def _name_inventors(record: object, *, inventors: list, by: Reader, **more: object) -> object:
    return actions.set_inventors(record, [_share(row, by) for row in inventors], by=by, **more)


def _on_paper(record: object, child: str, *, by: Reader, **more: object) -> object:
    return actions.confirm_on_paper(record, linked("person", child, parties.person, by), by=by, **more)


def _tell_publications(record: object, *, publications: list, **more: object) -> object:
    return actions.tell_publications(record, [row.model_dump() for row in publications], **more)


def _tell_funding(record: object, *, fundings: list, **more: object) -> object:
    return actions.tell_funding(record, [row.model_dump() for row in fundings], **more)


def _account(email: str) -> object:
    user = parties.user_by_email(email)
    if user is None:
        raise invalid("email", "Nobody here has this address.", "没有使用该邮箱的账户。")
    return user


def _ask_reviewer(record: object, *, email: str, **more: object) -> object:
    return actions.assign_reviewer(record, _account(email), **more)


def _exclude(record: object, *, email: str, **more: object) -> object:
    return actions.declare_conflict(record, _account(email).pk, **more)


def _review(record: object, *, has_conflict: bool, note: str = "", **more: object) -> object:
    if has_conflict:
        return actions.review(record, has_conflict=True, note=note, by=more["by"], at=more["at"])
    scores = {one.value: more.pop(one.value, None) for one in Criterion}
    opinion = {"recommendation": more.pop("recommendation", None) or "", "comment": more.pop("comment", "")}
    return actions.review(record, has_conflict=False, scores=scores, **opinion, **more)


def _open_case(record: object, *, by: Reader, at: datetime, **given: object) -> object:
    return actions.open_case(record, by=by, at=at, **values(given, by))


def _amend_case(record: object, *, by: Reader, at: datetime, **given: object) -> object:
    return actions.amend_case(record, achievements.case_of(record), by=by, at=at, **values(given, by))


def _of_case(act: Callable[..., object]) -> Callable[..., object]:
    """A deed on the achievement's latest rights case."""

    def done(record: object, **more: object) -> object:
        return act(record, achievements.case_of(record), **more)

    return done


def _of_case_with_reason(act: Callable[..., object]) -> Callable[..., object]:
    def done(record: object, *, reason: str = "", **more: object) -> object:
        return act(record, achievements.case_of(record), reason=reason, **more)

    return done


def _give_notice(
    record: object, *, text_zh: str, text_en: str, objections_to: str, by: Reader, at: datetime, **days: object
) -> object:
    return actions.give_notice(
        record, achievements.case_of(record), text=Text(text_en, text_zh), objections_to=objections_to,
        period=_period(at, **days), by=by, at=at,
    )  # fmt: skip


def _period(at: datetime, starts_on: object = None, ends_on: object = None) -> Period | None:
    if starts_on is None and ends_on is None:
        return None
    first = starts_on or timezone.localtime(at).date()
    last = ends_on or first + timedelta(days=achievements.notice_rule().days)
    if last <= first:
        raise invalid("ends_on", "The notice ends after it begins.", "公示结束日须晚于起始日。")
    return Period(first, last)


def _settle(record: object, child: int, **more: object) -> object:
    return actions.settle(record, achievements.objection(record, child), **more)


def _reasoned(act: Callable[..., object]) -> Callable[..., object]:
    """A move that takes a reason, which may be left out: where one is wanted, the flow says so."""

    def done(record: object, *, reason: str = "", **more: object) -> object:
        return act(record, reason=reason, **more)

    return done


LABELS = {move.code: move.label for move in permissions.ACHIEVEMENT_FLOW.moves}
CASE_LABELS = {move.code: move.label for move in permissions.RIGHTS_FLOW.moves}
MOVES: Mapping[str, Deed] = {
    code: Deed(f"moves/{code}", LABELS[code], _reasoned(act), Reason, has_version=True)
    for code, act in actions.DEEDS.items()
}
CASE_MOVES = tuple(
    Deed(f"rights-case/moves/{code}", CASE_LABELS[code], _of_case_with_reason(act),
         bodies.Signing if code == "sign" else Reason)
    for code, act in actions.CASE_DEEDS.items()
)  # fmt: skip
DEEDS = (
    Deed("inventors", Text("Name all inventors", "填报全部发明人"), _name_inventors, bodies.Inventors, "PUT", True),
    Deed("inventors/confirm", Text("Confirm the own share", "确认本人份额"), actions.confirm_share),
    Deed("inventors/{child}/confirm-on-paper", Text("Record a signed paper", "登记签字文件"), _on_paper,
         bodies.OnPaper),
    Deed("publications", Text("Say what was made public", "填报公开情况"), _tell_publications, bodies.Publications,
         "PUT", True),
    Deed("fundings", Text("Say who paid for it", "填报资助情况"), _tell_funding, bodies.Fundings, "PUT"),
    Deed("rights", Text("Record a right", "登记知识产权"), actions.add_right, bodies.Right),
    Deed("rights/{int:child}", Text("Bring a right up to date", "更新知识产权"), actions.amend_right,
         bodies.RightEdit, "PATCH"),
    Deed("rights/{int:child}", Text("Take a right away", "删除知识产权"), actions.drop_right, method="DELETE"),
    Deed("evidence", Text("Record evidence of readiness", "登记成熟度证明"), actions.add_evidence, bodies.Evidence),
    Deed("evidence/{int:child}", Text("Take evidence away", "删除证明"), actions.drop_evidence, method="DELETE"),
    Deed("reviewers", Text("Ask a reviewer", "邀请评审专家"), _ask_reviewer, bodies.Reviewer),
    Deed("reviewers/conflict", Text("Record a reviewer's conflict", "登记专家利益冲突"), _exclude,
         bodies.ReviewerConflict),
    Deed("review", Text("Hand in the own review", "提交评审意见"), _review, bodies.ReviewBody),
    Deed("rights-case", Text("Open a rights case", "发起赋权/处置"), _open_case, bodies.CaseOpening),
    Deed("rights-case", Text("Change the terms", "修改条款"), _amend_case, bodies.CaseBody, "PATCH"),
    Deed("rights-case/moves/give_notice", Text("Give public notice", "发布公示"), _give_notice, bodies.Notice),
    Deed("rights-case/moves/approve", Text("Approve", "批准"), _of_case_with_reason(actions.approve), Reason),
    Deed("rights-case/duties-end", Text("Record the end of duties", "登记义务履行完毕"),
         _of_case(actions.end_duties), bodies.DutiesEnd),
    Deed("rights-review/stop", Text("Stop the rights review", "终止审批"), _reasoned(actions.stop_review), Reason),
    Deed("objections/{int:child}/settle", Text("Settle an objection", "处理异议"), _settle, bodies.Settlement),
    Deed("publish", Text("Show to the public", "对外公开"), actions.publish, bodies.Waiver, has_version=True),
    Deed("unpublish", Text("Show to the public no more", "撤回公开"), _reasoned(actions.unpublish), Reason,
         has_version=True),
    Deed("share-draft", Text("Share the draft with the owner's office", "与权利单位共享草稿"), actions.share_draft),
    Deed("open-confidential", Text("Open the confidential part for today", "查阅保密内容（当日有效）"),
         actions.open_confidential),
)  # fmt: skip
