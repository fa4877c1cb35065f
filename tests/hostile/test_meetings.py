"""Every form of meetings, in every state of an event, is sent what no person would send."""

from datetime import timedelta
from itertools import islice

import pytest
from django.utils import timezone

from grandunion.engines.flows import ACTION_FLOW, EVENT_FLOW
from grandunion.interfaces.portal import guarding
from grandunion.records.events import Registration, Statement
from grandunion.terms.events import RegistrationState, StatementKind
from grandunion.terms.secrecy import Level
from tests.hostile.test_forms import SENTENCE, Attacks, entered, sent
from tests.hostile.walking import walk
from tests.planting import plant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_gate")]
OURS = ("/w/events/", "/w/actions/", "/events/")
PAGES = 110


@pytest.fixture
def meetings(mine):
    """An event in each of its states with somebody registered and something said, and promises."""
    now, addresses = timezone.now(), ["/w/events/", "/w/events/calendar/", "/w/events/feed/", "/w/actions/", "/events/"]
    for place, state in enumerate(EVENT_FLOW.states):
        starts = now + timedelta(hours=1) if state.code == "registration_open" else now - timedelta(hours=1)
        event = plant("event", place, Level.PUBLIC, state=state.code, owner=mine, starts_at=starts,
                      ends_at=starts + timedelta(hours=2), retain_until=now.date()).record  # fmt: skip
        for number, one in enumerate(RegistrationState):
            Registration.objects.create(number=f"REG-2026-{place}{number}", event=event, state=one, name_zh="王",
                                        state_at=now, registered_at=now, organisation=mine)  # fmt: skip
        for number, kind in enumerate(StatementKind, 1):
            said = Statement.objects.create(
                event=event, place=number, statement_kind=kind, text_zh="话", created_at=now
            )
        addresses += [f"/w/events/{event.number}/", f"/w/events/{event.number}/minutes/", f"/events/{event.number}/"]
    for place, state in enumerate(ACTION_FLOW.states):
        action = plant("action", place, Level.ORGANISATION, state=state.code, owner=mine, event=event,
                       due_on=now.date(), statement=said if place == 0 else None).record  # fmt: skip
        addresses.append(f"/w/actions/{action.number}/")
    return addresses


@pytest.mark.parametrize(("role", "least"), [("officer", 15), ("enterprise", 3), ("visitor", 1)])
def test_no_form_of_a_meeting_breaks_whoever_sends_whatever(meetings, people, monkeypatch, role, least):
    for deed in guarding.LIMITS:
        monkeypatch.setitem(guarding.LIMITS, deed, 10**6)
    client, attacks, broken = entered(people, role), Attacks(), []
    for address, status, forms in list(islice(walk(client, meetings), PAGES)):
        if status >= 500:
            broken.append((status, address))
        for form in forms:
            if not form.action.startswith(OURS):
                continue
            for values in attacks.on(form, is_thorough=True):
                answer = sent(client, form, values)
                is_told = answer.status_code < 400 or SENTENCE.search(answer.content.decode())
                if answer.status_code >= 500 or not is_told:
                    broken.append((answer.status_code, form.action, values))
    assert not broken, "\n".join(str(one)[:400] for one in broken[:20])
    assert len(attacks.forms) >= least, attacks.forms
