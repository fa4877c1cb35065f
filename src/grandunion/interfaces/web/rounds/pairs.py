"""The pairs of a round: the matrix with its warmth, the same as a table, and one pair with its reasons."""

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.rounds.forms import PairForm
from grandunion.interfaces.web.rounds.views import HOME, OPEN, crumbs, opened
from grandunion.terms.matches import Side
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.asking import questions
from grandunion.work.queries.matches.round_page import matrix, round_page, seat_of
from grandunion.work.queries.matches.round_pairs import behind

PAIRS = Text("Pairs", "配对")


@signed_in
def index(request: HttpRequest, number: str) -> HttpResponse:
    """Every pair: as a matrix whose cells lead to their reasons, or as a table, the best first."""
    round_ = matches.get_round(number, request.reader)
    require(permissions.may_read_all_meetings(request.reader, round_), Forbidden)
    found = round_page(round_, request.reader, is_desk=True)
    grid = matrix(found)
    is_table = request.GET.get("as") == "table"
    cells = [cell for _, row in grid for cell in row]
    may_run = bool(permissions.may_run_round(request.reader, round_))
    deeds = [Deed(f"{HOME}{number}/plan/", Text("Work out and assign", "计算配对并编排"), "route", method="post")]
    return page(
        request, "web/rounds/pairs.html", PAIRS, section="rounds", crumbs=crumbs(round_, PAIRS), number=number,
        subtitle=round_.title, actions=deeds if may_run and round_.state in OPEN else [], round=round_, grid=grid,
        across=[cell.offering for cell in grid[0][1]] if grid else [], is_table=is_table, may_run=may_run,
        lines=sorted((c for c in cells if c.row), key=lambda c: -c.row.value) if is_table else [],
        apart=[cell for cell in cells if cell.is_kept_apart],
    )  # fmt: skip


@signed_in
def pair(request: HttpRequest, number: str, pk: int, child: int) -> HttpResponse:
    """One pair: why it is worth what it is, and a ruling by hand."""
    round_ = opened(request, number)
    needing, offering = seat_of(round_, pk), seat_of(round_, child)
    if needing is None or offering is None or (needing.side, offering.side) != (Side.NEEDING, Side.OFFERING):
        raise Absent
    row = next((one for one in matches.pairings(round_) if (one.needing_id, one.offering_id) == (pk, child)), None)
    title = Text("{one} and {other}", "{one}与{other}").fill(
        one=matches.name_of(needing), other=matches.name_of(offering)
    )
    form = PairForm.of(request, ruling=str(row.ruling) if row else "0", reason="")

    def save(values: dict) -> HttpResponse:
        actions.rule_pair(round_, needing, offering, int(values["ruling"]), reason=str(values["reason"]),
                          by=request.reader, at=request.at)  # fmt: skip
        said = Text("Ruled. Assign anew, or repair, so that it counts.", "已指定。请重新编排或调整后生效。")
        return done(request, f"{HOME}{number}/pairs/", said)

    return saving(
        request, form, save, template="web/rounds/pair.html", title=title, section="rounds",
        crumbs=[*crumbs(round_, title)[:2], (PAIRS, f"{HOME}{number}/pairs/"), (title, "")], row=row, round=round_,
        cancel_url=f"{HOME}{number}/pairs/", percent=round(row.value * 100) if row else None,
        reasons=[matches.reason(part) for part in matches.kept_parts(row.parts)] if row else [],
        said=Text(row.reason_en, row.reason_zh) if row and (row.reason_en or row.reason_zh) else None,
        questions=questions(*behind(needing, offering), request.reader),
        may_settle=bool(permissions.may_settle_tie(request.reader)), next=f"{HOME}{number}/pairs/",
    )  # fmt: skip
