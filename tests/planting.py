"""Plants a marker in every text field of every kind of confidential record, at every level, for the sweep."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from grandunion.records.base import Guarded
from grandunion.terms.secrecy import Level, Secrecy
from tests.cast import NOON

MARKER = re.compile(r"xq([a-z_]+)z([0-9]+)z([a-z0-9]+)zq")
KINDS = (
    "organisation", "person", "achievement", "need", "issue", "offer", "match", "round", "project", "document",
    "opportunity", "capability", "proposal", "challenge", "bid", "event", "action",
    "return", "work_report",
)  # fmt: skip
NAMES = (
    "number level state source_kind source_ref source_note country size currency step reason outcome subject_kind "
    "fingerprint media_type file_name prior_publication confidentiality "
    "channel decision state_before_hold founder_type "
    "manager_type route risk_level source_region lost_reason declined_by phase market organisation_kind status "
    "achievement_kind offer_kind space_kind applicant_type category urgency finance_round objective fair_to ror "
    "credit_code orcid stock_symbol website demand_type procurement_route safety_permit event_kind scope"
)
NOT_FREE = frozenset(NAMES.split())


def record_of(kind: str) -> type[models.Model]:
    """The table of a kind."""
    return next(m for m in apps.get_app_config("records").get_models() if getattr(m, "kind", "") == kind)


def marker(kind: str, number: int, field: str) -> str:
    """A word that nobody writes, saying where it was planted; it survives search, filters and mails."""
    return f"xq{kind}z{number}z{field.replace('_', '')}zq"


@dataclass(frozen=True)
class Planted:
    """One record with its markers."""

    record: models.Model
    number: int

    @property
    def called(self) -> str:
        """What stands for it in an address."""
        return getattr(self.record, "number", None) or self.record.code

    def secrecy_of(self, field: str) -> Secrecy:
        """How deep the marked field lies."""
        names = {name.replace("_", ""): name for name in self.record.secrecy}
        return self.record.secrecy[names[field]]


def free_texts(table: type[models.Model]) -> Iterator[models.Field]:
    """The fields somebody may write what they like into."""
    for field in table._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, models.EmailField)
        if is_text and field.name not in NOT_FREE and not field.choices:
            yield field


def plant(kind: str, number: int, level: Level, **values: object) -> Planted:
    """A record of the kind at a level, with a marker in each text field."""
    table = record_of(kind)
    texts = {field.name: marker(kind, number, field.name)[: field.max_length] for field in free_texts(table)}
    prefix = {
        "organisation": "ORG",
        "person": "PER",
        "achievement": "ACH",
        "need": "NED",
        "issue": "CMI",
        "match": "MAT",
        "offer": "OFR",
        "round": "RND",
        "event": "EVT",
        "opportunity": "SCO",
        "capability": "SCP",
        "proposal": "SPR",
        "challenge": "CHL",
        "return": "RTN",
        "work_report": "RPT",
    }
    given = {
        "number": f"{prefix.get(kind, kind[:3].upper())}-2026-9{number:03d}", "level": level, "created_at": NOON,
        "updated_at": NOON,
    }  # fmt: skip
    if any(field.name == "state_at" for field in table._meta.concrete_fields):
        given["state_at"] = NOON
    if any(field.name == "website" for field in table._meta.concrete_fields):
        given["website"] = ""
    return Planted(table.objects.create(**{**texts, **given, **values}), number)


def guarded_kinds() -> set[str]:
    """Every kind the tables know, so that a new one cannot be forgotten here."""
    models_ = apps.get_app_config("records").get_models()
    guarded = [m for m in models_ if isinstance(m._default_manager, Guarded)]
    return {m.kind for m in guarded if {"level", "number"} <= {field.name for field in m._meta.concrete_fields}}
