"""Who may do what to a need, and what the flow offers them."""

from grandunion.engines.flows import ASSIGNMENT_FLOW, NEED_FLOW, Move
from grandunion.records.needs import Assignment, Need
from grandunion.terms.needs import CLOSED_NEED_STATES, NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing, parts
from grandunion.work.queries import journal, needs
from grandunion.work.queries.needs.deadlines import STEPS

DESK = frozenset({Part.IN_CHARGE, Part.OFFICER})
GONE = frozenset({*CLOSED_NEED_STATES, NeedState.MERGED, NeedState.SPAM, NeedState.CANCELLED})
OWN_FORMS = frozenset({"take_back"})  # the house does this by itself when no assignee is left
Offers = tuple[tuple[Move, Verdict], ...]


def parts_of(reader: Reader, need: Need, key: str = "") -> frozenset[Part]:
    """What the reader is to the need; whoever holds its key is its applicant."""
    held = {Part.OWNER} if key and need.tracking and need.tracking == needs.fingerprint(key) else set()
    return parts(reader, need) | held


def standing(reader: Reader, need: Need, key: str = "", **given: object) -> Standing:
    """The facts of the need with what a form brought, and what the reader is to it."""
    return Standing({**needs.facts(need), **given}, parts_of(reader, need, key))


def offers(reader: Reader, need: Need, key: str = "") -> Offers:
    """The moves the flow offers the reader on this need; an assignee answers through the assignment."""
    stand = standing(reader, need, key)
    found = NEED_FLOW.offers(need.state, stand.facts, stand.parts)
    if stand.parts & DESK:
        return found
    return tuple((move, verdict) for move, verdict in found if move.code != "answer")


def assignment_parts(reader: Reader, need: Need, assignment: Assignment) -> frozenset[Part]:
    """What the reader is to one assignment: the desk, or the very assignee it names."""
    if reader.is_house:
        return frozenset(Part)
    mine = parts(reader, need) & DESK
    is_user = reader.is_signed_in and assignment.user_id == reader.user_id
    if is_user or assignment.organisation_id in reader.organisation_ids:
        mine |= {Part.ASSIGNEE}
    return mine


def assignment_standing(reader: Reader, need: Need, assignment: Assignment, **given: object) -> Standing:
    """The facts of an assignment with what its form brought."""
    return Standing({"answer": assignment.answer, **given}, assignment_parts(reader, need, assignment))


def assignment_offers(reader: Reader, need: Need, assignment: Assignment) -> Offers:
    """The moves the reader may make on an assignment; letting it expire is the house's own."""
    stand = assignment_standing(reader, need, assignment)
    found = ASSIGNMENT_FLOW.offers(assignment.state, stand.facts, stand.parts)
    return tuple((move, verdict) for move, verdict in found if move.code != "expire")


def may_begin(reader: Reader) -> Verdict:
    """Everybody may state a need, with an account or through the public form."""
    return YES


def may_register(reader: Reader) -> Verdict:
    """Registering in one go: the officer on the phone, and every member."""
    if reader.is_officer or reader.is_member:
        return YES
    return no(
        "Sign in as a member, or state your need through the public form.",
        "请以会员身份登录，或通过公开表单提交需求。",
    )


def may_register_for(reader: Reader, organisation_id: int) -> Verdict:
    """An officer registers for any organisation; everybody else for their own."""
    if reader.is_officer or organisation_id in reader.organisation_ids:
        return YES
    return no(
        "You state needs for your own organisation only. Ask your officer to register this one.",
        "您只能以本单位名义提出需求，其他单位的需求请联系服务专员登记。",
    )


def may_edit(reader: Reader, need: Need, key: str = "") -> Verdict:
    """The applicant edits until the desk has begun; the desk until the need is closed."""
    mine = parts_of(reader, need, key)
    if need.state in GONE:
        return no("This need is closed. Reopen it to change it.", "该需求已办结，如需修改请先重新办理。")
    if mine & DESK:
        return YES
    if Part.OWNER in mine and need.state in (NeedState.DRAFT, NeedState.RECEIVED):
        return YES
    return no(
        "The desk is working on this need already. Tell the officer in charge what has changed.",
        "该需求已在办理中，如有变化请告知经办人。",
    )


def may_take(reader: Reader, need: Need) -> Verdict:
    """An officer of the area takes charge of an open need."""
    if need.state in GONE:
        return no("This need is closed already.", "该需求已办结。")
    if parts(reader, need) & DESK:
        return YES
    return no("Only officers of its area take charge of a need.", "仅该片区的服务专员可以承接需求。")


def may_ask_applicant(reader: Reader, need: Need) -> Verdict:
    """The desk, and whoever is asked to answer, may ask the applicant one thing at a time."""
    if need.state not in STEPS:
        return no("Only a need that is being handled has questions.", "仅办理中的需求可以向申请人提问。")
    if need.paused_at is not None:
        return no("The applicant owes an answer already.", "申请人尚有问题未补充。")
    if parts(reader, need) & (DESK | {Part.ASSIGNEE}):
        return YES
    return no("Only the desk and those who answer ask the applicant.", "仅服务台和承办方可以向申请人提问。")


def may_reply(reader: Reader, need: Need, key: str = "") -> Verdict:
    """The applicant answers; an officer notes down what was said on the phone."""
    if parts_of(reader, need, key) & (DESK | {Part.OWNER}):
        return YES
    return no("Only the applicant answers, or the desk for them.", "仅申请人或服务台可以补充。")


def may_be_raised(need: Need) -> Verdict:
    """A need is raised as long as there is a level above."""
    levels = needs.levels()
    if not levels or need.escalations + 1 < len(levels):
        return YES
    top = levels[-1]
    return no(f"It is with the highest level already: {top.en}.", f"已在最高一级办理：{top.zh}。")


def may_link(reader: Reader, need: Need) -> Verdict:
    """The desk says which common problem a need tells of."""
    if parts(reader, need) & DESK:
        return YES
    return no("Only the desk links needs to common problems.", "仅服务台可以关联共性问题。")


def may_archive(reader: Reader, need: Need) -> Verdict:
    """What has ended may be archived, by the desk or by the house after a year."""
    if need.state not in GONE:
        return no("Only a need that has ended is archived.", "仅已办结的需求可以归档。")
    if parts(reader, need) & (DESK | {Part.SYSTEM}):
        return YES
    return no("Only the desk archives needs.", "仅服务台可以归档需求。")


def may_follow_up(reader: Reader, need: Need) -> Verdict:
    """The desk calls the applicant of a closed need."""
    if need.state not in CLOSED_NEED_STATES:
        return no("The call after the closing is for closed needs.", "办结后回访仅适用于已办结的需求。")
    if parts(reader, need) & DESK:
        return YES
    return no("Only the desk calls the applicant.", "仅服务台可以回访申请人。")


def may_open_to(reader: Reader, need: Need, level: Level) -> Verdict:
    """The desk says who may read a need; to publish it takes somebody who did not hand it in."""
    if not parts(reader, need) & DESK:
        return no("Only the desk says who may read a need.", "仅服务台可以设定需求的可见范围。")
    if level == Level.PUBLIC and not reader.is_house and _handed_in_by(need) == reader.user_id:
        return no(
            "A second person publishes: ask a colleague, for you registered this need yourself.",
            "公开发布须由第二人办理：该需求由您登记，请由同事发布。",
        )
    return YES


def _handed_in_by(need: Need) -> int | None:
    """Whoever brought the need to the desk."""
    passed = [step for step in journal.steps(NEED_FLOW.code, need.pk) if step.target == NeedState.RECEIVED]
    return passed[0].actor_id if passed else None
