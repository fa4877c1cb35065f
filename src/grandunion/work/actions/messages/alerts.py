"""Saved searches of the portal: begun, confirmed by letter, answered by letter once a day, ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.core.validators import validate_email

from grandunion.adapters import mail
from grandunion.records.messages import Alert, AlertItem, Mail
from grandunion.terms.messages import AlertState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.queries.base import Question
from grandunion.work.queries.messages import alerts as queries

FORGOTTEN_AFTER = timedelta(days=7)
MOST, WAITING = 20, 3  # saved searches of one address; and of those, unconfirmed
AGAIN_AFTER = timedelta(hours=1)  # the letter that asks is written once more


@atomic
def begin(
    section: str, words: str, narrowed: Mapping[str, str], *, email: str, language: str, by: Reader, at: datetime
) -> Alert:
    """Keep a search for an address and write to it; nothing else is sent before the address confirms it.

    The same search of the same address is kept once. Raises Absent for what cannot be followed, and Refused where the
    hub sends no letters.
    """
    if not mail.is_set_up():
        raise Refused(Text("This hub sends no letters yet.", "本平台尚未开通邮件发送。"))
    validate_email(email)
    listing = queries.section(section)
    question = Question.of(listing, {**narrowed, "q": words})
    chosen = {
        code: value for code, value in narrowed.items() if value and code in {one.code for one in listing.filters}
    }
    rows = queries.alerts().filter(email__iexact=email)
    same = rows.filter(section=section, words=question.words[:200], narrowed=chosen).first()
    if same is not None:
        if same.state == AlertState.UNCONFIRMED and at - same.created_at >= AGAIN_AFTER:
            _letter(same, f"confirm:{at:%Y%m%d%H}", at)
        return same
    if rows.count() >= MOST or rows.filter(state=AlertState.UNCONFIRMED).count() >= WAITING:
        raise Refused(
            Text(
                "Too many searches wait for this address: open the letters it has got, or end a search.",
                "该邮箱待确认或已有的订阅过多，请先打开已收到的邮件，或取消部分订阅。",
            )
        )
    made = Alert.objects.create(
        email=email, language=language, section=section, words=question.words[:200], narrowed=chosen, created_at=at
    )
    _letter(made, "confirm", at)
    journal.note("alert.begun", made, by=by, at=at)
    return made


@atomic
def confirm(alert: Alert, *, by: Reader, at: datetime) -> None:
    """From now on the address is told what is new; what answers the search today counts as known."""
    held = queries.alerts().select_for_update(of=("self",)).get(pk=alert.pk)
    if held.state == AlertState.ACTIVE:
        return
    _known(held, queries.fresh(held, at), None)
    queries.alerts().filter(pk=held.pk).update(state=AlertState.ACTIVE, looked_at=at)
    journal.note("alert.confirmed", held, by=by, at=at)


@atomic
def end(alert: Alert, *, by: Reader, at: datetime) -> None:
    """Write no more about this search, and forget the address."""
    journal.note("alert.ended", alert, by=by, at=at)
    queries.alerts().filter(pk=alert.pk).delete()


def run_due(by: Reader, at: datetime, limit: int = 50) -> int:
    """Look once a day whether something new answers each confirmed search; forget what was never confirmed."""
    stale = queries.alerts().filter(state=AlertState.UNCONFIRMED, created_at__lte=at - FORGOTTEN_AFTER)
    gone = stale.delete()[0] if stale.exists() else 0
    return gone + sum(_look(alert, at) for alert in list(queries.due(at)[:limit]))


@atomic
def _look(alert: Alert, at: datetime) -> bool:
    """One letter about all that is new, written in the same transaction as what has been told."""
    held = queries.alerts().select_for_update(of=("self",)).filter(pk=alert.pk, looked_at=alert.looked_at).first()
    if held is None:
        return False
    new = queries.fresh(held, at)
    queries.alerts().filter(pk=held.pk).update(looked_at=at)
    if new:
        _known(held, new, _letter(held, f"{at:%Y%m%d%H%M%S}", at))
    return True


def _known(alert: Alert, ids: Sequence[int], letter: Mail | None) -> None:
    AlertItem.objects.bulk_create([AlertItem(alert=alert, subject_id=pk, mail=letter) for pk in ids])


def _letter(alert: Alert, what: str, at: datetime) -> Mail:
    rows = Mail.objects.unscoped("a letter of a saved search is written once")
    fresh = {"message_id": mail.new_message_id(), "address": alert.email, "alert": alert, "made_at": at, "due_at": at}
    return rows.get_or_create(key=f"alert:{alert.pk}:{what}", defaults=fresh)[0]
