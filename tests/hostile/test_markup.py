"""Markup and formulas that somebody wrote into a field stay text: on every page, in every export and feed."""

import csv
import io
import re
import zipfile

import pytest
from django.test import Client

from grandunion.adapters import index
from grandunion.records.journal import Entry
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import Market
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.projects import ProjectState
from grandunion.terms.secrecy import Level
from grandunion.terms.sound import FORMULA
from tests.cast import NOON
from tests.hostile.walking import walk
from tests.planting import plant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_gate")]
EVIL = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7|add:70 }}"
RAW = re.compile(r"<img src=x|<script>alert|onerror=alert\(1\)>")
FORMULAS = ("=1+1", "@SUM(1)", "+1", "-1+1", "\t=1", "\r=1", '=HYPERLINK("http://evil.example")', "＝1+1")
SECTIONS = ("achievements", "needs", "matches", "projects", "organisations", "persons")


def evil_world(text: str) -> list[object]:
    """One public record of each kind whose free texts all say the same."""
    company = plant("organisation", 1, Level.PUBLIC, organisation_kind=OrganisationKind.ENTERPRISE).record
    person = plant("person", 1, Level.MEMBERS).record
    achievement = plant("achievement", 1, Level.PUBLIC, owner=company, state=AchievementState.DISPOSABLE).record
    need = plant("need", 1, Level.PUBLIC, owner=company, state=NeedState.RECEIVED, category=Category.TECHNOLOGY).record
    match = plant("match", 1, Level.MEMBERS, owner=company, need=need, achievement=achievement,
                  market=Market.TECHNOLOGY).record  # fmt: skip
    project = plant("project", 1, Level.MEMBERS, owner=company, state=ProjectState.MATCHING, phase="matching").record
    records = [company, person, achievement, need, match, project]
    for record in records:
        _say(record, text)
    return records


def _say(record: object, text: str) -> None:
    """The text in every field in which a marker had been planted, in the index and in the journal."""
    fields = [field for field in record._meta.concrete_fields if str(getattr(record, field.attname)).startswith("xq")]
    said = {field.name: text[: field.max_length] for field in fields}
    type(record)._base_manager.filter(pk=record.pk).update(**said)
    record.refresh_from_db()
    if hasattr(record, "searched"):
        index.put(record.kind, record.pk, [f"{getattr(record, name)} findme" for name in record.searched])
    Entry.objects.create(
        seq=Entry.objects.count() + 1, at=NOON, actor_name=text, verb=f"{record.kind}.edited", subject_kind=record.kind,
        subject_id=record.pk, subject_number=record.number, previous="", digest="",
        values={name: [text, text] for name in said},
    )  # fmt: skip


def test_markup_is_shown_as_text_on_every_page_the_walk_finds(people, sign_in):
    records = evil_world(EVIL)
    client, showing = sign_in(people["officer"]), 0
    starts = [f"/w/{one.kind}s/{one.number}/".replace("matchs", "matches") for one in records]
    starts += [f"/w/{name}/" for name in SECTIONS]
    starts += ["/w/", "/w/search/?q=findme", "/w/search/suggest?q=findme", f"/w/search/?q={EVIL}"]
    starts += ["/technologies/", "/needs/", f"/technologies/{records[2].number}/", f"/needs/{records[3].number}/"]
    starts += ["/feeds/technologies.atom", "/feeds/news.atom", "/sitemap.xml"]
    said: dict[str, str] = {}
    seen = list(walk(client, starts, lambda address, answer: said.update({address: _text(answer)})))
    for address, text in said.items():
        assert not RAW.search(text), address
        assert "77}}" not in text
        showing += "&lt;script&gt;alert(2)" in text
    assert len(seen) > 60
    assert showing > 15, "the text must be somewhere, or nothing is proved"


def _text(answer: object) -> str:
    return answer.getvalue().decode("utf-8", "replace")


def cells(answer: object) -> list[str]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            sheet = "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name or "shared" in name)
        assert "<f>" not in sheet, "a formula in the workbook"
        return re.findall(r"<t[^>]*>([^<]*)</t>", sheet)
    return [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for cell in row]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_export_holds_a_formula(people, sign_in, formula):
    evil_world(formula)
    client, showing = sign_in(people["officer"]), 0
    for section in SECTIONS:
        for kind in ("csv", "xlsx"):
            found = cells(client.get(f"/w/{section}/?format={kind}"))
            assert not [cell for cell in found if cell.startswith(FORMULA) and not _is_number(cell)], section
            showing += any(formula.strip() in cell for cell in found)
    assert showing >= 8


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"-?[\d.]+", cell))


def test_what_is_typed_with_markup_is_kept_as_it_was_typed(people, sign_in):
    client: Client = sign_in(people["officer"])
    made = client.post(
        "/w/needs/new/",
        {"contact_name": EVIL, "contact_phone": "0551-1", "category": "technology", "applicant_type": "company",
         "title": EVIL, "text": EVIL, "urgency": "normal", "organisation": ""},
    )  # fmt: skip
    assert made.status_code == 303
    assert not RAW.search(client.get(made["Location"]).content.decode())
