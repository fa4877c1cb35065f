"""Records that may be the same organisation, and what makes one think so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from rapidfuzz import fuzz

from grandunion.adapters import index
from grandunion.records.parties import Organisation, OrganisationName
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.parties.names import core, folded, reading
from grandunion.work.queries.parties.rows import present

ALIKE = 86  # token ratio in percent from which two cores are shown as alike
LOOKED_AT = 60  # rows that are compared letter by letter
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the same; `score` runs to 100, `is_exact` means it is refused unless confirmed."""

    organisation: Organisation
    reasons: tuple[Text, ...]
    score: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one."""

    first: Organisation
    second: Organisation
    reason: Text


def of_code(credit_code: str = "", ror: str = "", *, but: int | None = None) -> Organisation | None:
    """The living record that bears one of these identifiers, whoever may see it."""
    wanted = Q(pk=None)
    wanted |= Q(credit_code=credit_code) if credit_code else wanted
    wanted |= Q(ror=ror) if ror else wanted
    rows = Organisation.objects.unscoped("an official identifier stands once in the whole hub")
    return rows.filter(wanted).exclude(status="merged").exclude(pk=but).first()


def similar(values: Mapping[str, object], reader: Reader, *, but: int | None = None) -> list[Candidate]:
    """Records visible to the reader that may be the one described, the likeliest first, each with its reasons."""
    cores = [kept for kept in (core(str(values.get(name) or "")) for name in ("name_zh", "name_en")) if kept]
    found = [_judged(row, values, cores) for row in _looked_at(values, cores, reader, but)]
    likely = [candidate for candidate in found if candidate is not None]
    return sorted(likely, key=lambda one: (-one.score, one.organisation.sort_key, one.organisation.pk))[:SHOWN]


def _looked_at(values: Mapping[str, object], cores: list[str], reader: Reader, but: int | None) -> list[Organisation]:
    same = Q(pk=None)
    for name in ("credit_code", "ror"):
        same |= Q(**{name: values[name]}) if values.get(name) else Q(pk=None)
    for kept in cores:
        same |= Q(core_zh=kept) | Q(core_en=kept) | Q(pk__in=_renamed(kept))
    rows = present(reader).exclude(pk=but).select_related("area")
    exact = list(rows.filter(same)[:LOOKED_AT])
    near = rows.filter(pk__in=_near(cores, values)).exclude(pk__in=[row.pk for row in exact])
    return exact + list(near.order_by("sort_key", "pk")[: LOOKED_AT - len(exact)]) if cores else exact


def _renamed(kept: str) -> QuerySet:
    rows = OrganisationName.objects.unscoped("further names of organisations the reader may see")
    return rows.filter(core=kept).values("organisation")


def _near(cores: list[str], values: Mapping[str, object]) -> list[int]:
    """Rows sharing the opening of the core, the reading, or any rare word: a net, not a judgement."""
    wanted = Q(pk=None)
    for kept in cores:
        opening = kept[: 2 if not kept.isascii() else 5]
        wanted |= Q(core_zh__startswith=opening) | Q(core_en__startswith=opening)
    if read := _reading(values):
        wanted |= Q(sort_key__startswith=read[:60])
    rows = Organisation.objects.unscoped("ids only: the caller filters them by what the reader may see")
    close = list(rows.filter(wanted).values_list("pk", flat=True)[: LOOKED_AT * 4])
    inner = [kept[1:] for kept in cores if not kept.isascii() and len(kept) > 3]
    for words in inner[:1]:
        close += list(rows.filter(pk__in=index.found("organisation", words)).values_list("pk", flat=True)[:LOOKED_AT])
    return close


def _reading(values: Mapping[str, object]) -> str:
    kept = core(str(values.get("name_zh") or ""))
    return reading(kept) if kept and not kept.isascii() else ""


def _judged(row: Organisation, values: Mapping[str, object], cores: list[str]) -> Candidate | None:
    reasons, score, is_exact = [], 0, False
    for name, text in (
        ("credit_code", Text("same credit code", "统一社会信用代码相同")),
        ("ror", Text("same ROR", "ROR 标识相同")),
    ):
        if values.get(name) and values[name] == getattr(row, name):
            reasons, score, is_exact = [*reasons, text], 100, True
    likeness = max((_likeness(kept, row) for kept in cores), default=0)
    if any(kept in (row.core_zh, row.core_en) for kept in cores):
        reasons.append(Text("same name without place and legal form", "去除地名与组织形式后名称相同"))
        score, is_exact = max(score, 98), is_exact or not _differ_in_code(row, values)
    elif likeness >= ALIKE:
        reasons.append(Text(f"names alike to {likeness}%", f"名称相似度 {likeness}%"))
        score = max(score, likeness - 5)
    elif (read := _reading(values)) and len(read) > 5 and read == _core_reading(row):
        reasons.append(Text("same pinyin", "名称拼音相同"))
        score = max(score, 88)
    elif not reasons:
        reasons, score = _by_former_name(row, cores)
    return Candidate(row, tuple(reasons), score, is_exact) if reasons else None


def _differ_in_code(row: Organisation, values: Mapping[str, object]) -> bool:
    """Two credit codes that differ prove two organisations, whatever they are called."""
    return bool(row.credit_code and values.get("credit_code") and row.credit_code != values["credit_code"])


def _likeness(kept: str, row: Organisation) -> int:
    return int(max(fuzz.ratio(kept, other) if not kept.isascii() else fuzz.token_sort_ratio(kept, other)
                   for other in (row.core_zh, row.core_en)))  # fmt: skip


def _core_reading(row: Organisation) -> str:
    return reading(row.core_zh) if row.core_zh else ""


def _by_former_name(row: Organisation, cores: list[str]) -> tuple[list[Text], int]:
    rows = OrganisationName.objects.unscoped("further names of organisations the reader may see")
    name = rows.filter(organisation=row, core__in=cores).first() if cores else None
    if name is None:
        return [], 0
    return [Text(f"also called “{name.name}”", f"又名“{name.name}”")], 92


def pairs(reader: Reader, limit: int = 50) -> list[Pair]:
    """Living records that share a core name or a reading, as pairs for somebody to compare."""
    found: dict[tuple[int, int], Pair] = {}
    for name, reason in (
        ("core_zh", Text("same name without place and legal form", "去除地名与组织形式后名称相同")),
        ("core_en", Text("same English name without legal form", "去除组织形式后英文名称相同")),
        ("sort_key", Text("same pinyin", "名称拼音相同")),
    ):
        for first, second in _sharing(present(reader), name, limit):
            if not _differ_in_code(first, {"credit_code": second.credit_code}):
                found.setdefault((first.pk, second.pk), Pair(first, second, reason))
    return list(found.values())[:limit]


def _sharing(rows: QuerySet, name: str, limit: int) -> Iterable[tuple[Organisation, Organisation]]:
    shared = rows.exclude(**{name: ""}).order_by().values(name).annotate(times=Count("pk")).filter(times__gt=1)[:limit]
    groups: dict[str, list[Organisation]] = {}
    wanted = [row[name] for row in shared]
    for row in rows.filter(**{f"{name}__in": wanted}).select_related("area", "industry").order_by("pk")[: limit * 4]:
        groups.setdefault(getattr(row, name), []).append(row)
    for group in groups.values():
        yield from ((group[0], other) for other in group[1:])


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are written alike, apart from width, case and spaces."""
    return folded(one) == folded(other)
