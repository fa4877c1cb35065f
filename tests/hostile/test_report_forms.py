"""Every form about work reports, found by walking them as a planning officer, is sent what no person would send."""

import pytest
from django.http import HttpResponse
from django.test import Client

from grandunion.records.plans import ReportTemplate
from grandunion.terms.roles import Role
from grandunion.work.actions.plans import reports as deeds
from grandunion.work.queries.parties import reader_of
from tests.asking import Asker
from tests.cast import NOON, make_user
from tests.hostile.test_forms import Attacks, _is_told, sent
from tests.hostile.walking import walk
from tests.work.test_work_reports import template  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_gate")]
HOME = "/w/work-reports/"


class Within:
    """A browser that goes nowhere but the section."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, address: str, **more: object) -> HttpResponse:
        return self.client.get(address, **more) if address.startswith(HOME) else HttpResponse("")


def test_no_form_of_a_work_report_breaks_whatever_is_sent(template: ReportTemplate) -> None:  # noqa: F811
    user, second = (make_user(f"{name}@x.example", Role.PLANNER) for name in ("paula", "pete"))
    paula, pete = reader_of(user, NOON), reader_of(second, NOON)
    draft, signed = (deeds.draft(template, year=year, by=paula, at=NOON) for year in (2026, 2025))
    deeds.name_signer(signed, second.email, by=paula, at=NOON)
    deeds.move(signed, "check", by=paula, at=NOON)
    deeds.move(signed, "review", by=pete, at=NOON)
    deeds.sign(signed, by=pete, at=NOON)
    client, attacks, broken = Asker(), Attacks(), []
    client.force_login(user)
    starts = [HOME, f"{HOME}{draft.number}/", f"{HOME}{signed.number}/errata/?figure=1.1.claimed",
              f"{HOME}{signed.number}/moves/publish/"]  # fmt: skip
    for address, status, forms in list(walk(Within(client), starts)):
        if status >= 500:
            broken.append((status, address))
        for form in (one for one in forms if one.action.startswith(HOME)):
            for values in attacks.on(form, is_thorough=True):
                answer = sent(client, form, values)
                if answer.status_code >= 500 or not _is_told(answer):
                    broken.append((answer.status_code, form.action, values))
    assert not broken, "\n".join(str(one)[:400] for one in broken[:20])
    assert len(attacks.forms) >= 12, "or the walk proves nothing"


NOWHERE = (
    "sentences/9223372036854775808/", "sentences/1/typed/?number=%00", "errata/?figure=%00", "moves/%F0%9F%92%A9/",
    "file/?format=%00", "print/?language=xx", "sections/99/new/", "sentences/1/numbers/%ff/keep/", "last-year/",
)  # fmt: skip


@pytest.mark.parametrize("part", NOWHERE)
def test_an_address_that_names_nothing_never_breaks(template: ReportTemplate, part: str) -> None:  # noqa: F811
    user = make_user("paula@x.example", Role.PLANNER)
    report = deeds.draft(template, year=2026, by=reader_of(user, NOON), at=NOON)
    client = Asker()
    client.force_login(user)
    assert client.get(f"{HOME}{report.number}/{part}").status_code in (200, 403, 404, 422)
