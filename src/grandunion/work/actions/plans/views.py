"""What can be done with views of figures: keep one, change it, have it mailed weekly, remove it."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.records.plans import KeptView
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.terms.views import Cut
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic, change, lock
from grandunion.work.permissions.plans import views as permissions
from grandunion.work.queries.journal import submitted
from grandunion.work.queries.plans import views as queries
from grandunion.work.queries.plans.views import Wish

MOST_INDICATORS = 24
LONGEST = 120


@atomic
def keep(wish: Wish, *, is_mailed: bool = False, key: str = "", by: Reader, at: datetime) -> KeptView:
    """Keep a view: one that follows a dashboard, or one of own indicators; the same form sent twice is kept once."""
    if (before := submitted(key, KeptView.kind)) is not None:
        return queries.kept_view(before, by)
    require(permissions.may_keep(by, queries.kept_views(by).count()), Forbidden)
    if wish.dashboard:
        queries.dashboard(wish.dashboard, by)
    values = {**_values(wish, wish.dashboard), "dashboard": wish.dashboard}
    made = KeptView.objects.create(
        user_id=by.user_id, is_mailed=is_mailed, mailed_at=_just_now(is_mailed, at), created_at=at, updated_at=at,
        **values,
    )  # fmt: skip
    journal.keep_submission(key, made, at)
    journal.note("view.kept", made, by=by, at=at, changes=_journaled(values))
    return made


@atomic
def edit(view: KeptView, wish: Wish, *, version: int, by: Reader, at: datetime) -> KeptView:
    """Change what a view is called and what it shows."""
    require(permissions.may_change(by, view), Forbidden)
    changes = change(view, at=at, version=version, **_values(wish, view.dashboard))
    if changes:
        journal.note("view.edited", view, by=by, at=at, changes=changes)
    return view


@atomic
def mail_weekly(view: KeptView, wanted: bool, *, by: Reader, at: datetime) -> None:
    """Begin or end the weekly mail of a view; the first comes a week from now."""
    require(permissions.may_change(by, view), Forbidden)
    held = lock(view)
    if held.is_mailed != wanted:
        changes = change(held, at=at, is_mailed=wanted, mailed_at=_just_now(wanted, at))
        journal.note("view.mail_begun" if wanted else "view.mail_ended", held, by=by, at=at,
                     changes={"is_mailed": changes["is_mailed"]})  # fmt: skip


@atomic
def remove(view: KeptView, *, by: Reader, at: datetime) -> None:
    """Take a view away."""
    require(permissions.may_change(by, view), Forbidden)
    journal.note("view.removed", view, by=by, at=at, changes={"name": (view.name, None)})
    view.delete()


def run_due(*, by: Reader, at: datetime, limit: int = 200) -> int:
    """Tell each keeper of a view that is due, once a week; the letter itself reads the figures when it is written."""
    return sum(_due(pk, by=by, at=at) for pk in list(queries.due_views(at).values_list("pk", flat=True)[:limit]))


@atomic
def _due(pk: int, *, by: Reader, at: datetime) -> bool:
    view = queries.due_views(at).select_for_update(of=("self",)).filter(pk=pk).first()
    if view is None:
        return False
    change(view, at=at, mailed_at=at)
    journal.note("view.week", view, by=by, at=at)
    return True


def _values(wish: Wish, dashboard: str) -> Mapping[str, object]:
    """What is kept of the form, or what is wrong with it; what follows a dashboard has no indicators of its own."""
    name, codes = wish.name.strip()[:LONGEST], [] if dashboard else list(dict.fromkeys(wish.indicators))
    if not name:
        raise invalid("name", "Give the view a name.", "请填写看板名称。")
    if not dashboard and not codes:
        raise invalid("indicators", "Choose at least one indicator.", "请至少选择一个指标。")
    if len(codes) > MOST_INDICATORS:
        raise invalid("indicators", f"Choose at most {MOST_INDICATORS} indicators.",
                      f"最多选择 {MOST_INDICATORS} 个指标。")  # fmt: skip
    known = {code for code, _ in queries.choices()}
    if strange := next((code for code in codes if code not in known), None):
        raise invalid("indicators", f"There is no indicator “{strange}”.", f"没有指标“{strange}”。")
    return {"name": name, "indicators": codes, "cut": Cut(wish.cut).value, "area": wish.area}


def _just_now(is_mailed: bool, at: datetime) -> datetime | None:
    return at if is_mailed else None


def _journaled(values: Mapping[str, object]) -> dict[str, tuple[None, object]]:
    return {name: (None, value) for name, value in values.items() if value}
