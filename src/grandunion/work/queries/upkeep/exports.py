"""Writes a list to a file through the reader's own eyes: the rows and columns the screen would show."""

from pathlib import Path

from grandunion.adapters.tables import writer_for
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Refused
from grandunion.work.queries.achievements import LISTING as ACHIEVEMENTS
from grandunion.work.queries.base import Column, Listing, Question, listing
from grandunion.work.queries.events import ACTIONS
from grandunion.work.queries.events import LISTING as EVENTS
from grandunion.work.queries.matches import OFFERS
from grandunion.work.queries.needs import ANSWERED, EVERY, ISSUES
from grandunion.work.queries.needs import LISTING as NEEDS
from grandunion.work.queries.parties import ORGANISATION_LISTING, PERSON_LISTING
from grandunion.work.queries.plans import CLAIMS
from grandunion.work.queries.plans.returns import RETURNS
from grandunion.work.queries.projects import LISTING as PROJECTS
from grandunion.work.queries.scenarios import BIDS, CAPABILITIES, CHALLENGES, OPPORTUNITIES, PROPOSALS

LISTINGS: dict[str, Listing] = {
    one.code: one
    for one in (
        ORGANISATION_LISTING,
        PERSON_LISTING,
        ACHIEVEMENTS,
        NEEDS,
        ISSUES,
        OFFERS,
        EVENTS,
        ACTIONS,
        PROJECTS,
        OPPORTUNITIES,
        CAPABILITIES,
        PROPOSALS,
        CHALLENGES,
        BIDS,
        RETURNS,
        CLAIMS,
    )
} | {"need_answers": ANSWERED}
WITH_ARCHIVE = {NEEDS.code: EVERY, "need_answers": ANSWERED}  # the lists with what has left them, where anything does


def export(
    kind: str, path: Path, reader: Reader, language: str, *, every_column: bool = False, is_whole: bool = False
) -> int:
    """Write the list `kind` as the reader sees it now; answers how many rows. The ending says the format.

    `is_whole` brings what was archived too.

    CSV and XLSX have names in one language; JSON lines have codes, and titles as {"zh", "en"}.
    """
    wanted = _whole(kind) if is_whole else listing_of(kind)
    codes = tuple(column.code for column in wanted.readable(reader)) if every_column else ()
    columns, rows = listing.everything(wanted, reader, Question(columns=codes))
    labels = [column.label.in_(language) for column in columns]
    writer = writer_for(path, [column.code for column in columns], labels, wanted.name.in_(language))
    is_plain, count = path.suffix == ".jsonl", 0
    try:
        for _, values in rows:
            writer.write([_value(c, v, language, is_plain) for c, v in zip(columns, values, strict=True)])
            count += 1
    finally:
        writer.close()
    return count


def listing_of(kind: str) -> Listing:
    """The list of this name; refuses another with those there are."""
    if kind not in LISTINGS:
        known = ", ".join(LISTINGS)
        raise Refused(Text(f"There is no list “{kind}”. Write one of: {known}.", f"没有列表“{kind}”，可选：{known}。"))
    return LISTINGS[kind]


def _whole(kind: str) -> Listing:
    """The list with what was archived; refuses one that nothing ever leaves."""
    if kind not in WITH_ARCHIVE:
        listing_of(kind)
        raise Refused(Text(f"Nothing is archived out of “{kind}”: leave --archived out.",
                           f"“{kind}”没有归档，请去掉 --archived。"))  # fmt: skip
    return WITH_ARCHIVE[kind]


def _value(column: Column, value: object, language: str, is_plain: bool) -> object:
    if is_plain:
        return listing.plain(value)
    if isinstance(value, Word):
        return value.text.in_(language)
    if isinstance(value, Text):
        return value.in_(language)
    return value
