"""Who may do what to an achievement, and the sentence when not."""

from collections.abc import Mapping

from grandunion.engines.flows import ACHIEVEMENT_FLOW, RIGHTS_FLOW, Move
from grandunion.records.achievements import PUBLISHED_STATES, Achievement, Inventor, Review, RightsCase
from grandunion.records.parties import User
from grandunion.terms.achievements import AchievementState as S
from grandunion.terms.achievements import Confidentiality
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part, Role
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions import base
from grandunion.work.permissions.base import Standing
from grandunion.work.queries import achievements as queries

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
OFFICE = STAFF | {Part.OWNER}
EVERY_SIDE = OFFICE | {Part.INVENTOR}
WITH_INVENTORS = frozenset({S.DRAFT, S.MORE_INFO})
BEFORE_EVALUATION = frozenset({S.DRAFT, S.SUBMITTED, S.SCREENING, S.MORE_INFO})
OVER = frozenset({S.RELEASED_TO_INVENTOR, S.TRANSFORMED, S.WITHDRAWN, S.ARCHIVED})
# These follow from the rights case or from a project and are not offered by themselves.
CARRIED = frozenset(
    {"review_rights", "stop_review", "give_notice", "return_to_review", "end_notice", "link", "unlink", "transform"}
)
TIES = {
    "inventor": no(
        "Inventors do not review their own achievement. Choose somebody else.",
        "发明人不得评审自己的成果，请另选专家。",
    ),
    "member": no(
        "This person belongs to the owner of the achievement. Choose somebody from elsewhere.",
        "该专家属于成果权利单位，请另选外单位专家。",
    ),
    "conflict": no(
        "This person has declared a conflict of interest with the owner. Choose somebody else.",
        "该专家已申报与权利单位存在利益冲突，请另选专家。",
    ),
}


def parts(reader: Reader, record: Achievement, rows: base.Rows | None = None) -> frozenset[Part]:
    """What the reader is to the achievement; in conflict with its owner, nothing."""
    if record.owner_id in reader.conflicts and not reader.is_house:
        return frozenset()
    return base.parts(reader, record, rows)


def clearance(reader: Reader, record: Achievement, rows: base.Rows | None = None) -> Secrecy:
    """The deepest class of fields the reader may read; in conflict with the owner, only what is public."""
    if record.owner_id in reader.conflicts and not reader.is_house:
        return Secrecy.S0
    return base.clearance(reader, record, rows)


def page(reader: Reader, record: Achievement) -> queries.AchievementPage:
    """The achievement's page, exactly as deep as the reader may look."""
    rows = base.access_rows(reader, record)
    return queries.page(record, reader, clearance(reader, record, rows), parts(reader, record, rows))


def standing(reader: Reader, record: Achievement, **given: object) -> Standing:
    """What ACHIEVEMENT_FLOW judges by; `given` is what a form or a column to the right adds."""
    return Standing({**queries.facts(record, reader.at), **given}, parts(reader, record))


def case_standing(reader: Reader, record: Achievement, case: RightsCase, **given: object) -> Standing:
    """What RIGHTS_FLOW judges by."""
    rows = queries.children(record)
    return Standing({**queries.case_facts(case, rows, reader.at), **given}, parts(reader, record))


def offers(
    reader: Reader, record: Achievement, facts: Mapping[str, object] | None = None
) -> tuple[tuple[Move, Verdict], ...]:
    """The moves the reader may make now, each with what still stops it."""
    known = queries.facts(record, reader.at) if facts is None else facts
    found = ACHIEVEMENT_FLOW.offers(record.state, known, parts(reader, record))
    return tuple((move, verdict) for move, verdict in found if move.code not in CARRIED and _is_due(move, known))


def _is_due(move: Move, facts: Mapping[str, object]) -> bool:
    """Archiving is offered when its time has come; freeing without review only where no review is needed."""
    if move.code == "waive_review":
        return facts.get("is_service_achievement") is False
    return move.code != "archive" or facts.get("is_archive_due") is True


def case_offers(
    reader: Reader, record: Achievement, case: RightsCase, facts: Mapping[str, object]
) -> tuple[tuple[Move, Verdict], ...]:
    """The moves of the rights case the reader may make now."""
    return RIGHTS_FLOW.offers(case.state, facts, parts(reader, record))


def may_create(reader: Reader) -> Verdict:
    """Whether the reader may disclose an achievement: members with work of their own, and officers."""
    if reader.is_house or (reader.is_signed_in and reader.roles - {Role.BUREAU, Role.ADMINISTRATOR, Role.PLANNER}):
        return YES
    return no(
        "Inventors, their organisations and officers disclose achievements. Ask your officer for an account.",
        "成果由发明人、权利单位或服务专员披露，请联系服务专员开通账户。",
    )


def may_edit(reader: Reader, record: Achievement) -> Verdict:
    """Whether the reader may change the content: inventors until evaluation begins, the office until it is over."""
    mine = parts(reader, record)
    if not mine & EVERY_SIDE:
        return no(
            "Only the inventors, the owner and the officer change an achievement.",
            "仅发明人、权利单位和服务专员可修改成果内容。",
        )
    if record.state in OVER:
        return no("This achievement's case is over: it is kept as it is.", "该成果已办结，内容不再修改。")
    if record.state in WITH_INVENTORS or mine & OFFICE:
        return YES
    return no(
        "It is being reviewed. Ask the officer to send it back if something must be changed.",
        "成果正在审核中；如需修改，请联系经办人退回补正。",
    )


