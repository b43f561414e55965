"""The figure of a claim of workspaces before version 4, e.g. 500 "soldiers" -> an estimate of troops."""

from typing import Any

import msgspec

from dashboard.model.estimate import Counted, Measure

# The units that curators used, and what they counted.
MEASURES = {
    "soldiers": Measure.TROOPS,
    "persons": Measure.DETAINED,
    "military vehicles": Measure.VEHICLES,
}


def convert_figures(value: bytes | None) -> str | None:
    """The JSON of an event record with the figures of its claims as estimates. For SQL.

    `None` for a damaged record. A figure in another unit becomes a note.
    """
    if value is None:
        return None
    try:
        record = msgspec.json.decode(value)
        record["event"]["source_columns"] = []
        for claim in record["claims"]:
            _convert(claim, str(record["event"]["kind"]))
    except (msgspec.MsgspecError, LookupError, TypeError, AttributeError, ValueError):
        return None
    return msgspec.json.encode(record).decode()


def _convert(claim: dict[str, Any], kind: str) -> None:
    figure, unit = claim.pop("figure_value", None), claim.pop("figure_unit", None)
    claim["estimates"] = []
    if figure is None:
        return
    measure = MEASURES.get(unit)
    counts_persons = measure is Measure.DETAINED and kind != "arrest"
    if measure is None or counts_persons or figure < 0 or figure != int(figure):
        words = f"figure: {figure:g} {unit or ''}".strip()
        claim["note"] = "; ".join(filter(None, [claim.get("note"), words]))
        return
    claim["estimates"] = [
        {
            "measure": measure.value,
            "low": None,
            "best": int(figure),
            "high": None,
            "counted": Counted.UNKNOWN.value,
            "side": None,
            "words": f"{figure:g} {unit}",
        }
    ]
