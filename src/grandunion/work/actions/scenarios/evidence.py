"""Evidence: measured values with their reports, and waivers that one person asks for and another grants."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.db import models
from django.utils import timezone

from grandunion.records.documents import Document
from grandunion.records.scenarios import Challenge, ChallengeResult, Opportunity, TrialResult
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.documents import attach
from grandunion.work.actions.parties.values import sound
from grandunion.work.actions.scenarios.values import missing
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import parts
from grandunion.work.queries import scenarios

LARGEST = Decimal("1e12")
Case = Opportunity | Challenge


@dataclass(frozen=True, slots=True)
class Taken:
    """A value as it was measured: on which day, by whom, and the file that shows it."""

    value: Decimal | None
    measured_on: date | None
    measured_by: str
    report: Document | None = None
    note: str = ""


@atomic
def measure(record: Case, indicator: int, taken: Taken, *, by: Reader, at: datetime) -> TrialResult | ChallengeResult:
    """Record a measured value; the report is a file of this record. An earlier value stays, the later one stands."""
    _may_measure(record, by)
    row = _indicator(record, indicator)
    who = sound("measured_by", taken.measured_by.strip(), 200)
    missing([
        ("value", taken.value, Text("Write the measured value.", "请填写检测值。")),
        ("measured_on", taken.measured_on, Text("Write the day of the measurement.", "请填写检测日期。")),
        ("measured_by", who, Text("Write who measured it.", "请填写检测单位。")),
    ])  # fmt: skip
    _check(record, taken, at)
    given = {
        "indicator": row, "value": taken.value, "measured_on": taken.measured_on, "measured_by": who,
        "report": taken.report, "note": sound("note", taken.note.strip(), 500), "recorded_by_id": by.user_id,
        "recorded_at": at,
    }  # fmt: skip
    made = (
        TrialResult.objects.create(trial=scenarios.opportunity_rows(record).trial, **given)
        if isinstance(record, Opportunity)
        else ChallengeResult.objects.create(**given)
    )
    base.change(record, at=at)
    told = {"indicator": (None, row.name.zh), "value": (None, f"{taken.value} {row.unit}".strip())}
    journal.note(f"{record.kind}.measured", record, by=by, at=at, changes=told)
    return made


@atomic
def measure_all(
    record: Case, values: Mapping[int, Decimal], shared: Taken, *, by: Reader, at: datetime
) -> tuple[TrialResult | ChallengeResult, ...]:
    """Record the values of several indicators out of one test: its day, body and report are shared by all."""
    if not values:
        raise invalid("value", "Write at least one measured value.", "请至少填写一项检测值。")
    return tuple(
        measure(record, indicator, replace(shared, value=value), by=by, at=at) for indicator, value in values.items()
    )


def hand_in_results(
    record: Case, values: Mapping[int, Decimal], shared: Taken, *, by: Reader, at: datetime,
    file: BinaryIO | None = None, limit: int = 0,
) -> tuple[TrialResult | ChallengeResult, ...]:  # fmt: skip
    """Record a test with its report as a file (up to `limit` bytes), which is kept at the record first."""
    _may_measure(record, by)
    if file is not None:
        report = attach(record, file, file.name, limit=limit, by=by, at=at)
        shared = replace(shared, report=report)
    return measure_all(record, values, shared, by=by, at=at)


def _may_measure(record: Case, by: Reader) -> None:
    if isinstance(record, Opportunity):
        require(permissions.may_measure(by, record), Forbidden)
    else:
        require(permissions.may_measure_challenge(by, record), Forbidden)


def _indicator(record: Case, pk: int) -> models.Model:
    if isinstance(record, Opportunity):
        return scenarios.opportunity_indicator(record, pk)
    return scenarios.challenge_indicator(record, pk)


def _check(record: Case, taken: Taken, at: datetime) -> None:
    report = taken.report
    if not taken.value.is_finite() or abs(taken.value) >= LARGEST:
        raise invalid("value", "This value does not fit here.", "该检测值超出范围。")
    if taken.measured_on > timezone.localtime(at).date():
        raise invalid("measured_on", "A measurement does not lie in the future.", "检测日期不能晚于今天。")
    if report is not None and (report.subject_kind, report.subject_id) != (record.kind, record.pk):
        raise invalid("report", "Attach the report to this record first.", "请先将检测报告上传至本记录。")


@atomic
def ask_waiver(record: Case, indicator: int, *, reason: str, by: Reader, at: datetime) -> models.Model:
    """Ask that an indicator need not be met; a second person grants it."""
    _may_measure(record, by)
    row = _indicator(record, indicator)
    said = sound("reason", reason.strip(), 500)
    missing([("reason", said, Text("Write why it need not be met.", "请填写豁免理由。"))])
    if row.waived_at is not None:
        raise Refused(Text("This indicator is waived already.", "该指标已豁免。"))
    row.waiver_reason, row.waiver_asked_by_id, row.waiver_asked_at = said, by.user_id, at
    row.save(update_fields=["waiver_reason", "waiver_asked_by", "waiver_asked_at"])
    base.change(record, at=at)
    journal.note(f"{record.kind}.waiver_asked", record, by=by, at=at, changes={"indicator": (None, row.name.zh)})
    return row


@atomic
def settle_waiver(record: Case, indicator: int, *, is_granted: bool, by: Reader, at: datetime) -> models.Model:
    """Grant a waiver somebody else asked for, or refuse it."""
    row = _indicator(record, indicator)
    require(permissions.may_grant_waiver(by, row, parts(by, record)), Forbidden)
    _may_measure(record, by)
    if is_granted:
        row.waived_by_id, row.waived_at = by.user_id, at
    else:
        row.waiver_reason, row.waiver_asked_by_id, row.waiver_asked_at = "", None, None
    row.save(update_fields=["waived_by", "waived_at", "waiver_reason", "waiver_asked_by", "waiver_asked_at"])
    base.change(record, at=at)
    verb = "waiver_granted" if is_granted else "waiver_refused"
    journal.note(f"{record.kind}.{verb}", record, by=by, at=at, changes={"indicator": (None, row.name.zh)})
    return row
