"""Records that may be the same organisation, and what makes one think so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet
from rapidfuzz import fuzz

from grandunion.adapters import index
from grandunion.records.parties import Organisation, OrganisationName
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.base.policy import marks
from grandunion.work.queries.parties.names import core, folded, reading
from grandunion.work.queries.parties.rows import present

ALIKE = 86  # token ratio in percent from which two cores are shown as alike
LOOKED_AT = 60  # rows that are compared letter by letter
SHOWN = 8
OF_ROWS = "SELECT id FROM records_organisation WHERE"
OF_NAMES = "SELECT organisation_id FROM records_organisationname WHERE"
LAST_SIGN = "\U0010ffff"
Asked = tuple[str, list]  # a question for ids, and its values


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
    cores = _cores(values)
    found = [_judged(row, values, cores) for row in _looked_at(values, cores, reader, but)]
    return _likeliest(candidate for candidate in found if candidate is not None)[:SHOWN]


def exact(values: Mapping[str, object], reader: Reader, *, but: int | None = None) -> Candidate | None:
    """The likeliest record visible to the reader that is refused unless confirmed: the first such of `similar`.

    What is merely near is never exact, so that one question over indexes is enough where nothing is the same.
    """
    cores = _cores(values)
    same = _ids(_same(values, cores))
    found = [_judged(row, values, cores) for row in _open(same, reader, but)[:LOOKED_AT]] if same else []
    return next(iter(_likeliest(one for one in found if one is not None and one.is_exact)), None)


def _cores(values: Mapping[str, object]) -> list[str]:
    return [kept for kept in (core(str(values.get(name) or "")) for name in ("name_zh", "name_en")) if kept]


def _likeliest(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda one: (-one.score, one.organisation.sort_key, one.organisation.pk))


def _looked_at(values: Mapping[str, object], cores: list[str], reader: Reader, but: int | None) -> list[Organisation]:
    same = _ids(_same(values, cores))
    exact = list(_open(same, reader, but)[:LOOKED_AT]) if same else []
    known = {row.pk for row in exact}
    close = [pk for pk in _near(cores, values) if pk not in known] if cores else []
    near = _open(close, reader, but).order_by("sort_key", "pk")[: LOOKED_AT - len(exact)] if close else ()
    return [*exact, *near]


def _open(ids: list[int], reader: Reader, but: int | None) -> QuerySet[Organisation]:
    return present(reader).filter(pk__in=ids).exclude(pk=but).select_related("area")


def _same(values: Mapping[str, object], cores: list[str]) -> list[Asked]:
    """Rows of the same identifier, or of the same core in any of their names."""
    identifiers = [(f"{OF_ROWS} {name} = %s AND {name} <> ''", [values[name]])
                   for name in ("credit_code", "ror") if values.get(name)]  # fmt: skip
    columns = (f"{OF_ROWS} core_zh", f"{OF_ROWS} core_en", f"{OF_NAMES} core") if cores else ()
    return identifiers + [(f"{column} IN ({marks(cores)})", cores) for column in columns]


def _near(cores: list[str], values: Mapping[str, object]) -> list[int]:
    """Rows sharing the opening of the core, the reading, or any rare word: a net, not a judgement."""
    openings = [kept[: 2 if not kept.isascii() else 5] for kept in cores]
    wanted = [_opening(column, opening) for opening in openings for column in ("core_zh", "core_en")]
    if read := _reading(values):
        wanted.append(_opening("sort_key", read[:60]))
    close = _ids(wanted)
    inner = [kept[1:] for kept in cores if not kept.isascii() and len(kept) > 3]
    return close + (index.newest("organisation", inner[0], LOOKED_AT) if inner else [])


def _opening(column: str, opening: str) -> Asked:
    """Rows whose column begins so, in the way each database does by its index."""
    if connection.vendor == "sqlite":
        return f"{OF_ROWS} {column} >= %s AND {column} < %s", [opening, f"{opening}{LAST_SIGN}"]
    return f"{OF_ROWS} {column} LIKE %s", [f"{connection.ops.prep_for_like_query(opening)}%"]


def _ids(wanted: list[Asked]) -> list[int]:
    """The ids any of the questions finds, each by its own index: as one condition they would read every row.

    Ids only, not scoped: the caller keeps those its reader may see.
    """
    if not wanted:
        return []
    sql = " UNION ".join(one for one, _ in wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {LOOKED_AT * 4}", [value for _, values in wanted for value in values])
        return [row[0] for row in cursor.fetchall()]


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
