"""The forms of a pack: a form that has changed is a new edition; returns keep the edition they were opened with."""

from datetime import datetime

from django.utils import timezone

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.returns import ReturnForm as PackForm
from grandunion.adapters.packs.returns import Returns
from grandunion.records.plans import ReturnForm
from grandunion.terms.returns import ReturnPeriod, span_of
from grandunion.work.actions.upkeep.packs.settings import plain
from grandunion.work.actions.upkeep.packs.tally import Tally

REMINDING = ("remind_before", "remind_every", "escalate_after", "correct_within")
OWN = ("code", "name", "reporter", "period", "since", "until", "verified_on")  # columns of their own


def load_returns(pack: Pack, tally: Tally, *, at: datetime) -> None:
    """Every form; one that the pack no longer has asks nobody any more."""
    known = {row.code: row for row in ReturnForm.objects.filter(is_current=True)}
    for position, one in enumerate(pack.returns.forms):
        _keep(one, position, pack.returns, known.pop(one.code, None), tally, at)
    for row in known.values():
        row.is_current = False
        row.save(update_fields=["is_current"])
        tally.changed["returns"] += 1


def _keep(one: PackForm, position: int, rules: Returns, row: ReturnForm | None, tally: Tally, at: datetime) -> None:
    values = {
        "name_zh": one.name.zh, "name_en": one.name.en, "reporter": one.reporter.value, "period": one.period.value,
        "ends_on": one.until, "position": position, "definition": _definition(one, rules),
        "verified_on": one.verified_on,
    }  # fmt: skip
    if row is None:
        # A hub that is new to a form is asked for the period that is running, and not for the past.
        running = span_of(ReturnPeriod(one.period), timezone.localtime(at).date()).starts_on
        ReturnForm.objects.create(code=one.code, starts_on=max(one.since, running), **values)
        tally.new["returns"] += 1
    elif all(getattr(row, name) == value for name, value in values.items()):
        tally.same["returns"] += 1
    else:
        row.is_current = False
        row.save(update_fields=["is_current"])
        ReturnForm.objects.create(code=one.code, edition=row.edition + 1, starts_on=row.starts_on, **values)
        tally.changed["returns"] += 1


def _definition(one: PackForm, rules: Returns) -> dict[str, object]:
    """Schedule, reminders, instructions and fields as JSON keeps them."""
    told = {key: value for key, value in plain(one).items() if key.removesuffix("_zh").removesuffix("_en") not in OWN}
    return {**told, **{name: plain(getattr(rules, name)) for name in REMINDING}}
