"""Saved searches of the portal: what each would find now, what is new of it, and the letters about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet

from grandunion.adapters.mail import Post, is_set_up
from grandunion.records.messages import Alert, AlertItem, Mail
from grandunion.terms.messages import AlertState
from grandunion.terms.readers import visitor
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.achievements.public import OFFERED
from grandunion.work.queries.base import Listing, Question
from grandunion.work.queries.base.listing import asked
from grandunion.work.queries.events.public import PUBLIC_EVENTS
from grandunion.work.queries.lists import hub
from grandunion.work.queries.matches.public import PUBLIC_OFFERS
from grandunion.work.queries.matches.seeking import query, seek
from grandunion.work.queries.needs.public import OPEN
from grandunion.work.queries.scenarios.public import OPEN_CAPABILITIES, OPEN_CHALLENGES, OPEN_SCENARIOS

SALT = "grandunion.portal.alert"
EVERY = timedelta(days=1)  # between two letters of one saved search
SHOWN = 20  # in one letter; the rest is a click away
# What can be followed: the portal's lists, by their place in its addresses.
SECTIONS: Mapping[str, Listing] = {
    "technologies": OFFERED,
    "offers": PUBLIC_OFFERS,
    "needs": OPEN,
    "events": PUBLIC_EVENTS,
    "scenarios": OPEN_SCENARIOS,
    "capabilities": OPEN_CAPABILITIES,
    "challenges": OPEN_CHALLENGES,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved search as the holder of its signed word reads it."""

    alert: Alert
    name: Text
    address: str

    @property
    def is_active(self) -> bool:
        return self.alert.state == AlertState.ACTIVE


def alerts() -> QuerySet[Alert]:
    """All saved searches, for the worker and for whoever holds the signed word of one."""
    return Alert.objects.unscoped("a saved search belongs to the address that confirmed it, and to no account")


def follows(code: str) -> bool:
    """Whether this list can be followed: the hub sends letters, and the list is one of the portal's."""
    return code in SECTIONS and is_set_up()


def section(code: str) -> Listing:
    """The list of this code; raises Absent where nothing can be followed."""
    if code not in SECTIONS:
        raise Absent
    return SECTIONS[code]


def newest(code: str, at: datetime, limit: int) -> list[tuple[str, Text, datetime]]:
    """What came last on a list, as number, title and the moment its record was begun."""
    rows = section(code).rows(visitor(at)).order_by("-pk")[:limit]
    return [(row.number, row.title, row.created_at) for row in rows]


def word_of(alert: Alert) -> str:
    """The signed word by which the address sees to its saved search."""
    return signing.dumps({"alert": alert.pk, "email": alert.email}, salt=SALT)


def kept(word: str) -> Kept:
    """The saved search of a signed word; Absent for a word the hub has not written, or one that was ended."""
    try:
        told = signing.loads(word, salt=SALT)
    except signing.BadSignature:
        raise Absent from None
    alert = alerts().filter(pk=told["alert"], email=told["email"]).first()
    if alert is None:
        raise Absent
    return Kept(alert, section(alert.section).name, address_of(alert))


def address_of(alert: Alert) -> str:
    """Where the search is made on the portal."""
    asked_for = {**({"q": alert.words} if alert.words else {}), **alert.narrowed}
    return f"/{alert.section}/{'?' + urlencode(asked_for) if asked_for else ''}"


def found(alert: Alert, at: datetime) -> list[int]:
    """The public records that answer the search now, the best first or, without words, the newest first.

    Relevant is what the portal's own search answers for the same words: it shares more than half of the telling
    words, has them under another name, or is near in meaning.
    """
    listing, reader = section(alert.section), visitor(at)
    question = Question.of(listing, {**alert.narrowed, "q": alert.words})
    rows = asked(listing, reader, replace(question, words=""))
    if question.words:
        return list(seek(rows, query(question.words)).ids)
    return list(rows.order_by("-pk").values_list("pk", flat=True))


