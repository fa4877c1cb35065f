"""Everything that can be done to a published figure: entered, confirmed by a second person, sent back, imported."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from grandunion.engines.flows.claims import CLAIM_FLOW
from grandunion.records.plans import Claim, SourceDocument
from grandunion.terms.claims import Language
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.permissions.plans import claims as permissions
from grandunion.work.queries.base.sheets import at_row
from grandunion.work.queries.journal import submitted
from grandunion.work.queries.lists import term
from grandunion.work.queries.plans import claim_columns, indicator, period

Values = Mapping[str, object]
Rows = Sequence[tuple[int, Mapping[str, str]]]
TEXTS = ("unit_zh", "unit_en", "wording_zh", "wording_en", "place", "thing", "stage", "medium", "abroad", "whole")


@atomic
def enter(values: Values, *, by: Reader, at: datetime, submission: str = "") -> Claim:
    """Enter a published figure as it was published; it counts once somebody else has confirmed it."""
    require(permissions.may_enter(by), Forbidden)
    before = submitted(submission, Claim.kind)
    if before is not None:
        return Claim.objects.get(pk=before)
    given = _clean(values)
    code = lists.next_numbers("CLM", at.year)[0]
    made = Claim.objects.create(code=code, state=CLAIM_FLOW.initial, state_at=at, entered_by_id=by.user_id, **given)
    journal.step(CLAIM_FLOW.code, made, source="", target=made.state, by=by, at=at)
    told = {name: (None, value) for name, value in given.items() if value not in (None, "")}
    journal.note("claim.entered", made, by=by, at=at, changes=told)
    journal.keep_submission(submission, made, at)
    return made


def _clean(values: Values) -> dict[str, object]:
    """The values of a form or a row as the table takes them."""
    source = SourceDocument.objects.filter(code=str(values.get("source") or "")).first()
    if source is None:
        raise invalid("source", "Choose the document it stands in.", "请选择数据所在的文件。")
    written, day = str(values.get("period") or "").strip(), values.get("as_of")
    if bool(written) == bool(day):
        raise invalid("period", "Give either a period like 2023 or 2023-H1, or the day as of which it holds.",
                      "请填写统计期（如 2023、2023-H1）或截至日期，二者择一。")  # fmt: skip
    if written and period(written) is None:
        raise invalid("period", f"“{written}” is no period. Write 2023, 2023-H1, 2023-Q2 or 2023-05.",
                      f"“{written}”不是统计期，请写成 2023、2023-H1、2023-Q2 或 2023-05。")  # fmt: skip
    _known(Scope, "level", values), _known(Qualifier, "qualifier", values)
    if values.get("value") is None:
        raise invalid("value", "Write the number as it was published.", "请按原文填写数值。")
    return {
        "indicator": indicator(str(values["indicator"])), "source": source, "level": str(values["level"]),
        "area": term("areas", str(values.get("area") or ""), "area"), "qualifier": str(values["qualifier"]),
        "value": values["value"], "period": written, "as_of": day or None,
        "original": str(values.get("original") or Language.BOTH.value),
        **{name: str(values.get(name) or "") for name in TEXTS},
    }  # fmt: skip


def _known(words: type, name: str, values: Values) -> None:
    if not words.has(str(values.get(name) or "")):
        raise invalid(name, f"Write one of: {', '.join(words.codes())}.", f"请填写：{'、'.join(words.codes())}。")


@atomic
def edit(claim: Claim, values: Values, *, by: Reader, at: datetime, version: int | None = None) -> Claim:
    """Correct a figure that is not confirmed; whoever corrects it does not confirm it."""
    require(permissions.may_edit(by, claim), Forbidden)
    changes = base.change(claim, at=at, version=version, **_clean(values), entered_by_id=by.user_id)
    journal.note("claim.changed", claim, by=by, at=at, changes=changes)
    return claim


@atomic
def move(claim: Claim, deed: str, *, by: Reader, at: datetime, reason: str = "", version: int | None = None) -> Claim:
    """Confirm a figure, send it back, or submit it again."""
    stand = permissions.standing(by, claim)
    given = {
        "confirm": {"confirmed_by_id": by.user_id, "verified_on": at.date()},
        "enter_again": {"entered_by_id": by.user_id},
    }.get(deed, {})
    source = claim.state
    changes = base.move(claim, CLAIM_FLOW, deed, stand, by=by, at=at, reason=reason, version=version, **given)
    told = {**changes, "state": (source, claim.state), **({"reason": (None, reason)} if reason else {})}
    journal.note(f"claim.{deed}", claim, by=by, at=at, changes=told)
    return claim


@atomic
def take_in(rows: Rows, *, by: Reader, at: datetime) -> int:
    """Enter published figures out of a table: all of it, or nothing with every faulty row named."""
    require(permissions.may_enter(by), Forbidden)
    problems: list[Problem] = []
    for number, row in rows:
        try:
            enter(claim_columns.read(row), by=by, at=at)
        except Refused as refused:
            found = refused.problems or (Problem("file", refused.reason),)
            problems += [Problem(one_.field, at_row(number, one_.text), number) for one_ in found]
    if problems:
        raise Invalid(*problems)
    return len(rows)
