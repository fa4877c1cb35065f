"""Keeps what somebody has typed into a form of a need and not sent, so that no crash and no other machine loses it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from grandunion.records.needs import Need
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, invalid
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties.values import sound
from grandunion.work.queries.needs.unsent import FORM, WORDY, unsent_of

LONGEST = 40_000  # characters of all fields together
MOST_FIELDS, MOST_FORMS = 40, 40
KEPT_FOR = timedelta(days=90)
SKIPPED = frozenset({"csrfmiddlewaretoken", "submission", "version"})


@atomic
def keep_unsent(need: Need, form: str, answers: Mapping[str, str], *, by: Reader, at: datetime) -> None:
    """Keep what stands in one of the forms of a need the reader has opened; an empty form is forgotten."""
    if not by.is_signed_in:
        raise Forbidden(Text("Sign in: what you type is kept for you.", "请登录后填写，以便为您暂存内容。"))
    if not FORM.fullmatch(form):
        raise invalid("form", f"“{form}” is not a form that is kept.", f"“{form}”不是可暂存的表单。")
    kept = {name[:60]: str(value) for name, value in answers.items() if name not in SKIPPED}
    if len(kept) > MOST_FIELDS or sum(map(len, kept.values())) > LONGEST:
        raise invalid("text", f"At most {LONGEST} characters are kept.", f"最多暂存 {LONGEST} 个字符。")
    for name, value in kept.items():
        sound(name, value)
    if not any(value.strip() for name, value in kept.items() if name in WORDY):
        forget(need, form, by=by)
        return
    unsent_of(by).filter(at__lt=at - KEPT_FOR).delete()
    if unsent_of(by).filter(need=need).exclude(form=form).count() >= MOST_FORMS:
        raise invalid("form", "Send or empty some of what you have begun here first.", "请先提交或清空部分暂存内容。")
    unsent_of(by).update_or_create(user_id=by.user_id, need=need, form=form, defaults={"answers": kept, "at": at})


def forget(need: Need, form: str, *, by: Reader) -> None:
    """What was sent is no longer kept as unsent."""
    if by.is_signed_in:
        unsent_of(by).filter(need=need, form=form).delete()
