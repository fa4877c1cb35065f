"""A file sent through the browser: taken, looked at, then written or thrown away."""

from datetime import datetime

from grandunion.adapters import uploads
from grandunion.adapters.tables import format_of
from grandunion.adapters.uploads import Stream
from grandunion.records.upkeep import ImportBatch
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions.upkeep import imports
from grandunion.work.permissions import upkeep as permissions
from grandunion.work.queries.upkeep import batches, mappings


def take(
    file: Stream, name: str, choice: str, *, by: Reader, at: datetime, limit: int, joined: Stream | None = None
) -> str:
    """Keep the file for a day; answers the token under which only its sender looks at it. `choice` is kind:mapping."""
    require(permissions.may_import(by), Forbidden)
    kind, _, mapping = choice.partition(":")
    mappings.mapping_of(mapping, kind)
    format_of(name)
    facts = {"name": name[:200], "kind": kind, "mapping": mapping, "user": str(by.user_id)}
    return uploads.keep(file, facts, limit=limit, at=at, joined=joined)


def commit(token: str, *, by: Reader, at: datetime) -> ImportBatch:
    """Write the file, examined anew; it is thrown away afterwards."""
    require(permissions.may_import(by), Forbidden)
    sent = batches.upload(token, by)
    found = batches.preview(sent, by)
    batch = imports.write(found, imports.Sent(sent.facts["name"], sent.fingerprint), by=by, at=at)
    uploads.forget(token)
    return batch


def discard(token: str, *, by: Reader) -> None:
    """Throw the file away without writing it."""
    uploads.forget(batches.upload(token, by).token)
