"""Learns the hub's topics: which words go together in the texts that every member may read."""

from datetime import datetime, timedelta
from hashlib import sha256

from grandunion.engines.matching.topics import ENOUGH, learnt
from grandunion.records.matches import TopicSet
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, no, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries.matches import topics as queries

OLD = timedelta(days=30)  # then what has come in meanwhile is read too
KEPT = 3  # sets, so that what was told by one can be told again


def run_due(by: Reader, at: datetime) -> int:
    """Learn anew where topics are old, or for the first time where texts have become enough; answers how many sets.

    Never refused: texts of which too few have words to tell would else hold up everything else that is due.
    """
    latest = queries.sets().first()
    if latest is not None and latest.learnt_at > at - OLD:
        return 0
    if queries.count_open(at) < ENOUGH:
        return 0
    texts = list(queries.open_texts(at))
    found = learnt(texts)
    if found is None:
        return 0
    _keep(found.written(), len(texts), by=by, at=at)
    return 1


def learn_topics(*, by: Reader, at: datetime) -> TopicSet:
    """Read what every member may read and keep the topics it speaks of; from now on experts are compared by them.

    Refused with the number of texts where there are too few. Seconds of reckoning come before anything is written.
    """
    require(permissions.may_weigh(by), Forbidden)
    texts = list(queries.open_texts(at))
    found = learnt(texts)
    if found is None:
        count = len(list(filter(None, texts)))
        require(no(
            f"There are {count} texts open to members; topics show from {ENOUGH} on. Experts are compared by words and"
            " meaning.",
            f"对会员开放的文本仅 {count} 条，达到 {ENOUGH} 条方可学习主题；专家仍按词语与语义比较。",
        ))  # fmt: skip
    return _keep(found.written(), len(texts), by=by, at=at)


@atomic
def _keep(fitted: bytes, texts: int, *, by: Reader, at: datetime) -> TopicSet:
    made = TopicSet.objects.create(learnt_at=at, texts=texts, digest=sha256(fitted).hexdigest(), fitted=fitted)
    latest = list(queries.sets().values_list("pk", flat=True)[:KEPT])
    queries.sets().exclude(pk__in=latest).delete()
    journal.note("match.topics_learnt", made, by=by, at=at, changes={"texts": (None, texts)})
    return made
