"""The templates of work reports of a pack."""

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.reports import ReportNumber, ReportSection, ReportTemplate
from grandunion.records.plans import ReportTemplate as Kept
from grandunion.work.actions.upkeep.packs.tally import Tally
from grandunion.work.actions.upkeep.packs.terms import known_terms


def load_reports(pack: Pack, tally: Tally) -> None:
    """What each level's report begins with; reports that were begun already stay as they are."""
    known, areas = {row.code: row for row in Kept.objects.all()}, known_terms("areas")
    for position, one in enumerate(pack.reports):
        given = {**_template(one), "area": areas.get(one.area), "position": position}
        tally.keep("reports", known, Kept, one.code, given, code=one.code)


def _template(one: ReportTemplate) -> dict[str, object]:
    return {
        "name_zh": one.name.zh, "name_en": one.name.en, "scope": one.scope.value, "year": one.year,
        "body": [_section(section) for section in one.sections], "source": one.source,
        "verified_on": one.verified_on,
    }  # fmt: skip


def _section(section: ReportSection) -> dict[str, object]:
    sentences = [
        {"zh": one.text.zh, "en": one.text.en, "numbers": [_number(each) for each in one.numbers]}
        for one in section.sentences
    ]
    return {"code": section.code, "zh": section.title.zh, "en": section.title.en, "sentences": sentences}


def _number(each: ReportNumber) -> dict[str, object]:
    return {
        "name": each.name, "claim": each.claim, "figure": each.figure, "target": each.target, "area": each.area,
        "as_of": each.as_of.isoformat() if each.as_of else None, "qualifier": each.qualifier.value,
        "measure_zh": each.measure_zh, "measure_en": each.measure_en,
    }  # fmt: skip
