"""A hub with many offers told in both languages, and needs that ask them: texts recombined from public ones."""

import random
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.db import connection, transaction

from benchmarks.matching import _crowd, _reading, sources
from grandunion.adapters import index, meaning
from grandunion.adapters.vectors import tables
from grandunion.records.achievements import Achievement
from grandunion.records.lists import Term
from grandunion.records.matches import Offer
from grandunion.records.needs import Need
from grandunion.records.parties import Membership, Organisation, Person, User
from grandunion.terms.achievements import AchievementState, Mode
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level

NEEDS = ("cn-patents-bdci2022", "nasa-software-catalog", "bdci2019-needs", "sbir-dod-topics")
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
OWNERS, ASKED = 2_000, 12
LEVELS = (Level.PUBLIC,) * 5 + (Level.MEMBERS,) * 11 + (Level.ORGANISATION,) * 3 + (Level.NAMED,)
SENTENCE = re.compile(r"(?<=[。；.;])\s*")
PIECE = 2_000


@dataclass(frozen=True, slots=True)
class Size:
    """How many offers a technology need is looked for among: achievements, and products out of offers of all kinds."""

    offers_in_all: int = 50_000

    @property
    def works(self) -> int:
        """Achievements."""
        return self.offers_in_all * 4 // 5

    @property
    def offers(self) -> int:
        """Written offers of all kinds, two of three products."""
        return self.offers_in_all * 3 // 10


def make(size: Size) -> None:
    """Fill an empty database; the same seed makes the same hub."""
    dice = random.Random(20260102)  # noqa: S311 - a hub, not a secret
    with transaction.atomic():
        terms = {name: _terms(name, count) for name, count in (("areas", 8), ("industries", 40), ("fields", 60))}
        owners = _owners(dice, terms["areas"])
        _officer()
        _works(dice, owners, terms, size.works)
        _offers(dice, owners, terms, size.offers)
        _needs(dice, owners, terms)
    tables.adopt(_reading.model().model)
    _read("achievement", size.works, 0)
    _read("offer", size.offers, 2 * size.works)
    for need in Need.objects.unscoped("needs of the benchmark are read by the model itself").order_by("pk"):
        meaning.put("need", need.pk, f"{need.title_zh} {need.text_zh}".strip(), f"{need.title_en} {need.text_en}")
    meaning.catch_up()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")


@cache
def _texts() -> tuple[list[tuple[str, list[str]]], list[tuple[str, list[str]]]]:
    """Titles with their sentences, Chinese and English."""
    patents = sources.lines("cn-patents-bdci2022", "cn_patents.jsonl.gz")
    software = sources.lines("nasa-software-catalog", "nasa_code.jsonl.gz")
    return (
        [(row["title"], SENTENCE.split(row["abstract"])) for row in patents],
        [(row["name"], SENTENCE.split(row["description"])) for row in software],
    )


def _said(dice: random.Random) -> dict[str, str]:
    """A title and a text in both languages: a real title with its beginning and sentences of two others."""
    found = {}
    for language, texts in zip(("zh", "en"), _texts(), strict=True):
        title, own = dice.choice(texts)
        others = [dice.choice(dice.choice(texts)[1]) for _ in range(2)]
        found[f"title_{language}"] = title[:300]
        found[f"text_{language}"] = " ".join((own[0], *others))[:900]
    return found


def _terms(code: str, count: int) -> list[Term]:
    rows = [Term(list=code, code=f"{chr(65 + n % 20)}{n:02d}", name_zh=f"{code}{n}", name_en=f"{code} {n}")
            for n in range(count)]  # fmt: skip
    return Term.objects.bulk_create(rows)


def _owners(dice: random.Random, areas: list[Term]) -> list[Organisation]:
    rows = [
        Organisation(number=f"ORG-2026-{n:06d}", level=Level.MEMBERS, name_zh=f"单位{n}", name_en=f"Owner {n}",
                     organisation_kind=dice.choice(list(OrganisationKind)), sort_key=f"{n}", area=dice.choice(areas),
                     created_at=START, updated_at=START)
        for n in range(OWNERS)
    ]  # fmt: skip
    return Organisation.objects.bulk_create(rows, batch_size=500)


def _officer() -> None:
    user = User(email="officer@benchmark.example", name_en="Officer", date_joined=START)
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, role=Role.OFFICER, starts_on=date(2020, 1, 1))


