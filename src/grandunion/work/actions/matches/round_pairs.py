"""What the pairs of a round are worth: worked out for all, ruled by hand for some."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from grandunion.engines.matching import Ruling, Score, sign
from grandunion.records.matches import Pairing, Participant, Round
from grandunion.terms.matches import Market, Side
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.rounds import may_plan
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_pairs import asking_of, subject_of, ties_between

UNKNOWN = Decimal("0.5")  # what a pair is worth of which nothing can be compared
LONGEST = 500


@atomic
def compute_pairs(round_: Round, *, by: Reader, at: datetime) -> int:
    """Work out what each pair is worth and which may not meet; what was ruled by hand stays. Answers how many."""
    may_plan(round_, by)
    rows = Pairing.objects.unscoped("pairs of a round are worked out anew by whoever runs it").filter(round=round_)
    by_hand = set(rows.filter(is_by_hand=True).values_list("needing", "offering"))
    rows.filter(is_by_hand=False).delete()
    sides = {side: [p for p in matches.participants(round_, side) if p.cancelled_at is None] for side in Side}
    tied = ties_between(sides[Side.NEEDING], sides[Side.OFFERING], at.date())
    made = [
        row
        for needing in sides[Side.NEEDING]
        for row in _paired(round_, needing, sides[Side.OFFERING], tied, by)
        if (row.needing_id, row.offering_id) not in by_hand
    ]
    Pairing.objects.bulk_create(made)
    base.change(round_, at=at)
    journal.note("round.paired", round_, by=by, at=at, changes={"pairs": (None, len(made))})
    return len(made) + len(by_hand)


def _paired(
    round_: Round, needing: Participant, offering: Sequence[Participant],
    tied: Mapping[tuple[int, int], tuple[Ruling, ...]], by: Reader,
) -> list[Pairing]:  # fmt: skip
    """One of the needing side with everybody of the offering side."""
    scores = _scores(round_, needing, offering, by)
    return [_pairing(round_, needing, one, scores.get(one.pk), tied.get((needing.pk, one.pk), ())) for one in offering]


def _scores(round_: Round, needing: Participant, offering: Sequence[Participant], by: Reader) -> dict[int, Score]:
    """How what each brings answers the need, as far as there is something to compare."""
    subjects = {one.pk: subject for one in offering if (subject := subject_of(one)) is not None}
    asking = asking_of(needing)
    if asking is None or not subjects:
        return {}
    found = matches.compared(asking, subjects.values(), by, Market(round_.market))
    by_key = {(subject.kind, subject.pk): score for subject, score in found}
    return {pk: by_key[subject.kind, subject.pk] for pk, subject in subjects.items()}


def _pairing(
    round_: Round, needing: Participant, offering: Participant, score: Score | None, ties: tuple[Ruling, ...]
) -> Pairing:
    rulings = (*score.rulings, *(one for one in ties if one not in score.rulings)) if score is not None else ties
    reason = _reason(rulings)
    values = {"value": UNKNOWN} if score is None else {
        "value": score.value, "confidence": score.confidence, "parts": matches.kept(score.parts),
    }  # fmt: skip
    return Pairing(
        round=round_, needing=needing, offering=offering, ruling=sign(rulings), reason_en=reason.en[:LONGEST],
        reason_zh=reason.zh[:LONGEST], **values,
    )  # fmt: skip


def _reason(rulings: tuple[Ruling, ...]) -> Text:
    """Why a pair is kept apart or set down; what nobody has confirmed asks to be confirmed."""
    first = next((one for one in rulings if one.sign < 0), None) or next(iter(rulings), None)
    if first is None:
        return NOTHING
    return first.reason if first.asks is None else Text(f"{first.reason.en} {first.asks.en}",
                                                        f"{first.reason.zh}{first.asks.zh}")  # fmt: skip


@atomic
def rule_pair(
    round_: Round, needing: Participant, offering: Participant, ruling: int, *, reason: str, by: Reader, at: datetime
) -> Pairing:
    """Say by hand that two may not meet (−1), may (0) or must (+1), with the reason."""
    require(permissions.may_run_round(by, round_), Forbidden)
    said = sound("reason", reason.strip(), LONGEST)
    if not said or ruling not in (-1, 0, 1):
        raise invalid("reason", "Say whether they meet, and why.", "请选择是否安排会谈并说明理由。")
    rows = Pairing.objects.unscoped("a pair of a round is ruled by whoever runs it")
    given = {"ruling": ruling, "reason_en": said, "reason_zh": said, "is_by_hand": True}
    row, _ = rows.update_or_create(
        round=round_, needing=needing, offering=offering, defaults=given, create_defaults={**given, "value": UNKNOWN}
    )
    base.change(round_, at=at)
    journal.note("round.ruled", round_, by=by, at=at, changes={"ruling": (None, ruling)})
    return row
