"""How ninja is kept from making a model anew for each of five hundred operations: the start of the hub waits for it."""

from collections import defaultdict
from copy import copy

from ninja import Schema
from ninja.operation import Operation
from ninja.params.models import Body, File, Form, ParamModel, TModel
from ninja.signature.details import FuncParam, ViewSignature

Key = tuple[object, ...]

_each_by_itself = ViewSignature._create_models
_answered: dict[object, type[Schema]] = {}
_asked: dict[Key, list[TModel]] = {}


def spare() -> None:
    """From here on operations that ask or answer the same share a model; each is worked out when first needed."""
    for kind in (Schema, *ParamModel.__subclasses__()):
        kind.model_config["defer_build"] = True
    Operation._create_response_model = _model_of_answer
    ViewSignature._create_models = _models_of_what_is_asked


def _model_of_answer(operation: Operation, answer: object) -> type[Schema] | None:
    if answer is None:
        return None
    if answer not in _answered:
        _answered[answer] = type("NinjaResponseSchema", (Schema,), {"__annotations__": {"response": answer}})
    return _answered[answer]


def _models_of_what_is_asked(signature: ViewSignature) -> list[TModel]:
    """One model for the parts of the address, one for the body: as ninja makes it for the first that asks."""
    by_source: dict[type, list[FuncParam]] = defaultdict(list)
    for one in signature.params:
        by_source[type(one.source)].append(one)
    if Body in by_source and not {File, Form}.isdisjoint(by_source):
        return _each_by_itself(signature)  # the parts of a form and a body make a kind of their own together
    return [model for params in by_source.values() for model in _models_of(signature, params)]


def _models_of(signature: ViewSignature, params: list[FuncParam]) -> list[TModel]:
    key = tuple((one.name, one.alias, type(one.source), repr(one.source), one.annotation) for one in params)
    if key not in _asked:
        alone = copy(signature)
        alone.params = params
        _asked[key] = _each_by_itself(alone)
    return _asked[key]


spare()
