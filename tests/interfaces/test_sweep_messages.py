"""Everybody is told of every record there is: neither list nor letter says what its reader may not read."""

import pytest
from django.utils import timezone

from grandunion.records.messages import Mail, Message
from grandunion.terms.messages import MessageKind
from grandunion.terms.roles import Role
from grandunion.work.actions.parties.accounts import issue_token
from grandunion.work.permissions.base import may_see
from grandunion.work.queries.messages import letters
from grandunion.work.queries.parties import reader_of
from tests.asking import Asker
from tests.cast import NOON
from tests.interfaces.test_sweep import _leaks, _people, world  # noqa: F401 - a fixture
from tests.planting import KINDS, MARKER

pytestmark = pytest.mark.django_db


def _told(user: object, planted: dict) -> None:
    """A message about each record, and a letter for each."""
    for seq, one in enumerate(planted.values(), 1):
        letter = Mail.objects.create(
            key=f"{seq}:{user.pk}", message_id=f"<{seq}@x>", user=user, made_at=NOON, due_at=NOON
        )
        Message.objects.create(
            seq=seq, user=user, message_kind=MessageKind.NEED, verb="need.received", at=NOON, mail=letter,
            text_en=f"About {one.record.number}.", text_zh=f"关于 {one.record.number}。", subject_kind=one.record.kind,
            subject_id=one.record.pk, subject_number=one.record.number,
        )  # fmt: skip


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ENTERPRISE, Role.BUREAU])
def test_no_message_and_no_letter_says_what_its_reader_may_not_read(world, role):  # noqa: F811 - the fixture
    planted, mine = world
    planted = {(kind, number): one for (kind, number), one in planted.items() if kind in KINDS}
    user = _people(mine)[role.value]
    _told(user, planted)
    reader = reader_of(user, NOON)
    hidden = {one.record.number for one in planted.values() if not may_see(reader, one.record)}
    assert hidden, "something must be hidden, or it proves nothing"
    client = Asker()
    client.force_login(user)
    now = timezone.now()
    _, token = issue_token(user, "sweep", ["read"], 30, by=reader_of(user, now), at=now)
    pages = [client.get("/w/messages/?lang=en").content.decode()]
    before = Message._base_manager.order_by("-pk")[49].pk
    pages.append(client.get(f"/w/messages/?before={before}").content.decode())
    headers = {"Authorization": f"Bearer {token}"}
    pages += [client.get(f"/api/v1/messages?all=1{more}", headers=headers).content.decode()
              for more in ("", f"&before={before}")]  # fmt: skip
    posts = [letters.composed(letter, NOON) for letter in letters.letters().select_related("user")]
    pages += [f"{post.subject} {post.body}" for post in posts if post]
    text = "\n".join(pages)
    assert not _leaks(text, reader, planted)
    assert not {number for number in hidden if number in text}
    assert len([post for post in posts if post is None]) == len(hidden)
    if role in (Role.OFFICER, Role.ENTERPRISE):
        assert MARKER.search(text), "something must be shown, or it proves nothing"
