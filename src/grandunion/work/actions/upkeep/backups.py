"""Backs the hub up and restores it."""

from datetime import datetime
from pathlib import Path

from grandunion.adapters import backups
from grandunion.adapters.backups import Manifest
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.lists import put_setting
from grandunion.work.actions.upkeep.subjects import Hub
from grandunion.work.permissions import upkeep as permissions


def back_up(target: Path, *, by: Reader, at: datetime) -> Manifest:
    """Write the whole hub into one file, and remember that it was done. Not inside a transaction."""
    require(permissions.may_back_up(by), Forbidden)
    manifest = backups.make(target, at)
    _remember(target, manifest, by, at)
    return manifest


@atomic
def _remember(target: Path, manifest: Manifest, by: Reader, at: datetime) -> None:
    size = target.stat().st_size
    put_setting("last_backup", {"at": at.isoformat(), "file": target.name, "size": size, "parts": len(manifest.parts)})
    journal.note("backup.made", Hub(target.name[:60]), by=by, at=at, changes={"size": (None, size)})


def restore(source: Path, *, by: Reader, at: datetime, is_replacing: bool = False) -> Manifest:
    """Put a backup in the place of the hub, after every byte of it was proved. The checks run afterwards."""
    require(permissions.may_back_up(by), Forbidden)
    return backups.restore(source, at=at, is_replacing=is_replacing)
