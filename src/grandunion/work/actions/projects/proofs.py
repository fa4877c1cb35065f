"""The proof of concept: a loop inside the evaluation, with its questions, its money and its result."""

from datetime import date, datetime

from grandunion.records.projects import Project, ProofOfConcept
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import invalid
from grandunion.work.actions.base import atomic
from grandunion.work.actions.projects.moves import make
from grandunion.work.actions.projects.values import cleaned
from grandunion.work.queries import projects

BEGUN = frozenset({"centre", "budget", "technical_question", "scene_question", "starts_on"})


@atomic
def begin_poc(
    project: Project, *, by: Reader, at: datetime, version: int | None = None, **facts: object
) -> ProofOfConcept:
    """Begin a proof of concept. `facts`: technical_question, scene_question, centre, budget, starts_on."""
    given = cleaned(ProofOfConcept, facts, BEGUN, by)
    if not given.get("technical_question"):
        raise invalid("technical_question", "Write the technical question it answers.", "请填写要验证的技术问题。")
    given["starts_on"] = given.get("starts_on") or projects.day_of(at)
    make(project, "begin_poc", {}, by=by, at=at, version=version)
    return ProofOfConcept.objects.create(project=project, **given)


@atomic
def end_poc(
    project: Project,
    *,
    result: str,
    finding: str,
    by: Reader,
    at: datetime,
    ended_on: date | None = None,
    version: int | None = None,
) -> Project:
    """End it with its result: go on, change direction or stop; a stop bars the way until it is repeated."""
    given = {"result": result, "finding": finding, "ended_on": ended_on or projects.day_of(at)}
    values = cleaned(ProofOfConcept, given, given.keys(), by)
    if not values["result"] or not values["finding"]:
        raise invalid("finding", "Choose the result and write what was found.", "请选择验证结论并填写发现。")
    running = projects.proofs([project.pk]).filter(ended_on=None).first()
    if running is not None:
        for name, value in values.items():
            setattr(running, name, value)
        running.save(update_fields=list(values))
    return make(project, "end_poc", {"poc_result": values["result"]}, by=by, at=at, version=version)
