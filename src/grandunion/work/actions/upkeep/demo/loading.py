"""The whole load of a demonstration set, in one transaction; a record that does not come out right is named."""

from collections.abc import Callable, Iterator
from datetime import datetime

from grandunion.adapters.packs import Demo
from grandunion.records.lists import Term
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Problem, Refused, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.lists import put_setting
from grandunion.work.actions.plans import ledger
from grandunion.work.actions.upkeep.demo.achievements import write_achievements
from grandunion.work.actions.upkeep.demo.challenges import write_challenges
from grandunion.work.actions.upkeep.demo.desk import write_desk
from grandunion.work.actions.upkeep.demo.diary import Diary
from grandunion.work.actions.upkeep.demo.events import write_events
from grandunion.work.actions.upkeep.demo.matches import write_matches
from grandunion.work.actions.upkeep.demo.needs import write_needs
from grandunion.work.actions.upkeep.demo.offers import write_offers
from grandunion.work.actions.upkeep.demo.people import write_people
from grandunion.work.actions.upkeep.demo.projects import write_projects
from grandunion.work.actions.upkeep.demo.returns import write_returns
from grandunion.work.actions.upkeep.demo.rounds import write_rounds
from grandunion.work.actions.upkeep.demo.scenarios import write_scenarios
from grandunion.work.actions.upkeep.demo.stage import Stage
from grandunion.work.actions.upkeep.demo.targets import write_targets
from grandunion.work.actions.upkeep.demo.ties import write_ties
from grandunion.work.actions.upkeep.demo.work_reports import write_work_reports
from grandunion.work.actions.upkeep.subjects import Hub
from grandunion.work.permissions import upkeep as permissions
from grandunion.work.queries.lists import setting

WRITERS = (write_people, write_desk, write_achievements, write_needs, write_scenarios, write_challenges,
           write_offers, write_ties, write_matches, write_rounds, write_projects, write_events,
           write_returns, write_work_reports, write_targets)  # fmt: skip


@atomic
def load_demo(
    demo: Demo, *, by: Reader, at: datetime, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Let the demonstration happen, once: every row through the actions of its column, on its days before `at`.

    Raises Refused, and keeps nothing, where an action refuses or a record ends in another state than its row says.
    """
    require(permissions.may_load_pack(by), Forbidden)
    if setting("demo"):
        raise Refused(Text("The demonstration set is loaded already.", "演示数据已加载。"))
    stage = Stage(demo, Diary(at))
    stage.terms = {(term.list, term.code): term for term in Term.objects.all()}
    for write in WRITERS:
        write(stage)
    total = len(stage.diary.entries)
    stage.diary.live(lambda done: progress(done, total))
    if wrong := tuple(_astray(stage)):
        raise Refused(wrong[0].text, wrong)
    put_setting("demo", True)
    put_setting("demo_accounts", _shown(stage))
    journal.note("demo.loaded", Hub("demo"), by=by, at=at, changes={"deeds": (None, total)})
    while ledger.keep_up(at=at).followed:
        pass


def _astray(stage: Stage) -> Iterator[Problem]:
    """Records that stand in another state than the set says."""
    demo = stage.demo
    for kind, rows in (("achievement", demo.achievements), ("need", demo.needs), ("issue", demo.issues),
                       ("capability", demo.capabilities), ("opportunity", demo.opportunities),
                       ("challenge", demo.challenges), ("offer", demo.offers), ("match", demo.matches),
                       ("round", demo.rounds), ("project", demo.projects), ("event", demo.events),
                       ("return", demo.returns), ("work_report", demo.work_reports),
                       ("target", demo.targets)):  # fmt: skip
        for row in rows:
            state = stage.get(kind, row.code).state
            en = f"demo {kind} {row.code} stands at {state}, not at {row.state}."
            zh = f"演示记录 {kind} {row.code} 处于 {state}，而非 {row.state}。"
            if state != row.state:
                yield Problem(row.code, Text(en, zh))


def _shown(stage: Stage) -> list[dict[str, str]]:
    """The log-ins for the first page of the demonstration."""
    return [
        {"role": row.role.value, "email": row.email, "name_zh": stage.users[row.code].name_zh,
         "name_en": stage.users[row.code].name_en, "password": stage.demo.password}
        for row in stage.demo.accounts if row.is_shown
    ]  # fmt: skip
