"""Public forms that are not handed in: which are to be reminded of, and the letter that leads back to one."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet

from grandunion.adapters.mail import Post
from grandunion.records.documents import Draft
from grandunion.records.messages import Mail
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.documents import KEPT_FOR
from grandunion.work.queries.lists import hub

SALT = "grandunion.portal.draft"
AFTER = timedelta(days=1)  # since something was last typed
SUBJECT = Text("Your form is not handed in yet", "您的表单尚未提交")
BODY = Text(
    "You began a form and did not hand it in. What you wrote is kept for ninety days.\n\n"
    "To go on where you stopped, open this and press the button:\n{there}\n\n"
    "If you do not want to, do nothing: we remind you this once.",
    "您填写了表单但尚未提交，已填内容保留九十天。\n\n如需继续，请打开以下地址并点击按钮：\n{there}\n\n"
    "如无需继续，请忽略此邮件；我们只提醒这一次。",
)


def waiting(at: datetime) -> QuerySet[Draft]:
    """The public forms left alone for a day, of which nobody was reminded; the longest left first."""
    rows = Draft.objects.unscoped("who left a public form with an address is reminded of it once")
    left = rows.filter(became="", user=None, reminded_at=None, saved_at__lte=at - AFTER, saved_at__gt=at - KEPT_FOR)
    return left.order_by("saved_at", "pk")


def address_in(draft: Draft) -> str:
    """The mail address that somebody left at the first step; empty where there is none."""
    return str(draft.answers.get("contact", {}).get("contact_email", "")).strip()


def composed(letter: Mail) -> Post | None:
    """The one letter about a form; None once it is handed in, or gone."""
    if letter.draft.became:
        return None
    there = f"{settings.ADDRESS}/resume/{signing.dumps({'draft': letter.draft_id}, salt=SALT)}/"
    said, name = BODY.fill(there=there), hub().name
    body = f"{said.zh}\n\n{said.en}\n\n—\n{name.zh} {name.en}\n"  # nobody asked which language they read
    return Post(letter.address, f"{SUBJECT.zh} · {SUBJECT.en}", body, letter.message_id)


def resumed(word: str, at: datetime) -> Draft:
    """The form of a signed word; Absent for one that the hub has not written, was handed in, or is gone."""
    try:
        told = signing.loads(word, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        raise Absent from None
    rows = Draft.objects.unscoped("the holder of the letter's word opens the form it is about")
    found = rows.filter(pk=told["draft"], became="", saved_at__gt=at - KEPT_FOR).first()
    if found is None:
        raise Absent
    return found
