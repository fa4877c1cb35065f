"""What the upkeep page shows: imports made, files waiting to be written, the journal's head, the last backup."""

from dataclasses import dataclass
from datetime import datetime

from grandunion.adapters import uploads
from grandunion.adapters.uploads import Upload
from grandunion.records.journal import Entry, Head
from grandunion.records.upkeep import ImportBatch
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.lists import setting
from grandunion.work.queries.upkeep import mappings
from grandunion.work.queries.upkeep.imports import KINDS, Examination, examine
from grandunion.work.queries.upkeep.imports.written import taken_back

LATEST = 20


@dataclass(frozen=True, slots=True)
class Keeping:
    """How the hub is kept: its last imports, its journal's length and last entry, its last backup."""

    batches: tuple[ImportBatch, ...]
    taken_back: frozenset[int]  # of these, the ids of those that were undone
    entries: int
    last_entry_at: datetime | None
    seal: str
    backup_at: datetime | None
    backup_file: str


def keeping() -> Keeping:
    """The state of upkeep, in five queries whatever the hub's size."""
    head = Head.objects.filter(pk=1).first()
    last = Entry.objects.order_by("-seq").values_list("at", flat=True).first()
    backup = setting("last_backup") or {}
    made = tuple(ImportBatch.objects.order_by("-at", "-pk")[:LATEST])
    return Keeping(
        batches=made, taken_back=frozenset(taken_back(made)),
        entries=head.seq if head else 0, last_entry_at=last, seal=head.digest[:16] if head else "",
        backup_at=datetime.fromisoformat(backup["at"]) if backup else None, backup_file=backup.get("file", ""),
    )  # fmt: skip


def choices() -> list[tuple[str, Text]]:
    """What may be imported how: our template of each kind, then every mapping that ships; codes are kind:mapping."""
    found = []
    for code, kind in KINDS.items():
        said = Text("{kind}: our template", "{kind}：平台模板").fill(kind=kind.name)
        found.append((f"{code}:{mappings.TEMPLATE}", said))
    for code, kind in KINDS.items():
        for mapping in mappings.shipped(code):
            said = Text("{kind}: {source}", "{kind}：{source}").fill(kind=kind.name, source=mapping.source.name)
            found.append((f"{code}:{mapping.name}", said))
    return found


def upload(token: str, reader: Reader) -> Upload:
    """A file that this reader has sent and not yet written; Absent for everybody else."""
    found = uploads.opened(token, reader.at)
    if found.facts["user"] != str(reader.user_id):
        raise Absent
    return found


def preview(sent: Upload, reader: Reader) -> Examination:
    """What writing the file would do. Raises Refused for a file as a whole."""
    mapping = mappings.mapping_of(sent.facts["mapping"], sent.facts["kind"])
    joins = {mapping.joins[0].name: sent.joined} if mapping.joins and sent.joined else {}
    table = mappings.table_of(sent.path, mapping, sent.facts["name"])
    return examine(table, mapping, reader, joins=joins, is_template=mapping.name == mappings.TEMPLATE)
