"""The worker and the mail at the console."""

import subprocess
import sys
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from grandunion.interfaces.cli import app
from grandunion.records.messages import Chore, Message
from grandunion.records.needs import Note
from grandunion.work.actions import needs
from grandunion.work.actions.messages import worker
from grandunion.work.queries.messages import replies, standing
from grandunion.work.queries.parties import reader_of

pytestmark = pytest.mark.django_db
COILS = {"contact_name": "Bo", "contact_phone": "0551-1234567", "category": "technology",
         "title_zh": "高温超导线圈绕制", "text_zh": "需要绕制线圈。"}  # fmt: skip


def run(*words: str, typed: bytes = b""):
    return CliRunner().invoke(app, [*words, "--language", "en"], input=typed)


@pytest.fixture
def home(settings, tmp_path):
    """A folder in which no other worker runs."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def need(bo_user, ada_user):
    at = timezone.now()
    return needs.register(COILS, by=reader_of(bo_user, at), at=at)


def test_the_worker_does_what_is_due_and_stops(home, need, ada_user):
    found = run("worker", "--once")
    assert (found.exit_code, "things were done" in found.stdout) == (0, True)
    assert Message._base_manager.filter(user=ada_user).count() == 1
    assert set(Chore.objects.values_list("code", flat=True)) >= {"journal", "mails", "webhooks", "needs.due"}
    assert not Chore.objects.exclude(problem="").exists()


def test_a_second_worker_on_the_machine_is_refused(home, need):
    holding = (
        "import sys, fcntl; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); "
        "print('held', flush=True); input()"
    )
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", holding, str(home / "worker.lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        found = run("worker", "--once")
        assert (found.exit_code, "already" in found.stderr) == (2, True)
        other.kill()
    assert run("worker", "--once").exit_code == 0


def test_a_step_that_fails_holds_up_no_other_and_is_said(home, need, ada_user, monkeypatch):
    def broken(*, by, at):
        raise ZeroDivisionError("the clock fell")

    monkeypatch.setattr(worker, "deliver", broken)
    run("worker", "--once")
    assert Message._base_manager.filter(user=ada_user).exists()
    assert "the clock fell" in Chore.objects.get(code="webhooks").problem
    said = [found.wrong.en for found in standing.findings(timezone.now()) if found.wrong]
    assert any("the clock fell" in one for one in said)
    monkeypatch.undo()
    Chore.objects.update(ran_at=None)
    run("worker", "--once")
    assert Chore.objects.get(code="webhooks").problem == ""


def test_the_check_says_that_the_worker_has_never_run_or_stands_still(home, need):
    at = timezone.now()
    assert [bool(one.wrong) for one in standing.findings(at)] == [True]
    run("worker", "--once")
    assert [one.wrong for one in standing.findings(timezone.now())] == [None]
    Chore.objects.update(ran_at=at - standing.SILENT * 2)
    assert "stood still" in next(standing.findings(at)).wrong.en


def test_a_worker_that_was_down_tells_in_the_order_in_which_things_happened(home, bo_user, ada_user):
    at = timezone.now()
    for hours in (30, 20, 10):
        then = at - timedelta(hours=hours)
        needs.register({**COILS, "title_zh": f"{hours} 小时前"}, by=reader_of(bo_user, then), at=then)
    run("worker", "--once")
    told = Message._base_manager.filter(user=ada_user, verb="need.received").order_by("pk")
    assert [one.at for one in told] == sorted(one.at for one in told)
    assert len(told) == 3


def test_a_letter_on_standard_input_is_filed_and_one_that_belongs_nowhere_refused(home, need, ada_user):
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "ada@hub.example", "Re: coils", "<1@x>"
    made["To"] = replies.address(need.pk, ada_user.pk, "")
    made.set_content("Ask the institute.")
    found = run("mail", "file", typed=made.as_bytes())
    assert (found.exit_code, need.number in found.stdout) == (0, True)
    assert [one.text for one in Note._base_manager.all()] == ["Ask the institute."]
    made.replace_header("To", "desk@localhost")
    refused = run("mail", "file", typed=made.as_bytes())
    assert (refused.exit_code, "None of its addresses" in refused.stderr) == (2, True)


def test_a_worker_that_has_nothing_to_do_only_reads_and_little(home, need, reading, queries):
    run("worker", "--once")
    at = timezone.now()
    with reading(), queries(at_most=8):
        assert worker.work(at, set()) == 0
