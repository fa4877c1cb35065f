"""Takes a spreadsheet of ties in: new ones declared, those on record settled or ended, all of it or nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from grandunion.records.matches import Tie
from grandunion.records.parties import Organisation, Person
from grandunion.terms.matches import TieKind, TieState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Absent, Invalid, Problem, Refused, invalid
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.ties import declare_tie, end_tie, settle_tie
from grandunion.work.queries.matches.ties import get_tie, known_tie, party_called, state_of

Row = Mapping[str, str]
DECLARED, SETTLED, ENDED, UNCHANGED = "declared", "settled", "ended", "unchanged"


@atomic
def import_ties(rows: Iterable[tuple[int, Row]], *, by: Reader, at: datetime) -> Counter:
    """Bring ties in, each row with its place in the file; answers how many were declared, settled, ended, unchanged.

    A row with a number is of a tie on record: only its state is taken. Raises Invalid with every fault and its row,
    and keeps nothing then.
    """
    done, problems = Counter(), []
    for place, row in rows:
        try:
            done[_brought(row, by, at)] += 1
        except Refused as refused:
            found = refused.problems or (Problem("file", refused.reason),)
            problems += [Problem(one.field, one.text, place) for one in found]
    if problems:
        raise Invalid(*problems)
    if not done:
        raise invalid("file", "The file has no rows.", "文件中没有数据行。")
    return done


def _brought(row: Row, by: Reader, at: datetime) -> str:
    wanted = _word(TieState, "state", row.get("state", "")) or TieState.WAITING
    if row.get("number"):
        return _brought_to(_there(row["number"], by), wanted, row.get("reason", ""), by, at)
    one, other = (_party(name, row.get(name, ""), by) for name in ("one", "other"))
    kind = _word(TieKind, "kind", row.get("kind", ""))
    if kind is None:
        raise invalid("kind", "Say which kind of tie it is.", "请填写关联类型。")
    if (known := known_tie(one, other, kind, by)) is not None:
        return _brought_to(known, wanted, row.get("reason", ""), by, at)
    is_sure = True if wanted is TieState.STANDS and not row.get("reason") else None
    made = declare_tie(one, other, kind, source=row.get("source", ""), is_confirmed=is_sure, by=by, at=at)
    _brought_to(made, wanted, row.get("reason", ""), by, at)
    return DECLARED


def _brought_to(tie: Tie, wanted: TieState, reason: str, by: Reader, at: datetime) -> str:
    """Bring a tie into the state of its row; what waits in the file is left as the desk has found it since."""
    if wanted in (TieState.WAITING, state_of(tie)):
        return UNCHANGED
    if wanted is TieState.ENDED:
        end_tie(tie, by=by, at=at)
        return ENDED
    settle_tie(tie, stands=wanted is TieState.STANDS, reason=reason, by=by, at=at)
    return SETTLED


def _there(number: str, by: Reader) -> Tie:
    try:
        return get_tie(number.upper(), by)
    except Absent as absent:
        raise invalid("number", f"There is no tie “{number}” here.", f"未找到关联关系“{number}”。") from absent


def _party(name: str, written: str, by: Reader) -> Organisation | Person:
    found = party_called(written, by) if written and written.isprintable() else None
    if found is None:
        raise invalid(name, f"There is no “{written}” here, or several: write the number.",
                      f"未找到“{written}”，或有多条同名记录，请填写编号。")  # fmt: skip
    return found


def _word(words: type[Word], name: str, written: str) -> Word | None:
    """A word by its code or as either language writes it; None where nothing is written."""
    if not written:
        return None
    sought = written.casefold()
    found = next((one for one in words if sought in (one.value, one.text.en.casefold(), one.text.zh)), None)
    if found is None:
        names = [Text(one.text.en, one.text.zh) for one in words]
        raise invalid(name, f"“{written}” is not one of: {', '.join(one.en for one in names)}.",
                      f"“{written}”不在可选范围：{'、'.join(one.zh for one in names)}。")  # fmt: skip
    return found
