"""A year of matches with their steps, and the report on them asked in several ways; started by `success`."""

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django

django.setup()  # the models below can be imported only then

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks.doors import open_doors  # noqa: E402
from benchmarks.measure import compare  # noqa: E402
from grandunion.records.journal import Step  # noqa: E402
from grandunion.records.lists import Term  # noqa: E402
from grandunion.records.matches import Match  # noqa: E402
from grandunion.records.needs import Need  # noqa: E402
from grandunion.records.parties import Membership, Organisation, User  # noqa: E402
from grandunion.terms.matches import DeclineReason, FailReason, Market  # noqa: E402
from grandunion.terms.parties import OrganisationKind  # noqa: E402
from grandunion.terms.reports import Cut, Stage  # noqa: E402
from grandunion.terms.roles import Role  # noqa: E402
from grandunion.terms.secrecy import Level  # noqa: E402
from grandunion.work.queries.matches import figures  # noqa: E402
from grandunion.work.queries.matches.success import Asked  # noqa: E402
from grandunion.work.queries.matches.tally import tallies  # noqa: E402
from grandunion.work.queries.parties import reader_of  # noqa: E402

MANAGERS, FIELDS, ROUNDS, PIECE = 12, 8, 15, 5_000
WAYS = (
    ("suggested",), ("suggested", "sent"), ("suggested", "sent", "viewed", "declined"),
    ("suggested", "sent", "interested", "introduced", "meeting", "success"),
    ("suggested", "sent", "interested", "introduced", "failed"),
)  # fmt: skip
# What one writes first: how many matches of each market came to each state. It knows neither who went past a state,
# nor the last one as of a day, nor how long it took.
BARE = """
SELECT m.market, s.target, COUNT(DISTINCT m.id), MIN(s.at) FROM records_match m
JOIN records_step s ON s.flow = 'match' AND s.subject_id = m.id
WHERE m.created_at >= %s AND s.at < %s GROUP BY m.market, s.target"""


def make(count: int, now: datetime) -> None:
    """Fill an empty database; the same seed makes the same year."""
    dice = random.Random(20260103)  # noqa: S311 - a year, not a secret
    at = {"state_at": now, "created_at": now, "updated_at": now}
    with transaction.atomic():
        fields = Term.objects.bulk_create(
            [Term(list="fields", code=f"F{n}", name_zh=f"领域{n}", name_en=f"Field {n}") for n in range(FIELDS)]
        )
        users = [_officer(n, now) for n in range(MANAGERS)]
        owner = Organisation.objects.create(
            number="ORG-2026-0001", name_zh="单位", name_en="Owner", organisation_kind=OrganisationKind.ENTERPRISE,
            created_at=now, updated_at=now,
        )  # fmt: skip
        needs = Need.objects.bulk_create([
            Need(number=f"NED-2026-{n:06d}", title_zh=f"需求{n}", owner=owner, field=dice.choice(fields),
                 state="received", category="technology", level=Level.ORGANISATION, **at)
            for n in range(count // 5 + 1)
        ], batch_size=500)  # fmt: skip
        for start in range(0, count, PIECE):
            _matches(dice, range(start, min(start + PIECE, count)), needs, users, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")


def _officer(n: int, now: datetime) -> User:
    user = User(email=f"officer{n}@benchmark.example", name_zh=f"专员{n}", name_en=f"Officer {n}", date_joined=now)
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, role=Role.OFFICER, starts_on=date(2020, 1, 1))
    return user


def _matches(dice: random.Random, some: range, needs: list[Need], users: list[User], now: datetime) -> None:
    rows = []
    for n in some:
        begun, need = now - timedelta(days=dice.random() * 350), needs[n // 5]
        rows.append(Match(
            number=f"MAT-2026-{n:06d}", market=dice.choice(Market.codes()), need=need, offering=need.owner,
            owner=need.owner, level=Level.ORGANISATION, in_charge=dice.choice(users), state_at=begun, created_at=begun,
            updated_at=begun,
        ))  # fmt: skip
    made = Match.objects.bulk_create(rows, batch_size=500)
    Step.objects.bulk_create((step for match in made for step in _steps(dice, match)), batch_size=1000)


def _steps(dice: random.Random, match: Match) -> Iterator[Step]:
    at, source = match.created_at, ""
    for target in dice.choice(WAYS):
        reasons = {"declined": DeclineReason, "failed": FailReason}.get(target)
        reason = dice.choice(reasons.codes()) if reasons else ""
        yield Step(flow="match", subject_id=match.pk, source=source, target=target, at=at, reason=reason)
        source, at = target, at + timedelta(days=dice.random() * 10)


def measure(now: datetime) -> dict[str, object]:
    """The report by market, by reason and by month, its page, and the bare statement, in turns."""
    user = User.objects.get(email="officer0@benchmark.example")
    reader, page = reader_of(user, now), open_doors(user, now).page
    asked = {cut: Asked((now - timedelta(days=360)).date(), now.date(), cut) for cut in Cut}
    ways = {
        "bare grouped SQL": lambda: _bare(asked[Cut.MARKET], now),
        "its grouped question": lambda: tallies(asked[Cut.MARKET]),
        **{f"report by {cut.value}": lambda cut=cut: figures.report(asked[cut], reader) for cut in Cut},
        "page by market": lambda: page.get(f"/w/reports/matches/?since={asked[Cut.MARKET].since}"),
    }  # fmt: skip
    whole = figures.report(asked[Cut.MARKET], reader).whole.counts[Stage.SUGGESTED]
    timed = compare(ways, ROUNDS)
    return {
        "database": connection.display_name, "matches": whole, "steps": Step.objects.count(),
        "ways": {way: (one.cpu, one.wall, one.worst) for way, one in timed.items()},
    }  # fmt: skip


def _bare(asked: Asked, now: datetime) -> list[tuple]:
    since = datetime.combine(asked.since, datetime.min.time(), UTC)
    with connection.cursor() as cursor:
        cursor.execute(BARE, [connection.ops.adapt_datetimefield_value(one) for one in (since, now)])
        return cursor.fetchall()


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    today = datetime.now(UTC).replace(microsecond=0)
    make(int(sys.argv[1]), today)
    Path(sys.argv[2]).write_text(json.dumps(measure(today), ensure_ascii=False), "utf-8")
