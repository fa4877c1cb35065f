"""What the hub has already of one kind: rows by their source, by official identifier and by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grandunion.records.parties import OrganisationLabel, OrganisationName
from grandunion.terms.readers import Reader
from grandunion.work.queries.base import visible
from grandunion.work.queries.upkeep.imports.kinds import ORGANISATIONS, Kind

CORES = ("core_zh", "core_en")


@dataclass
class Known:
    """Ids of the hub's rows by what identifies them; `cores` has the names of organisations for warnings."""

    refs: dict[str, int] = field(default_factory=dict)
    unique: dict[str, dict[str, int]] = field(default_factory=dict)
    cores: dict[str, str] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)  # id → the row of the file that speaks of it

    def found(self, ref: str, values: Mapping[str, object]) -> set[int]:
        """The ids of all rows that the source's reference or an identifier points to."""
        ids = {self.refs[ref]} if ref in self.refs else set()
        for name, rows in self.unique.items():
            if (value := values.get(name)) in rows:
                ids.add(rows[value])
        return ids


def known(kind: Kind, source_kind: str) -> Known:
    """Every identifying value of the kind, read once."""
    rows = kind.record.objects.unscoped("an import finds its rows again; values are shown only as far as visible")
    refs = dict(rows.filter(source_kind=source_kind).exclude(source_ref="").values_list("source_ref", "pk"))
    alive = rows.exclude(status="merged") if kind is ORGANISATIONS else rows
    unique = {name: dict(alive.exclude(**{name: ""}).values_list(name, "pk")) for name in kind.unique}
    cores = {}
    if kind is ORGANISATIONS:
        for number, *names in alive.values_list("number", *CORES).iterator(chunk_size=5000):
            cores |= dict.fromkeys(filter(None, names), number)
    return Known(refs, unique, cores)


def stored(kind: Kind, ids: Iterable[int], reader: Reader) -> dict[int, dict[str, object]]:
    """The columns of these rows as they stand now, with `version` and `number`; only what the reader may see."""
    columns = {one.column for one in kind.fields.values()} - {"aliases", "labels", "wanted"}
    wanted = sorted(columns | {"pk", "version", "number", "source_kind", "source_ref"})
    rows = visible(kind.record, reader).filter(pk__in=list(ids)).values(*wanted)
    return {row["pk"]: row for row in rows}


def further(ids: Iterable[int]) -> tuple[dict[int, set[str]], dict[int, set[int]]]:
    """The further names and the labels of organisations."""
    names: dict[int, set[str]] = {}
    labels: dict[int, set[int]] = {}
    for pk, name in (
        OrganisationName.objects.unscoped("an import adds only names that are not there")
        .filter(organisation__in=list(ids))
        .values_list("organisation", "name")
    ):
        names.setdefault(pk, set()).add(name)
    for pk, label in (
        OrganisationLabel.objects.unscoped("an import adds only labels that are not there")
        .filter(organisation__in=list(ids))
        .values_list("organisation", "label")
    ):
        labels.setdefault(pk, set()).add(label)
    return names, labels
