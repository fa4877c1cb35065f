"""Notes and unsent words planted on every need: no page, list, file or answer shows them to who does not hear them."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from grandunion.records.needs import Note, Unsent
from grandunion.terms.needs import NoteKind
from grandunion.terms.roles import Role
from grandunion.work.actions.parties.accounts import issue_token
from grandunion.work.permissions.base import may_see
from grandunion.work.permissions.needs import hears
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_user
from tests.interfaces.test_sweep import _addresses, _people, world  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
SAID = re.compile(r"yq([a-z]+)w([0-9]+)wqy")
UNSENT = "unsent"
# Where something said about a need could stand; the other routes know nothing of notes.
ABOUT = ("/needs", "/search", "/messages", "/desk", "/matches", "/problems", "/documents", "/track")


def _word(kind: str, pk: int) -> str:
    return f"yq{kind.replace('_', '')}w{pk}wqy"


def _say_everything(planted: dict) -> dict[int, object]:
    """A note of each kind, withdrawn words gone, and somebody's unsent words, on every need."""
    author = make_user("author@sweep.example", Role.OFFICER)
    needs = {one.record.pk: one.record for (kind, _), one in planted.items() if kind == "need"}
    for need in needs.values():
        for kind in NoteKind:
            Note.objects.create(
                need=need, note_kind=kind.value, text=_word(kind.value, need.pk), author=author, at=NOON
            )
        Unsent.objects.create(
            need=need, user=author, form="note-internal", answers={"text": _word(UNSENT, need.pk)}, at=NOON
        )
    return needs


def _more(needs: dict[int, object]) -> list[str]:
    """The addresses of the notes themselves."""
    found = []
    for note in Note.objects.unscoped("the sweep asks for every note").select_related("need"):
        base = f"/w/needs/{note.need.number}/"
        found += [f"{base}notes/{note.pk}/edit/", f"{base}notes/{note.pk}/files/DOC-2026-0001/"]
    for need in needs.values():
        base = f"/w/needs/{need.number}/"
        found += [f"{base}?show={part}" for part in ("notes", "mail", "states")]
        found += [f"{base}thread/?format={kind}" for kind in ("csv", "json")]
        found += [f"{base}notes/{kind.value}/" for kind in NoteKind]
        found += [f"/api/v1/needs/{need.number}/{part}" for part in ("notes", "timeline", "parts", "moves", "")]
    return found


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.ENTERPRISE, Role.BUREAU, Role.INVESTOR, Role.ADMINISTRATOR])
def test_nobody_is_shown_words_they_do_not_hear(world, role):  # noqa: F811 - the fixture
    planted, mine = world
    needs = _say_everything(planted)
    user = _people(mine)[role.value] if role else None
    client, headers, allowed = Client(), {}, set()
    if user is not None:
        client.force_login(user)
        reader, now = reader_of(user, NOON), timezone.now()
        _, token = issue_token(user, "sweep", ["read"], 30, by=reader_of(user, now), at=now)
        headers = {"Authorization": f"Bearer {token}"}
        allowed = {(kind.value.replace("_", ""), pk) for pk, need in needs.items() if may_see(reader, need)
                   for kind in hears(reader, need)}  # fmt: skip
    addresses = {
        one for one in _addresses(planted, role is Role.ENTERPRISE) if one.startswith(ABOUT) or "/w/needs" in one
    }
    shown, leaks = set(), {}
    for address in [*sorted(addresses), *_more(needs)]:
        answer = client.get(address, headers=headers if address.startswith("/api/") else {})
        assert answer.status_code < 500, address
        words = {(kind, int(pk)) for kind, pk in SAID.findall(answer.getvalue().decode("utf-8", "replace"))}
        shown |= words
        if words - allowed:
            leaks[address] = sorted(words - allowed)
    assert not leaks
    assert bool(shown) == bool(allowed), "who hears something must be shown something, or it proves nothing"
    if role is Role.ENTERPRISE:
        assert {kind for kind, _ in shown} == {"toapplicant", "fromapplicant"}
