"""What is like the record being written: shown while somebody types, or once before it is sent without a script."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.template.loader import render_to_string

from grandunion.terms.needs import NeedState
from grandunion.terms.text import Text
from grandunion.work.queries.matches.alike import alike

PART, LOOKED = "web/matches/alike.html", "looked"
LOOK_FIRST = Text(
    "Look first at what is like it, then send it again: nothing is saved yet.",
    "已有相似需求，请先确认；如仍需提交，请再次点击提交（目前尚未保存）。",
)


def like_it(kind: str, title: str, request: HttpRequest, but: str = "") -> Mapping[str, object]:
    """Records like the one with this title, and apart from them the needs like it that were solved."""
    rows = [(one, f"/w/{kind}s/{one.record.number}/") for one in alike(kind, title, request.reader, but=but)]
    solved = [row for row in rows if row[0].record.state == NeedState.CLOSED_SOLVED]
    return {"rows": [row for row in rows if row not in solved], "solved": solved}


def before_sending(request: HttpRequest, title: str, but: str = "") -> str:
    """The same as a fragment, for whom no script has shown it; empty once it was seen, or where nothing is like it."""
    if request.POST.get(LOOKED):
        return ""
    found = like_it("need", title, request, but)
    return render_to_string(PART, found, request) if found["rows"] or found["solved"] else ""
