"""Rights of intellectual property and evidence of maturity, row by row."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from grandunion.records.achievements import Achievement, IntellectualProperty, TrlEvidence
from grandunion.terms.achievements import IpType, PatentStatus
from grandunion.terms.identifiers import patent_number
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Problem, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.achievements.values import cleaned
from grandunion.work.actions.base import atomic
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries

PATENTS = frozenset({IpType.INVENTION_PATENT, IpType.UTILITY_MODEL, IpType.DESIGN})
FORM_FIELDS = ("ip_type", "number", "office", "status", "filed_on", "granted_on")
RIGHT_FIELDS = (*FORM_FIELDS, "expires_on", "annuity_due_on")


@atomic
def add_right(record: Achievement, *, by: Reader, at: datetime, **values: object) -> IntellectualProperty:
    """Record a patent, copyright or other right; Chinese application numbers are proved."""
    require(permissions.may_edit(by, record), Forbidden)
    right = IntellectualProperty.objects.create(achievement=record, **_right(record, values))
    base.change(record, at=at)
    journal.note("achievement.right_added", record, by=by, at=at, changes={"rights": (None, _said(right))})
    return right


@atomic
def amend_right(record: Achievement, key: int, *, by: Reader, at: datetime, **values: object) -> IntellectualProperty:
    """Bring a right up to date: its number, status and days."""
    require(permissions.may_edit(by, record), Forbidden)
    right = _one(queries.children(record).rights, key)
    before = _said(right)
    merged = {name: getattr(right, name) for name in RIGHT_FIELDS} | values
    for name, value in _right(record, merged, but=right.pk).items():
        setattr(right, name, value)
    right.save()
    base.change(record, at=at)
    journal.note("achievement.right_amended", record, by=by, at=at, changes={"rights": (before, _said(right))})
    return right


@atomic
def drop_right(record: Achievement, key: int, *, by: Reader, at: datetime) -> None:
    """Take away a right that was recorded by mistake."""
    require(permissions.may_edit(by, record), Forbidden)
    right = _one(queries.children(record).rights, key)
    said = _said(right)
    right.delete()
    base.change(record, at=at)
    journal.note("achievement.right_dropped", record, by=by, at=at, changes={"rights": (said, None)})


@atomic
def state_rights(
    record: Achievement,
    rows: Iterable[Mapping[str, object]],
    *,
    by: Reader,
    at: datetime,
    version: int | None = None,
    **values: object,
) -> Achievement:
    """Write all rights of a disclosure at once, with the wishes for its transfer (the form's last step)."""
    require(permissions.may_edit(by, record), Forbidden)
    found = [_right(record, row, but=None, is_alone=True) for row in rows]
    numbers = [(row["office"], row["number"]) for row in found if row["number"]]
    if len(set(numbers)) < len(numbers):
        raise invalid("number", "One number is written twice.", "有专利号重复填写。")
    changes = base.change(record, at=at, version=version, **cleaned(values, record))
    before = queries.children(record).rights
    said = {_said(right) for right in before}
    after = _replaced(record, before, found)
    if said != {_said(right) for right in after}:
        changes["rights"] = ("; ".join(sorted(said)), "; ".join(map(_said, after)))
    journal.note("achievement.amended", record, by=by, at=at, changes=changes)
    return record


def _replaced(
    record: Achievement, before: tuple[IntellectualProperty, ...], rows: list[dict[str, object]]
) -> list[IntellectualProperty]:
    """The rights as the form has them; one that keeps its number keeps the days the form does not ask."""
    known = {(right.office, right.number): right for right in before if right.number}
    after = []
    for row in rows:
        right = known.get((row["office"], row["number"])) or IntellectualProperty(achievement=record)
        for name in FORM_FIELDS:
            setattr(right, name, row[name])
        right.save()
        after.append(right)
    for right in before:
        if right.pk not in {one.pk for one in after}:
            right.delete()
    return after


def _right(
    record: Achievement, values: Mapping[str, object], but: int | None = None, *, is_alone: bool = False
) -> dict[str, object]:
    """One right's values as the table takes them."""
    found = {name: values.get(name) for name in RIGHT_FIELDS}
    found["office"] = (found["office"] or "CN").upper()
    found["number"] = (found["number"] or "").strip()
    problems = [*_words(found), *_days(found)]
    if problems:
        raise Invalid(*problems)
    if found["number"] and found["ip_type"] in PATENTS:
        found["number"] = patent_number(found["number"], found["office"])
    same = (found["office"], found["number"])
    others = () if is_alone else queries.children(record).rights
    if found["number"] and any((one.office, one.number) == same for one in others if one.pk != but):
        raise invalid("number", f"{found['number']} is recorded here already.", f"{found['number']} 已登记。")
    return found


def _words(values: Mapping[str, object]) -> list[Problem]:
    found = []
    if not IpType.has(values["ip_type"]):
        found.append(Problem("ip_type", Text("Choose the kind of right.", "请选择知识产权类型。")))
    if not PatentStatus.has(values["status"]):
        found.append(Problem("status", Text("Choose the status.", "请选择法律状态。")))
    return found


def _days(values: Mapping[str, object]) -> list[Problem]:
    filed, granted, expires = (values[name] for name in ("filed_on", "granted_on", "expires_on"))
    if _is_before(granted, filed):
        return [Problem("granted_on", Text("It cannot be granted before it was filed.", "授权日不能早于申请日。"))]
    if _is_before(expires, granted or filed):
        return [Problem("expires_on", Text("It cannot end before it began.", "届满日不能早于申请日或授权日。"))]
    return []


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _said(right: IntellectualProperty) -> str:
    return " ".join(word for word in (right.ip_type, right.office, right.number, right.status) if word)


@atomic
def add_evidence(
    record: Achievement, *, level: int, evidence: str, by: Reader, at: datetime, shown_on: date | None = None
) -> TrlEvidence:
    """Record what shows a readiness level; the achievement stands at the highest level that was shown."""
    require(permissions.may_edit(by, record), Forbidden)
    if not 1 <= level <= 9:
        raise invalid("level", "A technology readiness level is 1 to 9.", "技术成熟度等级为 1 至 9。")
    if not evidence.strip():
        raise invalid("evidence", "Write what shows this level: a test, a report, a customer.", "请填写证明材料。")
    row = TrlEvidence.objects.create(achievement=record, level=level, evidence=evidence.strip(), shown_on=shown_on)
    changes = base.change(record, at=at, trl=max(level, record.trl or 0))
    changes["evidence"] = (None, f"TRL {level}: {row.evidence}")
    journal.note("achievement.evidence_added", record, by=by, at=at, changes=changes)
    return row


@atomic
def drop_evidence(record: Achievement, key: int, *, by: Reader, at: datetime) -> None:
    """Take away evidence that does not hold."""
    require(permissions.may_edit(by, record), Forbidden)
    row = _one(queries.children(record).evidence, key)
    said = f"TRL {row.level}: {row.evidence}"
    row.delete()
    base.change(record, at=at)
    journal.note("achievement.evidence_dropped", record, by=by, at=at, changes={"evidence": (said, None)})


def _one(rows: tuple, key: int) -> object:
    found = next((row for row in rows if row.pk == key), None)
    if found is None:
        raise Absent
    return found
