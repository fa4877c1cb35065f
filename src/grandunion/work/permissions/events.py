"""Who plans events, who comes, who stands at the door, who writes and confirms minutes, who sees to what follows."""

from collections.abc import Sequence

from grandunion.engines.flows import ACTION_FLOW, EVENT_FLOW, REGISTRATION_FLOW, Move
from grandunion.records.events import Action, Event, Registration
from grandunion.terms.events import EventState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing, managing, parts, staff_only
from grandunion.work.queries import events

Offers = tuple[tuple[Move, Verdict], ...]
DESK = frozenset({Part.IN_CHARGE, Part.OFFICER})
MINUTING = frozenset(
    {EventState.REGISTRATION_OPEN, EventState.CLOSED, EventState.HELD, EventState.MINUTES_DRAFT}
)  # from the moment it begins until the minutes are confirmed
OVER = frozenset({EventState.DONE, EventState.CANCELLED})


def standing(reader: Reader, event: Event, **given: object) -> Standing:
    """The facts of the event with what a form brought, and what the reader is to it."""
    own = {"is_second_person": reader.is_house or event.minutes_by_id != reader.user_id}
    return Standing({**events.facts(event, reader.at), **own, **given}, parts(reader, event) - {Part.OWNER})


def offers(reader: Reader, event: Event) -> Offers:
    """The moves the flow offers the reader on this event; drafting the minutes begins with the first statement."""
    stand = standing(reader, event)
    found = EVENT_FLOW.offers(event.state, stand.facts, stand.parts)
    return tuple((move, verdict) for move, verdict in found if move.code != "draft" or stand.facts["statements"])


def registration_parts(reader: Reader, row: Registration, key: str = "") -> frozenset[Part]:
    """What the reader is to a registration: the desk, or whoever registered; whoever holds its key is that person."""
    if reader.is_house:
        return frozenset(Part)
    mine = parts(reader, row.event) & DESK
    holds = bool(key and row.tracking and row.tracking == events.fingerprint(key))
    is_user = reader.is_signed_in and (
        row.user_id == reader.user_id or (row.person_id is not None and row.person_id == reader.person_id)
    )
    if holds or is_user or row.organisation_id in reader.organisation_ids:
        mine |= {Part.OWNER}
    return mine


def registration_standing(reader: Reader, row: Registration, key: str = "", **given: object) -> Standing:
    """The facts of a registration with what its form brought."""
    facts = events.registration_facts(row, reader.at)
    return Standing({**facts, **given}, registration_parts(reader, row, key))


def registration_offers(reader: Reader, row: Registration, key: str = "") -> Offers:
    """The moves the reader may make on a registration; only the desk makes somebody wait or miss."""
    stand = registration_standing(reader, row, key)
    return REGISTRATION_FLOW.offers(row.state, stand.facts, stand.parts)


def desk_offers(reader: Reader, event: Event, rows: Sequence[Registration]) -> list[tuple[Registration, Offers]]:
    """Each registration of an event with the moves its desk may make; the places are counted once."""
    is_free, mine, found = events.has_place(event), parts(reader, event) & DESK, []
    for row in rows:
        row.event = event
        facts = events.registration_facts(row, reader.at, is_free=is_free)
        found.append((row, REGISTRATION_FLOW.offers(row.state, facts, mine)))
    return found


def action_standing(reader: Reader, action: Action, **given: object) -> Standing:
    """The facts of an action with what a form brought, and what the reader is to it."""
    return Standing({"result": action.result, **given}, parts(reader, action))


def action_offers(reader: Reader, action: Action) -> Offers:
    """The moves the flow offers the reader on what was promised."""
    stand = action_standing(reader, action)
    return ACTION_FLOW.offers(action.state, stand.facts, stand.parts)


def may_plan(reader: Reader) -> Verdict:
    """Officers plan events."""
    return staff_only(reader)


def may_run(reader: Reader, event: Event) -> Verdict:
    """The officer in charge and the officers of the area run an event."""
    return managing(reader, event)


def may_edit(reader: Reader, event: Event) -> Verdict:
    """Whoever runs an event changes it until it is over."""
    if event.state in OVER:
        return no("This event is over: nothing about it is changed any more.", "该活动已办结或取消，不能再修改。")
    return managing(reader, event)


def may_open_to(reader: Reader, event: Event, level: Level) -> Verdict:
    """Registration is opened to members or to everybody."""
    if level not in (Level.PUBLIC, Level.MEMBERS):
        return no("Open it to members or to the public.", "请选择对会员或公众开放。")
    return managing(reader, event)


def may_register(reader: Reader, event: Event) -> Verdict:
    """Everybody who sees an event registers while registration is open; the desk enters people until it is over."""
    if parts(reader, event) & DESK:
        return may_edit(reader, event)
    if events.is_open_to_register(event, reader.at):
        return YES
    return no("Registration for this event is not open.", "该活动当前未开放报名。")


def may_register_for(reader: Reader, event: Event, organisation_id: int | None) -> Verdict:
    """The desk registers anybody; a member for their own organisation, or for none that is a record here."""
    if organisation_id is None or parts(reader, event) & DESK or organisation_id in reader.organisation_ids:
        return YES
    return no(
        "You register people of your own organisation only. The organiser enters others.",
        "您只能为本单位人员报名，其他单位请联系主办方登记。",
    )


def may_read_registrations(reader: Reader, event: Event) -> Verdict:
    """Names and contacts are read by whoever runs the event, and by nobody else."""
    return managing(reader, event)


def may_read_minutes(reader: Reader, event: Event) -> Verdict:
    """The desk and planners read the minutes whole; an organisation its own words once they are confirmed."""
    if parts(reader, event) & (DESK | {Part.PLANNER}):
        return YES
    return no(
        "The desk reads the minutes; every organisation its own words.", "纪要由服务台查阅，各单位可查阅本方发言。"
    )


def may_minute(reader: Reader, event: Event) -> Verdict:
    """Whoever runs an event writes its minutes, from its beginning until they are confirmed."""
    if event.state not in MINUTING or event.starts_at > reader.at:
        return no(
            "Minutes are written from the beginning of the event until they are confirmed. To change confirmed "
            "minutes, choose “Correct the minutes”.",
            "纪要自活动开始起录入，确认后不再改动；如需更正，请先“更正纪要”。",
        )
    return managing(reader, event)


def may_follow_up(reader: Reader, event: Event) -> Verdict:
    """Whoever runs an event turns what was said there into needs and actions, until all is settled."""
    if event.state in OVER:
        return no("This event is over. Take up its follow-up again first.", "该活动已办结，如需跟进请先恢复跟踪。")
    return managing(reader, event)


def may_change_action(reader: Reader, action: Action) -> Verdict:
    """Whoever sees to an action says who does it and until when."""
    return managing(reader, action)
