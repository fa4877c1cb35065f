"""What is found is first asked who may see it; nothing is lost against reading all that may be seen."""

import numpy as np
import pytest
from django.db import connection
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grandunion.adapters import index
from grandunion.adapters.meaning import searching
from grandunion.adapters.spotting import Folded
from grandunion.adapters.vectors.scanning import nearest
from grandunion.adapters.vectors.tables import State
from grandunion.engines.matching import Concept, measured, trace_of
from grandunion.records.achievements import Achievement
from grandunion.terms.achievements import AchievementState
from grandunion.terms.secrecy import Level
from grandunion.work.queries.base import visible
from grandunion.work.queries.matches import finding
from grandunion.work.queries.matches.finding import Asked, Spotter
from grandunion.work.queries.matches.sight import Sight
from grandunion.work.queries.matches.supply import supplies
from tests.cast import NOON

pytestmark = pytest.mark.django_db
WORDS = ("超导", "线圈", "磁体", "coil", "magnet", "工艺")
LEVELS = (Level.PUBLIC, Level.MEMBERS, Level.NAMED)


def _library(levels, texts):
    """Achievements straight into their table and the index of words."""
    kept = Achievement.objects.unscoped("a test begins with an empty library")
    kept.filter(number__startswith="ACH-2001").delete()
    rows = Achievement.objects.bulk_create([
        Achievement(number=f"ACH-2001-{n:04d}", title_zh=" ".join(text) or "无", level=level, state_at=NOON,
                    state=AchievementState.IN_LIBRARY, created_at=NOON, updated_at=NOON)
        for n, (level, text) in enumerate(zip(levels, texts, strict=True))
    ])  # fmt: skip
    index.put_many("achievement", [(row.pk, [row.title_zh]) for row in rows])
    return rows


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_words_find_what_a_reader_of_everything_would_keep(ada, bo, monkeypatch, data):
    monkeypatch.setattr(finding, "FOUND", data.draw(st.integers(1, 4)))
    texts = data.draw(st.lists(st.lists(st.sampled_from(WORDS), max_size=4), min_size=1, max_size=14))
    levels = [data.draw(st.sampled_from(LEVELS)) for _ in texts]
    _library(levels, texts)
    asked = Asked("超导 线圈 工艺", "coil", ("超导", "线圈", "工艺", "coil"))
    for reader in (ada, bo):
        rows = visible(Achievement, reader).filter(number__startswith="ACH-2001")
        mine = set(rows.values_list("pk", flat=True))
        slow = [pk for pk, _ in index.any_of("achievement", asked.widened, limit=index.EVERY) if pk in mine]
        assert list(finding._by_words("achievement", asked, Sight(rows))) == slow[: finding.FOUND]


class Eyes:
    """Somebody who may see some ids, and counts how often everything was read."""

    def __init__(self, ids):
        self.ids, self.read = set(ids), 0

    def among(self, ids):
        return self.ids.intersection(ids)

    def every(self):
        self.read += 1
        return self.ids

    def likely(self, enough):
        return enough


