"""An achievement's page in words: facts by group, rights, reviews, the rights case, what happens next."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.http import HttpRequest

from grandunion.interfaces.kit.records import Happening, Offer, happenings, offers, word
from grandunion.interfaces.kit.tags import day, money, said
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web.achievements.deed_forms import CASE_FORMS, MOVE_FORMS
from grandunion.interfaces.web.achievements.words import FIELDS, NEXT, PHASES, VERBS
from grandunion.terms.achievements import (
    AchievementKind,
    AchievementState,
    Channel,
    Confidentiality,
    InventorRole,
    IpType,
    Mode,
    PatentStatus,
    PriorPublication,
    Readiness,
    Recommendation,
)
from grandunion.terms.rights import PriceMethod, RightsScheme, RightsState
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text, Word, either, listed
from grandunion.work.permissions import achievements as permissions
from grandunion.work.permissions import projects
from grandunion.work.queries.achievements import AchievementPage, ReviewLine

Row = tuple[Text, object, str]
Fact = tuple[str, object, str]
YES_NO = {True: Text("Yes", "是"), False: Text("No", "否")}
CONFIDENTIAL = (
    "abstract_confidential", "problem", "solution", "advantages", "limitations", "third_party_material",
    "partners_excluded",
)  # fmt: skip


def context(request: HttpRequest, page: AchievementPage) -> dict[str, object]:
    """Everything the record's template takes."""
    record, fields = page.record, page.fields
    base = f"/w/achievements/{record.number}/"
    return {
        "seen": page,
        "base": base,
        "number": record.number,
        "state": AchievementState(record.state).text,
        "tone": tone(record.state),
        "phases": phases(record.state),
        "abstract": either(fields.get("abstract_public_en"), fields.get("abstract_public_zh")),
        "applications": fields.get("applications", ""),
        "facts": facts(page),
        "confidential": [(FIELDS[name], fields[name], "") for name in CONFIDENTIAL if fields.get(name)],
        "has_depth": page.depth >= Secrecy.S3,
        "inventors": _inventors(request, page),
        "rights": [_right(one) for one in page.rows.rights],
        "reviews": [(line, _recommended(line)) for line in page.reviews],
        "case": _case(page),
        "next": NEXT[AchievementState(record.state)],
        **_entries(page),
        **_deeds(request, page),
    }


def phases(state: str) -> list[dict]:
    """The stepper; of what has ended otherwise there is none."""
    here = next((place for place, (_, states) in enumerate(PHASES) if state in states), None)
    if here is None:
        return []
    return [
        {
            "text": text,
            "status": "done" if place < here else "current" if place == here else "next",
            "detail": AchievementState(state).text if place == here else None,
        }
        for place, (text, _) in enumerate(PHASES)
    ]


def facts(page: AchievementPage) -> list[tuple[Text | None, list[Row]]]:
    """The facts in groups; a fact the reader may not read is not there at all."""
    groups = (
        (None, _kind_of(page.record)),
        (Text("Wishes for its transfer", "转化意向"), _wishes(page.record)),
        (Text("Where it comes from", "来源"), _origin(page.record)),
    )
    seen = [(title, [_row(*row) for row in rows if row[0] in page.fields]) for title, rows in groups]
    return [(title, rows) for title, rows in seen if rows]


def _kind_of(record: object) -> list[Fact]:
    owner = record.owner.name if record.owner else record.owner_name
    return [
        ("achievement_kind", word(AchievementKind, record.achievement_kind), ""),
        ("owner", owner, f"/w/organisations/{record.owner.number}/" if record.owner else ""),
        ("field", record.field and record.field.name, ""),
        ("emerging_industry", record.emerging_industry and record.emerging_industry.name, ""),
        ("trl", word(Readiness, str(record.trl or "")), ""),
        ("keywords", record.keywords, ""),
        ("area", record.area and record.area.name, ""),
        ("confidentiality", word(Confidentiality, record.confidentiality), ""),
        ("level", word(Level, record.level), ""),
    ]


