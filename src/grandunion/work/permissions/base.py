"""The policy in plain Python: whether a reader sees a record, what they are to it, and how deep they read."""

from collections.abc import Mapping
from dataclasses import dataclass

from grandunion.records.parties import Access
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.queries.base import Held, held

Rows = tuple[Access | Held, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a flow judges by: the facts of the record, and what the person is to it."""

    facts: Mapping[str, object]
    parts: frozenset[Part]


def access_rows(reader: Reader, record: object) -> Rows:
    """The reader's access rows to this record that hold now."""
    if not reader.is_signed_in:
        return ()
    return held(reader, record.kind, record.pk)


def may_see(reader: Reader, record: object, rows: Rows | None = None) -> bool:
    """Whether the record is visible: the Python twin of `queries.base.visible`."""
    if reader.is_house:
        return True
    if _owner(record) in reader.conflicts and record.level != Level.PUBLIC:
        return False
    return _by_level(reader, record) or _by_relation(reader, record, rows)


def _by_level(reader: Reader, record: object) -> bool:
    states = getattr(record, "public_states", None)
    if record.level == Level.PUBLIC and (not states or record.state in states):
        return True
    if record.level in (Level.PUBLIC, Level.MEMBERS):
        return reader.is_member
    if record.level == Level.ORGANISATION and reader.reads_rows:
        return reader.areas is None or (hasattr(record, "area_id") and reader.serves(record.area_id))
    return False


def _by_relation(reader: Reader, record: object, rows: Rows | None) -> bool:
    if not reader.is_signed_in:
        return False
    if record.kind == "person" and record.pk == reader.person_id:
        return True
    if _owner(record) in reader.organisation_ids and record.level != Level.NAMED:
        return True
    if getattr(record, "in_charge_id", None) == reader.user_id:
        return True
    return bool(access_rows(reader, record) if rows is None else rows)


def _owner(record: object) -> int | None:
    return None if record.kind == "person" else record.owner_id


def parts(reader: Reader, record: object, rows: Rows | None = None) -> frozenset[Part]:
    """What the reader is to the record, in the words flow tables use."""
    if reader.is_house:
        return frozenset(Part)
    found = {Part(row.part) for row in (access_rows(reader, record) if rows is None else rows)}
    if getattr(record, "in_charge_id", None) is not None and record.in_charge_id == reader.user_id:
        found |= {Part.IN_CHARGE, Part.OFFICER}
    if reader.is_officer and reader.serves(getattr(record, "area_id", None)) and record.level != Level.NAMED:
        found.add(Part.OFFICER)
    if reader.is_signed_in and _owner(record) in reader.organisation_ids:
        found.add(Part.OWNER)
    if reader.is_staff and reader.reads_rows and not reader.is_officer:
        found.add(Part.PLANNER)
    return frozenset(found)


def clearance(reader: Reader, record: object, rows: Rows | None = None) -> Secrecy:
    """The deepest class of fields the reader may read on a record that is visible to them."""
    if reader.is_house:
        return Secrecy.S4
    rows = access_rows(reader, record) if rows is None else rows
    deepest = max((Secrecy(row.secrecy) for row in rows), default=Secrecy.S0)
    mine = parts(reader, record, rows)
    if mine & {Part.IN_CHARGE, Part.OWNER, Part.INVENTOR} or _is_self(reader, record):
        return max(deepest, Secrecy.S3)
    if Part.OFFICER in mine or Part.PLANNER in mine:
        return max(deepest, Secrecy.S2)
    return max(deepest, Secrecy.S1 if reader.is_member else Secrecy.S0)


def _is_self(reader: Reader, record: object) -> bool:
    return record.kind == "person" and reader.person_id == record.pk


def readable(record: object, depth: Secrecy) -> dict[str, object]:
    """The fields of the record up to the given class, by name; what is deeper is not there at all."""
    return {field: getattr(record, field) for field, secrecy in record.secrecy.items() if secrecy <= depth}


def staff_only(reader: Reader) -> Verdict:
    """Whether the reader works for the hub as an officer."""
    return (
        YES
        if reader.is_officer
        else no(
            "Only the hub's officers do this. Ask your officer; the record names them.",
            "此操作仅限服务专员，请联系记录中所列的经办人。",
        )
    )


def managing(reader: Reader, record: object) -> Verdict:
    """Whether the reader runs the case: the officer in charge or any officer of its area."""
    if parts(reader, record) & {Part.IN_CHARGE, Part.OFFICER}:
        return YES
    return no(
        "Only the officer in charge or an officer of the record's area does this.",
        "此操作仅限经办人或该片区的服务专员。",
    )
