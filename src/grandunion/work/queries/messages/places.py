"""Where a record of a kind is read: in the workspace, and in the portal by those without an account."""

from grandunion.terms.messages import MessageKind
from grandunion.work.queries.messages.happenings import PARENTS

SECTIONS = {
    "match": "matches",
    "opportunity": "scenarios",
    "capability": "capabilities",
    "issue": "problems",
    "view": "dashboards/views",
    "work_report": "work-reports",
}
PUBLIC = {"event": "events", "need": "needs", "offer": "offers", "opportunity": "scenarios",
          "capability": "capabilities", "challenge": "challenges"}  # fmt: skip


def place(kind: str, number: str, about: str = "") -> str:
    """The path of a record's page; the nearest there is where the kind has none of its own.

    `about` is the kind of the message: what has to do with running the hub leads there.
    """
    if kind == "account":
        return "/w/account/"
    if kind in ("webhook", "mail", "chore"):
        return "/w/worker/" if about == MessageKind.HUB else "/w/account/"
    if kind in PARENTS or not number:
        return "/w/"
    return f"/w/{SECTIONS.get(kind, f'{kind}s')}/{number}/"


def outside(kind: str, number: str) -> str:
    """The path of a record's page in the portal; its front page where the kind has none."""
    return f"/{PUBLIC[kind]}/{number}/" if kind in PUBLIC and number else "/"