def fresh(alert: Alert, at: datetime) -> list[int]:
    """What answers the search and was neither there when it was confirmed nor told since."""
    known = set(items(alert).values_list("subject_id", flat=True))
    return [pk for pk in found(alert, at) if pk not in known]


def items(alert: Alert) -> QuerySet[AlertItem]:
    """What a saved search has been answered by."""
    return AlertItem.objects.unscoped("what a saved search has told, so that nothing is told twice").filter(alert=alert)


def due(at: datetime) -> QuerySet[Alert]:
    """The confirmed searches that were not looked at for a day, the longest first."""
    rows = alerts().filter(state=AlertState.ACTIVE, looked_at__lte=at - EVERY)
    return rows.order_by("looked_at", "pk")


def composed(letter: Mail, at: datetime) -> Post | None:
    """The letter of a saved search as it may be sent now; None when nothing of it is public any more."""
    alert = letter.alert
    if alert.state == AlertState.UNCONFIRMED:
        return _post(letter, _asking(alert), with_end=False)
    told = _titles(alert, letter, at)
    return _post(letter, _telling(alert, told), with_end=True) if told else None


def _titles(alert: Alert, letter: Mail, at: datetime) -> list[tuple[str, Text]]:
    """Number and title of what the letter tells, as far as it is still public, in the order it was found."""
    order = list(items(alert).filter(mail=letter).order_by("pk").values_list("subject_id", flat=True))
    rows = {row.pk: row for row in section(alert.section).rows(visitor(at)).filter(pk__in=order)}
    return [(rows[pk].number, rows[pk].title) for pk in order if pk in rows]


def _name(alert: Alert) -> Text:
    name = section(alert.section).name
    return name if not alert.words else Text(f"{name.en}: “{alert.words}”", f"{name.zh}：“{alert.words}”")


def _asking(alert: Alert) -> tuple[Text, Text]:
    there = f"{settings.ADDRESS}/alerts/{word_of(alert)}/"
    subject = Text("Please confirm your saved search: {name}", "请确认订阅：{name}").fill(name=_name(alert))
    body = Text(
        f"Somebody, we hope you, asked us to write to this address when something new answers:\n{_name(alert).en}\n\n"
        f"To confirm, open this and press the button:\n{there}\n\n"
        "If it was not you, do nothing: without the button nothing is sent, and the address is forgotten in a week.\n",
        f"有人（应当是您）希望在以下内容有更新时收到邮件：\n{_name(alert).zh}\n\n请打开以下地址并点击按钮确认：\n{there}\n\n"
        "如非本人操作，请忽略此邮件：未确认前不会发送任何内容，该邮箱一周后即被删除。\n",
    )
    return subject, body


def _telling(alert: Alert, told: Sequence[tuple[str, Text]]) -> tuple[Text, Text]:
    place = f"{settings.ADDRESS}/{alert.section}/"
    lines = [(title, f"{place}{number}/") for number, title in told[:SHOWN]]
    more = f"{settings.ADDRESS}{address_of(alert)}"
    subject = Text("{count} new for your search: {name}", "您订阅的“{name}”有 {count} 项更新").fill(
        count=len(told), name=_name(alert)
    )
    body = Text(
        "\n\n".join(f"{title.en}\n{url}" for title, url in lines) + f"\n\nAll of it: {more}\n",
        "\n\n".join(f"{title.zh}\n{url}" for title, url in lines) + f"\n\n查看全部：{more}\n",
    )
    return subject, body


def _post(letter: Mail, said: tuple[Text, Text], *, with_end: bool) -> Post:
    alert = letter.alert
    subject, body = (text.in_(alert.language) for text in said)
    there = f"{settings.ADDRESS}/alerts/{word_of(alert)}/"
    headers: dict[str, str] = {}
    foot = Text(f"—\n{hub().name.en}\n", f"—\n{hub().name.zh}\n")
    if with_end:
        headers = {"List-Unsubscribe": f"<{there}end/>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        foot = Text(f"{foot.en}See it or end it: {there}\n", f"{foot.zh}查看或取消订阅：{there}\n")
    return Post(alert.email, subject, f"{body}\n{foot.in_(alert.language)}", letter.message_id, headers)