def may_name_inventors(reader: Reader, record: Achievement) -> Verdict:
    """Whether shares may still be changed: until evaluation begins."""
    if record.state not in BEFORE_EVALUATION:
        return no(
            "Shares are fixed once evaluation has begun. Withdraw and disclose again to change them.",
            "评价开始后份额不再变更；如需变更，请撤回后重新披露。",
        )
    return may_edit(reader, record)


def may_confirm(reader: Reader, record: Achievement, share: Inventor) -> Verdict:
    """Whether the reader may confirm this share: the inventor alone, once."""
    if share.person_id != reader.person_id:
        return no(
            "Each inventor confirms the own share. If there is a signed paper, the transfer office records it.",
            "份额须由发明人本人确认；如有签字文件，由成果转化办公室登记。",
        )
    return _is_open(record, share)


def may_confirm_on_paper(reader: Reader, record: Achievement, share: Inventor) -> Verdict:
    """Whether the reader may record that an inventor signed on paper: the owner's office or an officer, not oneself."""
    if not parts(reader, record) & OFFICE or (share.person_id == reader.person_id and not reader.is_house):
        return no(
            "The transfer office or the officer records a signed paper.",
            "签字文件由成果转化办公室或服务专员登记。",
        )
    return _is_open(record, share)


def _is_open(record: Achievement, share: Inventor) -> Verdict:
    if share.confirmed_at is not None:
        return no("This share is confirmed already.", "该份额已确认。")
    if record.state not in BEFORE_EVALUATION:
        return no("Shares are confirmed before evaluation begins.", "份额确认须在评价开始前完成。")
    return YES


def may_share_draft(reader: Reader, record: Achievement) -> Verdict:
    """Whether a draft may be opened to the owner's office."""
    if record.state != S.DRAFT or record.owner_id is None:
        return no("A draft with an owner can be shared with its office.", "仅已填写权利单位的草稿可共享。")
    return may_edit(reader, record)


def may_assign_reviewer(reader: Reader, record: Achievement) -> Verdict:
    """Whether reviewers are asked now, by this person."""
    if record.state != S.EVALUATING:
        return no("Begin the evaluation first; then ask reviewers.", "请先开始评价，再指派评审专家。")
    return base.managing(reader, record) if parts(reader, record) & STAFF else base.staff_only(reader)


def may_be_reviewer(record: Achievement, user: User, reader: Reader) -> Verdict:
    """Whether the user has no tie to the achievement."""
    if not user.is_active:
        return no("This account is closed.", "该账户已停用。")
    return TIES.get(queries.tie_of(record, user, reader.at), YES)


def may_review(reader: Reader, record: Achievement, review: Review) -> Verdict:
    """Whether the reader may hand in this review now."""
    if review.reviewer_id != reader.user_id or Part.REVIEWER not in parts(reader, record):
        return no("Only the reviewer who was asked hands in this review.", "仅受邀评审专家本人可提交评审意见。")
    if record.state != S.EVALUATING:
        return no("The evaluation is over.", "评价已结束。")
    if review.has_conflict:
        return no("You declared a conflict of interest.", "您已申报利益冲突。")
    return YES


def may_exclude(reader: Reader, record: Achievement, review: Review) -> Verdict:
    """Whether a conflict of interest may be recorded: by the reviewer, or by the officer for somebody else."""
    if record.state != S.EVALUATING:
        return no("The evaluation is over.", "评价已结束。")
    if review.reviewer_id == reader.user_id or parts(reader, record) & STAFF:
        return YES
    return no("The reviewer or the officer records a conflict.", "利益冲突由评审专家本人或服务专员登记。")


def may_publish(reader: Reader, record: Achievement, waiver: str) -> Verdict:
    """Whether the achievement may be shown to the public: a second person, and only what is protected or waived."""
    if not parts(reader, record) & OFFICE:
        return no("The transfer office or the officer publishes.", "公开由成果转化办公室或服务专员办理。")
    if record.state not in PUBLISHED_STATES:
        return no("Take it into the library first.", "请先入库。")
    if record.level == Level.PUBLIC:
        return no("It is public already.", "该成果已公开。")
    if record.confidentiality == Confidentiality.SECRET:
        return no(
            "It is marked secret: change that first, with its owner.", "该成果标记为保密，请先与权利单位变更密级。"
        )
    if reader.user_id is not None and queries.submitter_id(record) == reader.user_id:
        return no(
            "Publication needs a second person: somebody other than the submitter publishes.",
            "公开须由第二人办理：提交人不得自行公开。",
        )
    if waiver.strip() or queries.is_protected(queries.children(record), reader.at):
        return YES
    return no(
        "No right is on file yet: record the filing, or write why protection is waived.",
        "尚无已申请的知识产权：请登记申请信息，或说明放弃保护的理由。",
    )


def may_run_rights(reader: Reader, record: Achievement) -> Verdict:
    """Whether the reader runs rights cases and notices of the achievement."""
    if parts(reader, record) & OFFICE:
        return YES
    return no("The owner's office or the officer runs the rights case.", "赋权与处置由权利单位或服务专员办理。")


def may_read_confidential(reader: Reader, record: Achievement) -> Verdict:
    """Whether the reader may open the confidential part."""
    if clearance(reader, record) >= Secrecy.S3:
        return YES
    return no(
        "The confidential part is for the inventors, the owner, the officer in charge and the reviewers.",
        "保密内容仅限发明人、权利单位、经办人和评审专家查阅。",
    )