def _wishes(record: object) -> list[Fact]:
    modes = listed(Mode(code).text for code in record.modes_wanted if Mode.has(code))
    return [
        ("modes_wanted", modes if modes.zh else None, ""),
        ("price_min", money(record.price_min), ""),
        ("price_max", money(record.price_max), ""),
    ]


def _origin(record: object) -> list[Fact]:
    return [
        ("is_service_achievement", YES_NO[record.is_service_achievement], ""),
        ("prior_publication", word(PriorPublication, record.prior_publication), ""),
        ("channel", word(Channel, record.channel), ""),
        ("found_on", day(record.found_on), ""),
        ("export_control_check", record.export_control_check, ""),
    ]


RECENT = 10
FREE = (AchievementState.IN_LIBRARY, AchievementState.DISPOSABLE)  # where a project may take it up
CODES: dict[str, type[Word]] = {
    "state": AchievementState, "rights_state": RightsState, "level": Level, "achievement_kind": AchievementKind,
    "confidentiality": Confidentiality, "prior_publication": PriorPublication, "decision": AchievementState,
    "scheme": RightsScheme, "price_method": PriceMethod, "channel": Channel,
}  # fmt: skip
LABELS = FIELDS | {
    "is_service_achievement": Text("Service achievement", "职务科技成果"),
    "channel": Text("How it came to the hub", "发现渠道"),
    "found_on": Text("Found on", "发现日期"),
}


def _row(name: str, value: object, url: str) -> Row:
    return LABELS[name], value or None, url


def _inventors(request: HttpRequest, page: AchievementPage) -> list[dict]:
    """Each inventor with the share, as far as the reader may read, and what the reader may do about it."""
    reader, record = request.reader, page.record
    has_shares = page.depth >= Secrecy.S2
    return [
        {
            "name": one.person.name,
            "url": f"/w/persons/{one.person.number}/",
            "organisation": one.organisation.name if one.organisation else None,
            "role": word(InventorRole, one.role),
            "is_representative": one.is_representative,
            "share": f"{one.share_percent.normalize():f} %" if has_shares else "",
            "is_confirmed": one.confirmed_at is not None,
            "confirmed_at": one.confirmed_at,
            "paper": one.confirmation_note if has_shares else "",
            "may_confirm": bool(permissions.may_confirm(reader, record, one)),
            "paper_url": f"papers/{one.person.number}/"
            if has_shares and permissions.may_confirm_on_paper(reader, record, one)
            else "",
        }
        for one in page.rows.inventors
    ]


def _right(one: object) -> dict:
    days: Iterable[tuple[Text, date | None]] = (
        (Text("filed", "申请"), one.filed_on),
        (Text("granted", "授权"), one.granted_on),
        (Text("ends", "届满"), one.expires_on),
        (Text("annuity due", "年费到期"), one.annuity_due_on),
    )
    return {
        "pk": one.pk,
        "kind": word(IpType, one.ip_type),
        "number": one.number,
        "office": one.office,
        "status": word(PatentStatus, one.status),
        "days": listed(Text(f"{text.en} {value}", f"{text.zh} {value}") for text, value in days if value),
    }


def _recommended(line: ReviewLine) -> Text | str:
    return word(Recommendation, line.review.recommendation) if line.review else ""


