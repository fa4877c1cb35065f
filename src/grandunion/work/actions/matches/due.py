"""What the clock does to matches: invitations end with their scenario, and who is waited for is reminded once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from grandunion.engines.flows import MATCH_FLOW
from grandunion.records.journal import Entry
from grandunion.records.matches import Match
from grandunion.terms.matches import MatchState as S
from grandunion.terms.matches import Side
from grandunion.terms.readers import Reader
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches import inviting, topics
from grandunion.work.queries.lists import working_calendar

ANSWER, CONSENT, FOLLOW_UP = "match.answer_due", "match.consent_due", "match.follow_up_due"
VERBS = {
    S.SENT: ANSWER, S.VIEWED: ANSWER, S.INTERESTED: CONSENT, S.INTRODUCED: FOLLOW_UP, S.MEETING: FOLLOW_UP,
    S.NEGOTIATING: FOLLOW_UP,
}  # fmt: skip
LOOKED_AT = 2000


def run_due(by: Reader, at: datetime, limit: int = 200) -> int:
    """Learn topics where it is time, end invitations that are over, then note what waits too long; answers how many.

    The oldest come first. An answer and a consent are waited for since the match came into its state; the next step
    after an introduction since anything last happened. Each is said once; whatever happens begins its time anew.
    """
    learnt, ended = topics.run_due(by, at), inviting.end_due(by, at, limit)
    found = sorted(_waiting(at), key=lambda one: (one[0], one[1].pk))[: limit - ended]
    for moment, match in found:
        _note(match, moment, by=by, at=at)
    return learnt + ended + len(found)


def _waiting(at: datetime) -> Iterator[tuple[datetime, Match]]:
    rows = Match.objects.unscoped("the clock looks at every match somebody is waited for")
    rows = list(
        rows.filter(state__in=VERBS, state_at__lte=at - timedelta(days=1)).order_by("state_at", "pk")[:LOOKED_AT]
    )
    said, calendar = _said([row.pk for row in rows]), working_calendar() if rows else None
    for row in rows:
        verb = VERBS[S(row.state)]
        since = max(row.state_at, row.updated_at) if verb == FOLLOW_UP else row.state_at
        if said.get((verb, row.pk), since) > since:
            continue
        moment = calendar.due(since, MATCH_FLOW.state(row.state).clock)
        if moment is not None and moment <= at:
            yield moment, row


def _said(ids: list[int]) -> dict[tuple[str, int], datetime]:
    """When each was last told of."""
    rows = Entry.objects.filter(subject_kind=Match.kind, subject_id__in=ids, verb__in=set(VERBS.values()))
    return {(verb, pk): moment for verb, pk, moment in rows.order_by("seq").values_list("verb", "subject_id", "at")}


@atomic
def _note(match: Match, moment: datetime, *, by: Reader, at: datetime) -> None:
    owing = [
        side.value for side, accepted_at in
        ((Side.OFFERING, match.offering_accepted_at), (Side.NEEDING, match.needing_accepted_at)) if accepted_at is None
    ]  # fmt: skip
    journal.note(VERBS[S(match.state)], match, by=by, at=at, changes={"due_at": (None, moment), "sides": (None, owing)})
