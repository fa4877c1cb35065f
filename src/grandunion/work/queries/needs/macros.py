"""Prepared replies: which there are, for which needs, and what their text says of one need."""

import re
from collections.abc import Collection

from django.db.models import Q, QuerySet

from grandunion.records.needs import Macro, Need
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.base import one
from grandunion.work.queries.lists import hub
from grandunion.work.queries.needs.deadlines import said
from grandunion.work.queries.needs.rows import assignments

CODE = re.compile(r"[a-z][a-z0-9_]{1,59}")
PLACE = re.compile(r"\{([a-z_]{1,20})\}")
# What a place in the text of a prepared reply is filled with.
PLACES = {
    "number": Text("The need's number", "需求编号"),
    "title": Text("Its title", "需求标题"),
    "contact": Text("The contact's name", "联系人姓名"),
    "applicant": Text("The organisation that asks", "提出单位"),
    "office": Text("Who answers", "承办单位"),
    "due": Text("When it is due", "办理期限"),
    "officer": Text("Whoever uses the reply", "经办人姓名"),
    "hub": Text("The hub's name", "平台名称"),
}


def macros(*, with_retired: bool = False) -> QuerySet[Macro]:
    """All prepared replies, the hub's own first."""
    rows = Macro.objects.select_related("assignee").order_by("is_of_pack", "code")
    return rows if with_retired else rows.filter(retired_on=None)


def macros_for(categories: Collection[str]) -> list[Macro]:
    """The prepared replies that fit needs of all these categories."""
    fitting = Q(category="")
    if len(set(categories)) == 1:
        fitting |= Q(category=next(iter(categories)))
    return list(macros().filter(fitting))


def macro(code: str) -> Macro:
    """One prepared reply by its code; raises Absent."""
    return one(Macro.objects.select_related("assignee"), code=code)


def unknown_places(text: str) -> list[str]:
    """The places of a text that nothing fills."""
    return sorted({name for name in PLACE.findall(text) if name not in PLACES})


def filled(found: Macro, need: Need, reader: Reader) -> str:
    """The reply's text about this need, in the language the need is written in, where the reply has it."""
    is_zh = bool(need.title_zh) if found.text_zh and found.text_en else bool(found.text_zh)
    words = found.text_zh if is_zh else found.text_en
    if not PLACE.search(words):
        return words
    values = _values(found, need, reader)
    return PLACE.sub(lambda match: _in(values.get(match[1], match[0]), is_zh), words)


def _values(found: Macro, need: Need, reader: Reader) -> dict[str, Text | str]:
    who = [row.organisation.name for row in assignments(need) if row.organisation]
    office = found.assignee.name if found.assignee else who[-1] if who else ""
    due = said(need.due_at, reader.at)
    return {
        "number": need.number, "title": need.title, "contact": need.contact_name, "officer": reader.called,
        "applicant": need.owner.name if need.owner else need.applicant_name, "office": office, "due": due or "",
        "hub": hub().name,
    }  # fmt: skip


def _in(value: Text | str, is_zh: bool) -> str:
    return value.in_("zh" if is_zh else "en") if isinstance(value, Text) else str(value)
