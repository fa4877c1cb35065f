"""The lists and areas of a pack as reference terms."""

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.sections import AreaStatus, ListTerm
from grandunion.records.lists import Term
from grandunion.records.spaces import Area
from grandunion.terms.text import NOTHING
from grandunion.work.actions.upkeep.packs.settings import plain
from grandunion.work.actions.upkeep.packs.tally import Tally

Known = dict[str, Term]


def load_lists(pack: Pack, tally: Tally) -> None:
    """Every list of the pack; a term that the pack no longer has stays, for records point to it."""
    for found in pack.lists:
        known = known_terms(found.code)
        for position, term in enumerate(found.terms):
            tally.keep(f"lists/{found.code}", known, Term, term.code, _values(term, position, known),
                       list=found.code, code=term.code)  # fmt: skip


def known_terms(list_code: str) -> Known:
    """The terms of a list that the hub has, by code."""
    return {term.code: term for term in Term.objects.filter(list=list_code)}


def _values(term: ListTerm, position: int, known: Known) -> dict[str, object]:
    details = {}
    if term.issuer is not None:
        details = {"issuer_zh": term.issuer.zh, "issuer_en": term.issuer.en}
    if term.year is not None:
        details["year"] = term.year
    if term.questions:
        details["questions"] = plain(term.questions)
    return {
        "name_zh": term.name.zh, "name_en": term.name.en, "help_zh": (term.help or NOTHING).zh,
        "help_en": (term.help or NOTHING).en, "parent": known.get(term.parent) if term.parent else None,
        "position": position, "retired_on": term.retired_on, "source": term.source,
        "verified_on": term.verified_on, "details": details,
    }  # fmt: skip


def load_areas(pack: Pack, tally: Tally) -> None:
    """The areas of the hub: a term each, and what is known of it."""
    known, districts = known_terms("areas"), known_terms("regions")
    kept = {area.term.code: area for area in Area.objects.select_related("term")}
    for position, area in enumerate(pack.areas):
        summary = area.summary or NOTHING
        term = tally.keep(
            "areas", known, Term, area.code,
            {"name_zh": area.name.zh, "name_en": area.name.en, "help_zh": summary.zh, "help_en": summary.en,
             "position": position, "source": area.source, "verified_on": area.verified_on},
            list="areas", code=area.code,
        )  # fmt: skip
        tally.keep(
            "areas", kept, Area, area.code,
            {"district": districts.get(area.district) if area.district else None,
             "land_km2": area.square_kilometres, "is_open": area.status == AreaStatus.OPEN,
             "summary_zh": summary.zh, "summary_en": summary.en, "source": area.source},
            term=term,
        )  # fmt: skip
