"""The page on which a target is split among areas, districts, partners or years."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.targets.forms import PART, PartnersForm, split_form
from grandunion.interfaces.web.targets.views import HOME, crumbs, plain
from grandunion.terms.targets import SplitAlong, SplitMethod
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions.plans import splitting
from grandunion.work.permissions.plans import targets as permissions
from grandunion.work.queries import plans

TITLE = Text("Split the target", "分解目标")


@signed_in
def split(request: HttpRequest, number: str) -> HttpResponse:
    """Divide a target; `along` in the address says among whom."""
    target = plans.target(number, request.reader)
    require(permissions.may_split(request.reader, target), Forbidden)
    along = _along(request, target)
    form = _form(request, target, along)

    def save(values: dict) -> HttpResponse:
        given = _partners(str(values["partners"])) if along == SplitAlong.PARTNER else _parts(values)
        made = splitting.split(target, along=along, method=SplitMethod(values["method"]), given=given,
                               by=request.reader, at=request.at, version=values.get("version"))  # fmt: skip
        return done(request, f"{HOME}{number}/", Text(f"Split into {len(made)} parts.", f"已分解为 {len(made)} 项。"))

    ways = [(one.text, f"?along={one.value}", one == along) for one in SplitAlong]
    return saving(request, form, save, template="web/targets/split.html", title=TITLE, section="plans", ways=ways,
                  wanted=plans.wanted_of(target), unit=target.unit, crumbs=crumbs(target, TITLE),
                  cancel_url=f"{HOME}{number}/")  # fmt: skip


def _along(request: HttpRequest, target: object) -> SplitAlong:
    """What the address asks for, else how it is split already, else by areas."""
    asked = request.GET.get("along") or target.split_along
    return SplitAlong(asked) if SplitAlong.has(asked) else SplitAlong.AREA


def _form(request: HttpRequest, target: object, along: SplitAlong) -> Form:
    """The parts as they are, where it is split so already; else one for each, divided equally."""
    known = _known(target) if target.split_along == along else {}
    method = SplitMethod.MANUAL if known else SplitMethod.EQUAL
    begins = {"version": target.version, "method": method.value}
    if along == SplitAlong.PARTNER:
        told = "\n".join(f"{code} {plain(value)}" for code, value in known.items())
        return PartnersForm.of(request, partners=told, **begins)
    who = plans.who_may_carry(target, along)
    parts = {f"{PART}{code}": plain(known.get(code)) if known else 1 for code, _ in who}
    return split_form(who).of(request, **begins, **parts)


def _known(target: object) -> dict[str, Decimal]:
    """The parts there are by whose they are."""
    return {
        (one.area or one.region).code if one.area or one.region
        else one.partner.number if one.partner else str(one.deadline.year): one.value
        for one in plans.children(target)
    }  # fmt: skip


def _parts(values: Mapping[str, object]) -> list[tuple[str, Decimal | None]]:
    return [(name.removeprefix(PART), value) for name, value in values.items()
            if name.startswith(PART) and value is not None]  # fmt: skip


def _partners(written: str) -> list[tuple[str, Decimal | None]]:
    """A partner a line: the number and, where it has one, the weight or part."""
    found = []
    for line in written.splitlines():
        number, *rest = line.split()[:2] or [""]
        if not number:
            continue
        try:
            found.append((number, Decimal(rest[0]) if rest else None))
        except InvalidOperation as error:
            raise invalid("partners", f"“{rest[0]}” is no number.", f"“{rest[0]}”不是数字。") from error
    return found