def _case(dice: random.Random, owners: list[Organisation], terms: dict[str, list[Term]], n: int) -> dict:
    """What every record of a case has."""
    at = START + timedelta(minutes=n * 7)
    return {"level": dice.choice(LEVELS), "owner": dice.choice(owners), "area": dice.choice(terms["areas"]),
            "industry": dice.choice(terms["industries"]), "field": dice.choice(terms["fields"]),
            "state_at": at, "created_at": at, "updated_at": at}  # fmt: skip


def _works(dice: random.Random, owners: list[Organisation], terms: dict[str, list[Term]], count: int) -> None:
    for start in range(0, count, PIECE):
        rows = []
        for n in range(start, min(start + PIECE, count)):
            said = {name.replace("text", "abstract_public"): text for name, text in _said(dice).items()}
            price = dice.choice((None, None, dice.randrange(10, 900) * 10_000))
            rows.append(Achievement(
                number=f"ACH-2026-{n:06d}", state=AchievementState.IN_LIBRARY, trl=dice.choice((None, *range(1, 10))),
                price_min=price, modes_wanted=dice.sample(Mode.codes(), dice.randrange(3)), **said,
                **_case(dice, owners, terms, n),
            ))  # fmt: skip
        _kept(Achievement, rows)


def _offers(dice: random.Random, owners: list[Organisation], terms: dict[str, list[Term]], count: int) -> None:
    person = Person.objects.create(number="PER-2026-000001", name_zh="陈", name_en="Chen", expertise="材料",
                                   created_at=START, updated_at=START)  # fmt: skip
    others = [kind for kind in OfferKind if kind is not OfferKind.PRODUCT]
    for start in range(0, count, PIECE):
        rows = []
        for n in range(start, min(start + PIECE, count)):
            kind = OfferKind.PRODUCT if n % 3 else dice.choice(others)
            rows.append(Offer(
                number=f"OFR-2026-{n:06d}", state=OfferState.PUBLISHED, offer_kind=kind,
                person=person if kind is OfferKind.EXPERTISE else None, quota=dice.choice((None, 3, 5)),
                amount_min=dice.choice((None, 100_000)), **_said(dice), **_case(dice, owners, terms, n),
            ))  # fmt: skip
        _kept(Offer, rows)


def _needs(dice: random.Random, owners: list[Organisation], terms: dict[str, list[Term]]) -> None:
    """Half of them Chinese, half English, as they were written by those who had them."""
    zh = [(row["title"], row["content"]) for row in sources.table("bdci2019-needs", "requirements.csv.gz")]
    en = [(row["title"], row["objective"]) for row in sources.lines("sbir-dod-topics", "sbir_topics.jsonl.gz")]
    rows = []
    for n in range(ASKED):
        language, texts = (("zh", zh), ("en", en))[n % 2]
        title, text = dice.choice(texts)
        rows.append(Need(
            number=f"NED-2026-{n:06d}", state=NeedState.DISPATCHED, category=Category.TECHNOLOGY,
            trl_wanted=dice.choice((None, 6, 7)), budget=dice.choice((None, 1_000_000)),
            **{f"title_{language}": title[:300], f"text_{language}": text[:1500]},
            **_case(dice, owners, terms, n) | {"level": Level.MEMBERS},
        ))  # fmt: skip
    _kept(Need, rows)


def _kept(record: type, rows: list) -> None:
    rows = record.objects.bulk_create(rows, batch_size=500)
    index.put_many(record.kind, [(one.pk, [getattr(one, name) or "" for name in record.searched]) for one in rows])


def _read(kind: str, count: int, at: int) -> None:
    """Vectors that lie as real ones do, a passage in each language for every record."""
    vectors, model = _crowd.crowd(200_000), _reading.model().model
    for start in range(1, count + 1, PIECE):
        some = range(start, min(start + PIECE, count + 1))
        tables.wait([(kind, pk, f"{kind} {pk} 中文", f"{kind} {pk}") for pk in some])
        read = {
            one: [tables.Passage(place, language, text, vectors[at + 2 * one.subject_id + place - 2].tobytes())
                  for place, (language, text) in enumerate((("zh", one.zh), ("en", one.en)))]
            for one in tables.waiting(len(some), kind)
        }  # fmt: skip
        tables.settle(model, read)
