"""Scenario capabilities through the API: handed in, verified, listed, taken off."""

from datetime import datetime

from grandunion.interfaces.api import resources
from grandunion.interfaces.api.fields import Amount, Body, Day, Nothing, Readiness, Reason, numbered, term, text
from grandunion.interfaces.api.resources import Resource
from grandunion.interfaces.api.scenarios import Weeks, moves_of, moving
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import CapabilityState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.actions import scenarios as actions
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.queries import scenarios


class CapabilityEdit(Body):
    """What a firm can do."""

    owner: numbered(Text("the supplier", "供应方"), "ORG-2026-0007") = ""
    area: term("areas") = ""
    title_zh: text(300) = ""
    title_en: text(300) = ""
    domain: term("scenario_domains") = ""
    field: term("fields") = ""
    text_zh: text() = ""
    text_en: text() = ""
    references_zh: text() = ""
    references_en: text() = ""
    trl: Readiness | None = None
    price_min: Amount | None = None
    price_max: Amount | None = None
    currency: text(3) = "CNY"
    weeks: Weeks | None = None
    conditions: text() = ""
    valid_until: Day = None
    contact_name: text(100) = ""
    contact_email: text(254) = ""
    contact_phone: text(40) = ""
    source_kind: text(60) = ""
    source_ref: text(200) = ""
    source_note: text(300) = ""


class CapabilityBody(CapabilityEdit):
    """A new capability."""


class Verified(Body):
    """What was looked at."""

    note: text(500) = ""


class Opened(Body):
    """To whom it is opened."""

    level: Level = Level.PUBLIC


def _create_capability(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    return actions.create_capability(values, by=by, at=at, submission=key)


def _verify(record: object, *, note: str = "", **more: object) -> object:
    return actions.verify_capability(record, note=note, **more)


CAPABILITY_MOVES = moves_of({
    "verify": (_verify, Verified, Text("Verify", "核实")),
    "publish": (actions.publish_capability, Opened, Text("Put on the capability list", "列入能力清单")),
    "doubt": (moving(actions.move_capability, "doubt"), Reason, Text("Verify again", "退回重新核实")),
    "withdraw": (moving(actions.move_capability, "withdraw"), Reason, Text("Take off the list", "撤下")),
    "hand_in_again": (moving(actions.move_capability, "hand_in_again"), Nothing, Text("Hand in again", "重新提交")),
})  # fmt: skip
CAPABILITIES = Resource(
    Text("Scenario capability", "场景能力"), scenarios.CAPABILITIES, scenarios.capability,
    words={"state": CapabilityState, "level": Level}, offers=permissions.capability_offers,
)  # fmt: skip
router = resources.router_of(CAPABILITIES, CAPABILITY_MOVES)
resources.creates(router, CAPABILITIES, CapabilityBody, _create_capability)
resources.edits(router, CAPABILITIES, CapabilityEdit, actions.edit_capability)
for deed in CAPABILITY_MOVES.values():
    resources.does(router, CAPABILITIES, deed)
