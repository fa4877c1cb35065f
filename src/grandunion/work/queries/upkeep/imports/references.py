"""What an import looks things up in: the hub's terms by code, regions by name, organisations by name."""

from dataclasses import dataclass, field

from grandunion.records.lists import Term
from grandunion.records.parties import Organisation, Person
from grandunion.work.queries.needs.questions import SubjectQuestion

LISTS = ("areas", "industries", "fields", "regions", "labels", "need_subjects", "scenario_domains")
ENDINGS_EN = (" City", " Province", " District", " County", " Municipality")
ENDINGS = ("市", "省", "区", "县", "自治区", "特别行政区")


@dataclass
class References:
    """Terms by list and code; `codes` goes the other way, for a difference a person can read."""

    terms: dict[str, dict[str, int]]
    codes: dict[int, str]
    regions: dict[str, str]
    organisations: dict[str, int | None] = field(default_factory=dict)
    persons: dict[str, int | None] = field(default_factory=dict)
    questions: dict[tuple[str, int | None], tuple[SubjectQuestion, ...]] = field(default_factory=dict)

    def region(self, name: str) -> str:
        """The code of the region of this name in either language, or nothing."""
        return self.regions.get(name.strip().casefold(), "")

    def organisation(self, name: str) -> int | None:
        """The only organisation of exactly this name; None where there is none, or more than one."""
        return self.organisations.get(name.strip().casefold())

    def person(self, name: str) -> int | None:
        """The person of this number, or the only one of exactly this name."""
        return self.persons.get(name.strip().casefold())


def references(*, with_organisations: bool = False, with_persons: bool = False) -> References:
    """Everything an import looks up, read once."""
    terms: dict[str, dict[str, int]] = {name: {} for name in LISTS}
    codes: dict[int, str] = {}
    regions: dict[str, str] = {}
    rows = Term.objects.filter(list__in=LISTS, retired_on=None).order_by("position", "pk")
    for list_code, code, pk, zh, en in rows.values_list("list", "code", "pk", "name_zh", "name_en"):
        terms[list_code][code], codes[pk] = pk, code
        if list_code == "regions":
            for spelling in _spellings(zh, en):
                regions.setdefault(spelling, code)
    return References(
        terms, codes, regions, _organisations() if with_organisations else {}, _persons() if with_persons else {}
    )


def _spellings(zh: str, en: str) -> tuple[str, ...]:
    """The names by which a region is found, with and without 市 and City."""
    short_zh = next((zh.removesuffix(end) for end in ENDINGS if zh.endswith(end) and len(zh) > len(end) + 1), zh)
    short_en = next((en.removesuffix(end) for end in ENDINGS_EN if en.endswith(end)), en)
    return tuple(dict.fromkeys(name.casefold() for name in (zh, short_zh, en, short_en)))


def _organisations() -> dict[str, int | None]:
    rows = Organisation.objects.unscoped("an import names owners; only an officer for all areas imports")
    found: dict[str, int | None] = {}
    for pk, *names in rows.exclude(status="merged").values_list(
        "pk", "name_zh", "name_en", "short_name_zh", "short_name_en"
    ):
        for name in {name.strip().casefold() for name in names if name}:
            found[name] = pk if found.get(name, pk) == pk else None
    return found


def _persons() -> dict[str, int | None]:
    rows = Person.objects.unscoped("an import names experts; only an officer for all areas imports")
    found: dict[str, int | None] = {}
    for pk, *names in rows.values_list("pk", "number", "name_zh", "name_en"):
        for name in {name.strip().casefold() for name in names if name}:
            found[name] = pk if found.get(name, pk) == pk else None
    return found
