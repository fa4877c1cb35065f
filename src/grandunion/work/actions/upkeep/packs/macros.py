"""The prepared replies of a pack, kept as it has them; the hub's own stay as they are."""

from datetime import datetime

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.service import PreparedReply
from grandunion.records.needs import Macro
from grandunion.records.parties import Organisation
from grandunion.terms.text import NOTHING
from grandunion.work.actions.upkeep.packs.organisations import NAMED
from grandunion.work.actions.upkeep.packs.tally import Tally
from grandunion.work.queries.lists import setting


def load_macros(pack: Pack, tally: Tally, *, at: datetime) -> None:
    """Keep the replies under their codes; a code that the hub has given itself stays the hub's."""
    known = {row.code: row for row in Macro.objects.all()}
    numbers = {code: kept["number"] for code, kept in (setting(NAMED) or {}).items()}
    rows = Organisation.objects.unscoped("the organisations a pack's prepared replies name")
    wanted = [numbers[one.organisation] for one in pack.desk.macros if one.organisation]
    organisations = {row.number: row for row in rows.filter(number__in=wanted)}
    for one in pack.desk.macros:
        if one.code in known and not known[one.code].is_of_pack:
            continue
        assignee = organisations.get(numbers.get(one.organisation, ""))
        identity = {"code": one.code, "is_of_pack": True, "created_at": at, "updated_at": at}
        tally.keep("macros", known, Macro, one.code, {**_values(one), "assignee": assignee}, **identity)


def _values(one: PreparedReply) -> dict[str, object]:
    text = one.text or NOTHING
    sets = {name: word.value for name in ("urgency",) if (word := getattr(one, name)) is not None}
    return {
        "name_zh": one.name.zh, "name_en": one.name.en, "category": one.category.value if one.category else "",
        "sets": {**sets, **({"take": True} if one.takes else {})}, "text_zh": text.zh, "text_en": text.en,
        "note_kind": one.note_kind.value if one.note_kind else "", "move": one.move,
    }  # fmt: skip
