"""Where a record of a kind is read: in the workspace, and in the portal by those without an account."""

from grandunion.work.queries.messages.happenings import PARENTS

SECTIONS = {
    "match": "matches", "opportunity": "scenarios", "capability": "scenarios/capabilities", "account": "",
    "webhook": "", "mail": "", "chore": "",
}  # fmt: skip

PUBLIC = {"event": "events", "need": "needs", "offer": "offers", "challenge": "challenges", "opportunity": "scenarios"}


def place(kind: str, number: str) -> str:
    """The path of a record's page; the nearest there is where the kind has none of its own."""
    if kind == "account":
        return "/w/account/"
    if kind in ("webhook", "mail", "chore"):
        return "/w/worker/"
    if kind in PARENTS or not number:
        return "/w/"
    return f"/w/{SECTIONS.get(kind, f'{kind}s')}/{number}/"


def outside(kind: str, number: str) -> str:
    """The path of a record's page in the portal; its front page where the kind has none."""
    return f"/{PUBLIC[kind]}/{number}/" if kind in PUBLIC and number else "/"
