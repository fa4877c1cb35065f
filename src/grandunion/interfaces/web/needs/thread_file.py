"""The whole conversation of a need as a file: spreadsheet, CSV or JSON, as deep as its reader hears it."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.records import worded
from grandunion.interfaces.kit.sheets import WRITERS
from grandunion.interfaces.kit.tags import moment, said
from grandunion.interfaces.web.needs.thread import Entry, entries
from grandunion.interfaces.web.needs.views import WORDS
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import journal, needs

ALL = 10_000
HEADS = (
    Text("When", "时间"), Text("Kind", "类型"), Text("Who", "人员"), Text("What", "事项"), Text("Words", "内容"),
    Text("Files", "附件"), Text("Need", "需求"),
)  # fmt: skip


@signed_in
def export(request: HttpRequest, number: str) -> HttpResponse:
    """The thread of a need, ?format=xlsx, csv or json; the oldest first."""
    need = needs.get(number, request.reader)
    wanted = request.GET.get("format", "xlsx")
    if wanted not in (*WRITERS, "json"):
        raise Absent
    depth = clearance(request.reader, need)
    page = needs.page(need, request.reader, depth)
    lines = [line for line in journal.timeline(need, depth, ALL) if not line.verb.startswith("access.")]
    found = entries(request, need, worded(lines, WORDS), page.callbacks, ALL)[::-1]
    if wanted == "json":
        rows = [dict(zip(KEYS, _row(entry, number), strict=True)) for entry in found]
        answer = JsonResponse({"number": number, "title": said(need.title), "items": rows})
        answer["Content-Disposition"] = f'attachment; filename="{number}.json"'
        return answer
    return WRITERS[wanted](number, _rows(found, number))


KEYS = ("at", "part", "who", "what", "words", "files", "need")


def _rows(found: list[Entry], number: str) -> Iterator[tuple[str, ...]]:
    yield tuple(said(head) for head in HEADS)
    for entry in found:
        yield _row(entry, number)


def _row(entry: Entry, number: str) -> tuple[str, ...]:
    note = entry.note.note if entry.note else None
    changed = "; ".join(f"{said(label)}: {said(value)}" for label, value in entry.details)
    files = ", ".join(name for name, _, _ in entry.files)
    about = (entry.note.need_number if entry.note else "") or number
    words = note.text if note else entry.words or changed
    return moment(entry.at), entry.part, said(entry.who), said(entry.text), words, files, about