def _case(page: AchievementPage) -> dict | None:
    """The latest rights case, if the reader may read it."""
    case = page.rows.case
    if case is None:
        return None
    years = [str(one) for one in (case.use_right_first_years, case.use_right_total_years) if one]
    rows: list[Row] = [
        (FIELDS["scheme"], word(RightsScheme, case.scheme), ""),
        (
            FIELDS["acceptor"],
            case.acceptor.name if case.acceptor else None,
            f"/w/organisations/{case.acceptor.number}/" if case.acceptor else "",
        ),
        (FIELDS["price_method"], word(PriceMethod, case.price_method), ""),
        (FIELDS["price"], money(case.price), ""),
        (Text("Opinion of all inventors", "全体发明人意见书"), case.opinion, ""),
    ]
    more: list[Row] = [
        (Text("Inventors' share", "发明人所得比例"), _percent(case.inventor_share_percent), ""),
        (Text("Reward to inventors", "奖励比例"), _percent(case.reward_percent), ""),
        (Text("Years of use: first, total", "使用年限（首期/累计）"), " / ".join(years), ""),
        (Text("Agreed income", "约定收益"), case.agreed_income, ""),
        (Text("Plan of implementation", "实施方案"), case.implementation_plan, ""),
        (Text("Record of due diligence", "勤勉尽责记录"), case.duty_exemption_record, ""),
        (FIELDS["agreement"], case.agreement, ""),
        (FIELDS["duties_ended_on"], day(case.duties_ended_on), ""),
    ]
    return {
        "number": case.number,
        "state": RightsState(case.state).text,
        "tone": tone(case.state),
        "groups": [(None, [*rows, *(row for row in more if row[1])])],
    }


def _percent(value: object) -> str:
    return "" if value is None else f"{value.normalize():f} %"


def _entries(page: AchievementPage) -> dict[str, list[Happening]]:
    """The time line, the newest ten on top; where a name is kept from the reader, a reviewer did it."""
    lines = (replace(line, changes=tuple(_said(*change) for change in line.changes)) for line in page.timeline)
    found = [
        entry if entry.who else replace(entry, who=Text("A reviewer", "评审专家"))
        for entry in happenings(lines, VERBS, LABELS)
    ]
    return {"recent": found[:RECENT], "earlier": found[RECENT:]}


def _said(name: str, *values: object) -> tuple[object, ...]:
    """A change with its codes in words."""
    return name, *(
        said(word(CODES[name], value)) if name in CODES and isinstance(value, str) else value for value in values
    )


def _deeds(request: HttpRequest, page: AchievementPage) -> dict[str, object]:
    """What else the reader may do here."""
    reader, record = request.reader, page.record
    case, home = page.rows.case, f"/w/achievements/{record.number}/"
    own = permissions.offers(reader, record, page.facts)
    runs_rights = bool(permissions.may_run_rights(reader, record))
    moves = permissions.case_offers(reader, record, case, page.case_facts) if case else ()
    notice = next((verdict for move, verdict in moves if move.code == "give_notice"), None)
    return {
        "offers": offers(((move, verdict) for move, verdict in own if move.code != "withdraw"), MOVE_FORMS, home),
        "may_withdraw": any(move.code == "withdraw" and verdict for move, verdict in own),
        "may_edit": bool(permissions.may_edit(reader, record)),
        "may_share": bool(permissions.may_share_draft(reader, record)) and record.level == Level.NAMED,
        "may_ask_reviewers": bool(permissions.may_assign_reviewer(reader, record)),
        "runs_rights": runs_rights,
        "may_open_case": runs_rights and _is_case_free(record.state, case),
        "case_offers": _case_offers(moves, f"{home}case/"),
        "case_version": case.version if case else 0,
        "may_change_case": runs_rights and case is not None and case.state in ("draft", "unit_review", "tto_review"),
        "notice_verdict": notice,
        "may_publish": runs_rights and record.level != Level.PUBLIC and record.state in record.public_states,
        "may_unpublish": runs_rights and record.level == Level.PUBLIC,
        "may_open_project": bool(projects.may_create(reader)) and record.state in FREE,
    }


def _is_case_free(state: str, case: object | None) -> bool:
    is_open = case is not None and case.state not in ("closed", "rejected", "revoked")
    return not is_open and state in (AchievementState.IN_LIBRARY, AchievementState.RIGHTS_REVIEW)


def _case_offers(moves: tuple, base: str) -> list[Offer]:
    """The moves of the rights case; a notice has a page of its own."""
    return offers(((move, verdict) for move, verdict in moves if move.code != "give_notice"), CASE_FORMS, base)
