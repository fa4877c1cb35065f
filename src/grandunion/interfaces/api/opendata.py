"""The open data through the API: observations in the codes of SDMX, and the whole as a Data Package."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.described import Bilingual
from grandunion.terms.views import Frequency, ObservationStatus
from grandunion.work.queries.plans import opendata, opentables

ZIP = "application/zip"


class LicenceOut(Schema):
    """Under which terms the figures may be used; `is_decided` is false while the operator has not said so."""

    code: str
    name: Bilingual
    address: str
    is_decided: bool


class ObservationOut(Schema):
    """One figure; OBS_VALUE is null where OBS_STATUS says why (Q: too small to be told, L: not counted here)."""

    FREQ: Frequency
    REF_AREA: str
    INDICATOR: str
    TIME_PERIOD: str
    OBS_VALUE: str | None
    UNIT_MEASURE: str
    OBS_STATUS: ObservationStatus
    COUNTED_FROM: date | None
    COUNTED_TO: date


class ObservationsOut(Schema):
    """Every observation of the open data."""

    licence: LicenceOut | None
    items: list[ObservationOut]


def _observations(request: HttpRequest) -> HttpResponse:
    _refuse_questions(request)
    terms = opendata.licence()
    kept = None if terms is None else {"code": terms.code, "name": terms.name, "address": terms.address,
                                       "is_decided": terms.is_decided}  # fmt: skip
    found = opendata.observations(request.at, opendata.public_indicators())
    return answers.answer({"licence": kept, "items": [_observation(one) for one in found]})


def _observation(one: opendata.Observation) -> dict[str, object]:
    return {
        "FREQ": one.frequency.value, "REF_AREA": one.area, "INDICATOR": one.indicator, "TIME_PERIOD": one.period,
        "OBS_VALUE": one.value, "UNIT_MEASURE": one.unit, "OBS_STATUS": one.status.value,
        "COUNTED_FROM": one.counted_from, "COUNTED_TO": one.counted_to,
    }  # fmt: skip


def _package(request: HttpRequest) -> HttpResponse:
    _refuse_questions(request)
    headers = {"Content-Disposition": 'attachment; filename="open-data.zip"'}
    return HttpResponse(opentables.package(request.at), content_type=ZIP, headers=headers)


def _refuse_questions(request: HttpRequest) -> None:
    if strange := sorted(request.GET.keys()):
        raise answers.unknown(strange[0], [])


router = Router(tags=["Open data · 开放数据"])
router.get(
    "/observations", operation_id="list_observations", summary="Observations · 指标观测值", response=ObservationsOut,
    openapi_extra=described.beside(described.READ_ERRORS),
)(_observations)  # fmt: skip
router.get(
    "", operation_id="get_open_data", summary="The Data Package · 开放数据包",
    openapi_extra=described.beside(described.READ_ERRORS) | {
        "description": "A zip of CSV files with datapackage.json. 含 datapackage.json 的 CSV 压缩包。"},
)(_package)  # fmt: skip