@given(
    seed=st.integers(0, 2**16), count=st.integers(1, 60), most=st.integers(1, 12), share=st.floats(0, 1),
    passages=st.integers(1, 3),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_the_nearest_are_those_of_a_scan_of_nothing_but_what_may_be_seen(seed, count, most, share, passages):
    chance = np.random.default_rng(seed)
    subjects = np.repeat(np.arange(1, count + 1), passages)
    vectors = chance.integers(-2, 3, (len(subjects), 4)).astype(np.float32)  # few numbers: many are equally near
    eyes = Eyes(pk for pk in range(1, count + 1) if chance.random() < share)
    view = searching.View(None, vectors, subjects, np.zeros(len(subjects), np.int32), None)
    ground = searching._Ground("achievement", None, None, frozenset(), None, eyes)
    rows, cosines, _ = searching._Nearest(view, vectors[0], most, ground).counting(most, most)
    slow, exact = nearest(vectors, vectors[0], most, np.isin(subjects, list(eyes.ids)))
    assert rows.tolist() == slow.tolist()
    assert np.allclose(cosines, exact)
    assert eyes.read <= 1


@given(
    seed=st.integers(0, 2**16), count=st.integers(1, 60), most=st.integers(1, 12), share=st.floats(0, 1),
    passages=st.integers(1, 5),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_enough_records_are_the_first_of_the_nearest_passages(seed, count, most, share, passages):
    chance = np.random.default_rng(seed)
    subjects = np.repeat(np.arange(1, count + 1), passages)
    vectors = chance.integers(-2, 3, (len(subjects), 4)).astype(np.float32)
    eyes = Eyes(pk for pk in range(1, count + 1) if chance.random() < share)
    view = searching.View(None, vectors, subjects, np.zeros(len(subjects), np.int32), None)
    ground = searching._Ground("achievement", None, None, frozenset(), None, eyes)
    rows, _, _ = searching._Nearest(view, vectors[0], most * 3, ground).counting(most, most)
    slow, _ = nearest(vectors, vectors[0], most * 3, np.isin(subjects, list(eyes.ids)))
    firsts = [list(dict.fromkeys(subjects[found].tolist()))[:most] for found in (rows, slow)]
    assert firsts[0] == firsts[1]


class Shelved:
    """A shelf with these vectors."""

    def __init__(self, vectors):
        subjects = np.arange(1, len(vectors) + 1) % 40 + 1  # some records have several passages
        self.shown = searching.View(None, vectors, subjects, np.arange(len(vectors)), None)

    def view(self, state, centre):
        return self.shown


@given(
    seed=st.integers(0, 2**16), count=st.integers(1, 60), limit=st.integers(1, 16), share=st.floats(0, 1),
    alike=st.floats(0, 1), both=st.booleans(),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_half_of_each_languages_list_tells_who_has_the_places(seed, count, limit, share, alike, both):
    chance = np.random.default_rng(seed)
    zh = chance.integers(-2, 3, (count, 4)).astype(np.float32) / 8
    en = np.where(chance.random((count, 1)) < alike, zh, chance.integers(-2, 3, (count, 4)) / 8).astype(np.float32)
    shelves = {"zh": Shelved(zh), "en": Shelved(en)}
    asking = [searching._Asking(language, chance.random(4).astype(np.float32)) for language in ("zh", "en")[: both + 1]]
    eyes = Eyes(pk for pk in range(1, 41) if chance.random() < share)
    search = object.__new__(searching._Search)
    search.kind, search._state, search._fit, search._behind = (
        "achievement",
        State("g", 1, "", ""),
        Centred(),
        frozenset(),
    )
    search._waiting, search._model, search._asking, search._languages = (), None, asking, ("zh", "en")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(searching, "_shelf", lambda folder, kind, language: shelves[language])
        ground = searching._Ground("achievement", search._state, search._fit, frozenset(), None, eyes)
        lines = [searching._Line(ground, language, one, limit) for language in ("zh", "en") for one in asking]
        whole, _ = searching._merged([met for line in lines for met in line.down_to(limit, limit)[0]], {})
        assert search.best(limit, None, eyes) == sorted(whole[:limit])


class Centred:
    """Vectors that are centred already."""

    def apply(self, vectors, language):
        return vectors


@pytest.mark.parametrize("who", ["ada", "bo", "dee"])
def test_sight_is_the_readers_own(request, who):
    reader = request.getfixturevalue(who)
    made = _library([LEVELS[n % 3] for n in range(9)], [["超导"]] * 9)
    rows = visible(Achievement, reader)
    mine = set(rows.values_list("pk", flat=True))
    sight = Sight(rows)
    assert sight.among(row.pk for row in made[:4]) == mine & {row.pk for row in made[:4]}
    assert sight.among(row.pk for row in made) == mine & {row.pk for row in made}
    assert sight.every() == mine
    assert sight.among([10**9]) == set()
    assert Sight(rows.filter(pk__in=[])).among([made[0].pk]) == set()


@pytest.mark.parametrize("who", ["ada", "bo", "dee"])
def test_what_is_on_offer_is_seen_as_it_is_open_now(request, who):
    reader = request.getfixturevalue(who)
    made = _library([LEVELS[n % 3] for n in range(9)], [["超导"]] * 9)
    ids, (offered,) = [row.pk for row in made], supplies(["achievement"], reader)
    for level in (None, Level.NAMED, Level.PUBLIC):
        if level:  # closed, or opened, between two questions
            Achievement.objects.unscoped("a record is closed and opened").filter(pk__in=ids[3:]).update(level=level)
        assert Sight(offered).among(ids) == set(
            visible(Achievement, reader).filter(pk__in=ids).values_list("pk", flat=True)
        )
        assert Sight(offered).every() >= Sight(offered).among(ids)


@pytest.mark.parametrize("kind", ["achievement", "product"])
def test_who_may_see_what_is_on_offer_is_read_from_an_index_and_not_from_the_wide_rows(bo, kind):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by what the table holds")
    asked = []
    with connection.execute_wrapper(lambda go, *given: asked.append(given[:2]) or go(*given)):
        Sight(*supplies([kind], bo)).among([1, 2])
    ((sql, values),) = asked
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        steps = [row[-1] for row in cursor.fetchall()]
    assert any("USING COVERING INDEX" in step and "(id=?)" in step for step in steps), steps


@pytest.mark.parametrize("left_out", [(), ("abstract_public_zh", "state")])
def test_a_row_that_is_filled_at_once_is_the_one_that_django_fills(left_out):
    (row,) = _library([Level.PUBLIC], [["超导"]])
    names = [field.attname for field in Achievement._meta.concrete_fields if field.attname not in left_out]
    values = [getattr(row, name) for name in names]
    ours = Achievement.from_db("default", names, values)
    django = Model.from_db.__func__(Achievement, "default", names, values)
    of_ours, of_django = vars(ours).copy(), vars(django).copy()
    assert vars(of_ours.pop("_state")) == vars(of_django.pop("_state"))
    assert of_ours == of_django
    assert ours.get_deferred_fields() == set(left_out)
    assert (ours.title_zh, ours.state, ours.owner) == ("超导", AchievementState.IN_LIBRARY, None)


TEXTS = st.lists(
    st.sampled_from(
        ("超导磁体线圈", "ＬｉＤＡＲ 接收", "Café coil", "激光雷达，LiDAR", "1.2 kV", "GB/T 34670", "的", "3", "")
    ),
    max_size=4,
)


@given(texts=TEXTS, asked=TEXTS)
def test_only_the_wanted_words_are_read_and_all_of_them(texts, asked):
    words = finding.words_in(asked, 200)
    concept = Concept((("lidar",), ("激光", "光雷", "雷达")), ("LiDAR", "激光雷达"))
    spotted = set(Spotter(Asked("", "", words, (concept,))).words_of([tuple(texts)])[0])
    every = set(finding.every_word(texts))
    wanted = {*words, *(word for form in concept.forms for word in form)}
    assert spotted - {"…"} == wanted & every
    assert bool(spotted) == bool(every)


@given(rows=st.lists(TEXTS, max_size=5), asked=TEXTS)
def test_many_texts_looked_through_at_once_have_the_words_of_each(rows, asked):
    words = finding.words_in(asked, 200)
    spotter = Spotter(Asked("", "", words))
    assert spotter.words_of([tuple(texts) for texts in rows]) == [spotter.words_of([tuple(texts)])[0] for texts in rows]


SIGNS = st.text("abzAZ09 -\n，（）ＬｉＤ激光雷达超Σσςéㅎ한℃㎡…½ﬁ\u0301İßẞ𝔸😀\ud800Ω\u200bĳ", max_size=12)


@given(rows=st.lists(st.lists(SIGNS, max_size=3), max_size=4))
def test_texts_folded_at_once_have_the_words_that_each_has(rows):
    wanted = frozenset(("ab", "z", "lidar", "激光", "光雷", "雷达", "a", "9", "fi", "ss", "c", "m2", "1", "12", "é"))
    words = [set(index.cut("\n".join(filter(None, texts)))) & wanted for texts in rows]
    folded = Folded(rows)
    assert folded.among(wanted) == words
    for row, texts in enumerate(rows):
        assert not folded.tells(row) or finding.every_word(texts)


FIGURES = st.lists(
    st.sampled_from(
        ("1.2 kV", "1,200 V", "３７ km", "0.037 m", "GB/T 34670-2017", "gbt 34670", "LM-317", "LM\n317", "7 h", "70 mm",
         "12", "3,7 m", "m2 5", "电压 220V", "½ m", "A1 B2", "1007 m", "1,007 m")
    ),
    max_size=4,
)  # fmt: skip


@given(rows=st.lists(FIGURES, max_size=4), asked=FIGURES)
def test_no_text_with_a_wanted_figure_is_passed_over(rows, asked):
    wanted = set(measured(" ".join(asked)))
    having = Folded(rows).having(frozenset(map(trace_of, wanted)))
    for row, texts in enumerate(rows):
        assert having[row] or wanted.isdisjoint(measured(" ".join(filter(None, texts))))


def test_a_figure_among_the_digits_of_others_is_not_looked_into():
    rows = [["7 m"], ["0.7 m"], ["70 mm"], ["37 m"], ["75 kg, 17 t"], ["seven"], []]
    assert Folded(rows).having([trace_of("7 m")]) == [True, True, True, False, False, False, False]
