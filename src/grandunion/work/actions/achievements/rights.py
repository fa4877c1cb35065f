"""The rights case of an achievement: opened, reviewed, agreed, monitored, ended."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from grandunion.engines.flows import RIGHTS_FLOW
from grandunion.records.achievements import Achievement, RightsCase
from grandunion.terms.achievements import AchievementState
from grandunion.terms.readers import Reader
from grandunion.terms.rights import PriceMethod, RightsScheme
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, no, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.achievements.moving import moved
from grandunion.work.actions.base import atomic
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries

FIELDS = frozenset(
    {"scheme", "inventor_share_percent", "use_right_first_years", "use_right_total_years", "acceptor", "opinion",
     "implementation_plan", "price", "price_method", "agreed_income", "reward_percent", "duty_exemption_record"}
)  # fmt: skip
EDITABLE_STATES = frozenset({"draft", "unit_review", "tto_review"})


@atomic
def open_case(record: Achievement, *, by: Reader, at: datetime, **values: object) -> RightsCase:
    """Open a rights case; an achievement in the library passes into rights review."""
    require(permissions.may_run_rights(by, record), Forbidden)
    if queries.open_case(record) is not None:
        require(no("A rights case is open already: end it first.", "已有进行中的赋权/处置事项，请先办结。"))
    if record.state != AchievementState.RIGHTS_REVIEW:
        moved(record, "review_rights", by=by, at=at)
    case = RightsCase.objects.create(
        **_cleaned(values), achievement=record, state=RIGHTS_FLOW.initial, created_at=at, updated_at=at,
        number=lists.next_numbers(RIGHTS_FLOW.prefix, at.year)[0],
    )  # fmt: skip
    journal.step(RIGHTS_FLOW.code, case, source="", target=case.state, by=by, at=at)
    journal.note("rights.opened", record, by=by, at=at, changes={"rights_case": (None, case.number)})
    return case


@atomic
def amend_case(
    record: Achievement, case: RightsCase, *, by: Reader, at: datetime, version: int | None = None, **values: object
) -> RightsCase:
    """Change the terms of a rights case until its notice is given."""
    require(permissions.may_run_rights(by, record), Forbidden)
    if case.state not in EDITABLE_STATES:
        require(no("Its terms have been announced: send it back to change them.", "条款已公示，如需修改请先退回。"))
    changes = base.change(case, at=at, version=version, **_cleaned(values, case))
    journal.note("rights.amended", record, by=by, at=at, changes=changes)
    return case


def _cleaned(values: Mapping[str, object], before: RightsCase | None = None) -> dict[str, object]:
    if strangers := values.keys() - FIELDS:
        raise TypeError(f"not terms of a rights case: {sorted(strangers)}")
    found = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    problems = [*_words(found, before), *_numbers(found, before)]
    if problems:
        raise Invalid(*problems)
    return found


def _words(values: Mapping[str, object], before: RightsCase | None) -> list[Problem]:
    found = []
    if not RightsScheme.has(values.get("scheme", getattr(before, "scheme", ""))):
        found.append(Problem("scheme", Text("Choose how rights pass.", "请选择赋权/处置方式。")))
    if values.get("price_method") and not PriceMethod.has(values["price_method"]):
        found.append(Problem("price_method", Text("Choose how the price comes about.", "请选择定价方式。")))
    return found


def _numbers(values: Mapping[str, object], before: RightsCase | None) -> list[Problem]:
    problems = []
    for name in ("inventor_share_percent", "reward_percent"):
        share = values.get(name)
        if share is not None and not 0 <= Decimal(share) <= 100:
            problems.append(Problem(name, Text("A share is 0 to 100 per cent.", "比例为 0 至 100%。")))
    first, total = (
        values.get(name, getattr(before, name, None)) for name in ("use_right_first_years", "use_right_total_years")
    )
    if first is not None and total is not None and total < first:
        problems.append(Problem("use_right_total_years", Text("The total is at least the first term.",
                                                              "累计年限不少于首期年限。")))  # fmt: skip
    return problems


def case_moved(
    record: Achievement, case: RightsCase, deed: str, *, by: Reader, at: datetime, reason: str = "", **values: object
) -> RightsCase:
    """Make one move of the rights flow inside the caller's transaction and note it on the achievement."""
    given = {name: value for name, value in values.items() if name != "version"}
    if "agreement" in given:
        given["agreement_doc"] = given["agreement"]
    standing = permissions.case_standing(by, record, case, **given)
    changes = base.move(case, RIGHTS_FLOW, deed, standing, by=by, at=at, reason=reason, **values)
    changes["rights_state"] = changes.pop("state")
    if reason:
        changes["reason"] = (None, reason)
    journal.note(f"rights.{deed}", record, by=by, at=at, changes=changes)
    return case


