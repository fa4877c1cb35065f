"""Notes and unsent words planted on every need: where they stand, nobody is shown what they do not hear.

What every other page, list, file and answer says of them is swept in `test_sweep`.
"""

import pytest
from django.utils import timezone

from grandunion.records.needs import Note
from grandunion.terms.needs import NoteKind
from grandunion.terms.roles import Role
from grandunion.work.actions.parties.accounts import issue_token
from grandunion.work.queries.parties import reader_of
from tests.asking import Asker
from tests.cast import NOON
from tests.interfaces.test_sweep import _people, world  # noqa: F401 - a fixture
from tests.noting import heard_by, said_in, say_everything

pytestmark = pytest.mark.django_db


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
    needs = say_everything(planted)
    user = _people(mine)[role.value] if role else None
    client, headers, allowed = Asker(), {}, set()
    if user is not None:
        client.force_login(user)
        reader, now = reader_of(user, NOON), timezone.now()
        _, token = issue_token(user, "sweep", ["read"], 30, by=reader_of(user, now), at=now)
        headers = {"Authorization": f"Bearer {token}"}
        allowed = heard_by(reader, needs)
    shown, leaks = set(), {}
    for address in _more(needs):
        answer = client.get(address, headers=headers if address.startswith("/api/") else {})
        assert answer.status_code < 500, address
        words = said_in(answer.getvalue().decode("utf-8", "replace"))
        shown |= words
        if words - allowed:
            leaks[address] = sorted(words - allowed)
    assert not leaks
    assert bool(shown) == bool(allowed), "who hears something must be shown something, or it proves nothing"
    if role is Role.ENTERPRISE:
        assert {kind for kind, _ in shown} == {"toapplicant", "fromapplicant"}
