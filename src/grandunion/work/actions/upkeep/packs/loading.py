"""The whole load of a pack, in one transaction."""

from datetime import datetime

from grandunion.adapters.packs import Pack
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.plans import ledger
from grandunion.work.actions.upkeep.packs.macros import load_macros
from grandunion.work.actions.upkeep.packs.organisations import load_organisations
from grandunion.work.actions.upkeep.packs.plans import load_plans
from grandunion.work.actions.upkeep.packs.reports import load_reports
from grandunion.work.actions.upkeep.packs.returns import load_returns
from grandunion.work.actions.upkeep.packs.routes import load_routes
from grandunion.work.actions.upkeep.packs.settings import load_settings
from grandunion.work.actions.upkeep.packs.tally import Tally
from grandunion.work.actions.upkeep.packs.terms import load_areas, load_lists
from grandunion.work.actions.upkeep.subjects import Hub
from grandunion.work.permissions import upkeep as permissions


@atomic
def load_pack(pack: Pack, *, by: Reader, at: datetime) -> Tally:
    """Bring the hub up to the pack: terms, areas, settings, documents, indicators, targets, claims, organisations.

    Answers how many rows of each section are new, changed and the same. Loading the same pack again changes
    nothing; a code that the pack no longer has stays, for records point to it.
    """
    require(permissions.may_load_pack(by), Forbidden)
    tally = Tally()
    load_lists(pack, tally)
    load_areas(pack, tally)
    load_settings(pack, tally)
    load_plans(pack, tally)
    load_reports(pack, tally)
    load_organisations(pack, tally, by=by, at=at)
    load_routes(pack, tally)
    load_returns(pack, tally, at=at)
    load_macros(pack, tally, at=at)
    if tally.changes:
        changes = {
            section: (None, f"+{tally.new[section]} ~{tally.changed[section]}")
            for section in tally.sections()
            if tally.new[section] or tally.changed[section]
        }
        journal.note("pack.loaded", Hub(pack.code), by=by, at=at, changes=changes)
    ledger.keep_up(at=at)
    return tally