@atomic
def submit_case(record: Achievement, case: RightsCase, *, by: Reader, at: datetime, reason: str = "") -> RightsCase:
    """Submit the case to the department; the acceptor and all inventors' opinion must stand in it."""
    return case_moved(record, case, "submit", by=by, at=at, reason=reason)


@atomic
def pass_unit(record: Achievement, case: RightsCase, *, by: Reader, at: datetime, reason: str = "") -> RightsCase:
    """Record that the department agrees."""
    return case_moved(record, case, "pass_unit", by=by, at=at, reason=reason)


@atomic
def send_back(record: Achievement, case: RightsCase, *, reason: str, by: Reader, at: datetime) -> RightsCase:
    """Send the case back to be changed."""
    return case_moved(record, case, "send_back", by=by, at=at, reason=reason)


@atomic
def reject_case(record: Achievement, case: RightsCase, *, reason: str, by: Reader, at: datetime) -> RightsCase:
    """Do not approve: the achievement goes back to the library, from a notice too."""
    case_moved(record, case, "reject", by=by, at=at, reason=reason)
    if record.state == AchievementState.PUBLIC_NOTICE:
        moved(record, "return_to_review", by=by, at=at, reason=reason)
    moved(record, "stop_review", by=by, at=at, reason=reason)
    return case


@atomic
def stop_review(record: Achievement, *, reason: str, by: Reader, at: datetime) -> Achievement:
    """Give up the rights review where no case is open."""
    if queries.open_case(record) is not None:
        require(no("A rights case is open: reject it, and the review stops.", "有进行中的事项：请对其作出不予批准。"))
    return moved(record, "stop_review", by=by, at=at, reason=reason)


@atomic
def sign(
    record: Achievement, case: RightsCase, *, agreement: str, by: Reader, at: datetime, reason: str = ""
) -> RightsCase:
    """Record the signed agreement: its number, its day, where it lies."""
    return case_moved(record, case, "sign", by=by, at=at, reason=reason, agreement=agreement.strip()[:300])


@atomic
def change_title(record: Achievement, case: RightsCase, *, by: Reader, at: datetime, reason: str = "") -> RightsCase:
    """Record that the title has passed in the register."""
    return case_moved(record, case, "change_title", by=by, at=at, reason=reason)


@atomic
def monitor(record: Achievement, case: RightsCase, *, by: Reader, at: datetime, reason: str = "") -> RightsCase:
    """Begin to watch the agreed duties."""
    return case_moved(record, case, "monitor", by=by, at=at, reason=reason)


@atomic
def end_duties(record: Achievement, case: RightsCase, *, on: date, by: Reader, at: datetime) -> RightsCase:
    """Record the day on which the agreed duties were fulfilled."""
    require(permissions.may_run_rights(by, record), Forbidden)
    changes = base.change(case, at=at, duties_ended_on=on)
    journal.note("rights.duties_ended", record, by=by, at=at, changes=changes)
    return case


@atomic
def close_case(record: Achievement, case: RightsCase, *, by: Reader, at: datetime, reason: str = "") -> RightsCase:
    """Close the case once no duty is open."""
    return case_moved(record, case, "close", by=by, at=at, reason=reason)


@atomic
def revoke_case(record: Achievement, case: RightsCase, *, reason: str, by: Reader, at: datetime) -> RightsCase:
    """Take an approval back."""
    return case_moved(record, case, "revoke", by=by, at=at, reason=reason)


# The moves of a rights case that ask at most a reason or the agreement, by the flow's codes.
CASE_DEEDS: dict[str, Callable[..., RightsCase]] = {
    "submit": submit_case,
    "pass_unit": pass_unit,
    "send_back": send_back,
    "reject": reject_case,
    "sign": sign,
    "change_title": change_title,
    "monitor": monitor,
    "close": close_case,
    "revoke": revoke_case,
}
