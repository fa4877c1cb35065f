"""The offers of the demonstration are written, published, paused and withdrawn."""

from datetime import datetime

from grandunion.adapters.packs.demo_offers import DemoOffer
from grandunion.terms.offers import OfferState as S
from grandunion.terms.secrecy import Level
from grandunion.work.actions import matches as deeds
from grandunion.work.actions.upkeep.demo.stage import Stage, both

ENDED = {S.PAUSED: deeds.pause_offer, S.WITHDRAWN: deeds.withdraw_offer}


def write_offers(stage: Stage) -> None:
    """Write every offer's way into the diary."""
    for row in stage.demo.offers:
        what = f"offer {row.code}"
        stage.diary.on(row.written_day, f"{what}: write", lambda at, row=row: _write(stage, row, at))
        if row.state != S.DRAFT:
            opened = row.moved_day if row.state == S.PUBLISHED else row.written_day
            stage.diary.on(opened, f"{what}: publish", lambda at, row=row: _publish(stage, row, at))
        if row.state in ENDED:
            stage.diary.on(row.moved_day, f"{what}: {row.state}", lambda at, row=row: _end(stage, row, at))


def _write(stage: Stage, row: DemoOffer, at: datetime) -> None:
    owner, person = stage.some("organisation", row.owner), stage.some("person", row.person)
    valid, starts, ends = (stage.diary.day(day) for day in (row.valid_day, row.starts_day, row.ends_day))
    values = {
        "offer_kind": row.kind.value, "title_zh": row.title.zh, "title_en": row.title.en, "text_zh": row.text.zh,
        "text_en": row.text.en, "keywords": both(row.keywords, " ")[:500], "area": row.area, "field": row.field,
        "industry": row.industry, "trl_min": row.trl_min, "trl_max": row.trl_max, "amount_min": row.amount_min,
        "amount_max": row.amount_max, "currency": row.currency or "CNY", "instruments": row.instruments,
        "stages": row.stages, "licence_kinds": row.licence_kinds, "regions": row.regions, "quota": row.quota,
        "partners_excluded": both(row.partners_excluded), "terms": both(row.terms), "valid_until": valid,
        "space_kind": row.space_kind.value if row.space_kind else "", "square_metres": row.square_metres,
        "starts_on": starts, "ends_on": ends,
        "owner": owner.number if owner else "", "person": person.number if person else "",
    }  # fmt: skip
    stage.put("offer", row.code, deeds.create_offer(values, by=stage.officer(at), at=at))


def _publish(stage: Stage, row: DemoOffer, at: datetime) -> None:
    """To the public a second person opens it; the house stands in for a colleague."""
    by = stage.house(at) if row.level == Level.PUBLIC else stage.officer(at)
    deeds.publish_offer(stage.get("offer", row.code), level=row.level, by=by, at=at)


def _end(stage: Stage, row: DemoOffer, at: datetime) -> None:
    ENDED[row.state](stage.get("offer", row.code), reason=both(row.reason), by=stage.officer(at), at=at)
