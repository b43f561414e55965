"""The timeline with its two-handle window, as one component."""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec
import streamlit as st

from dashboard.browser.words import timeline_words
from dashboard.language.labels import label
from dashboard.legend import palette
from dashboard.static_files import FRONTEND, bundle, style_sheet
from dashboard.timeline.timeline import TimelineData
from dashboard.ui.state.session import component_values

_KEY = "".join(
    f'<span><i class="{kind.value}" style="--colour:{colour}"></i><b></b></span>'
    for kind, colour in palette.ATTESTATIONS.items()
)
_BACK, _START, _PAUSE, _NEXT = (
    f'<svg class="{name}" viewBox="0 0 12 12" aria-hidden="true"><path d="{path}"/></svg>'
    for name, path in (
        ("backward", "M1 1h2v10H1zM11 1v10L4 6z"),
        ("start", "M2 1l9 5-9 5z"),
        ("pause", "M2 1h3v10H2zM7 1h3v10H7z"),
        ("forward", "M9 1h2v10H9zM1 1l7 5-7 5z"),
    )
)
_component = st.components.v2.component(
    "event_map_timeline",
    html=f"""<div class="timeline"><div class="bar">
      <button type="button" class="back">{_BACK}</button>
      <button type="button" class="play">{_START}{_PAUSE}</button>
      <button type="button" class="next">{_NEXT}</button>
      <button type="button" class="all"></button>
      <span class="dates" aria-live="polite"></span><span class="key">{_KEY}</span>
    </div><div class="chart"></div><div class="tip" aria-hidden="true" hidden></div></div>""",
    css=style_sheet("timeline/timeline.css"),
    js=bundle(FRONTEND / "timeline" / "timeline.js"),
)


def timeline_control(
    data: TimelineData,
    *,
    start: date | None,
    end: date | None,
    key: str,
    on_change: Callable[[date | None, date | None], None],
) -> None:
    """Show the timeline with its window on start..end (`None`: to the edge of the data).

    `on_change` gets the new window; an end at the edge of the data comes back as `None`.
    """

    def changed() -> None:
        window: Mapping[str, str] = component_values(key)["window"]
        on_change(
            None if window["from"] <= data.first else date.fromisoformat(window["from"]),
            None if window["to"] >= data.last else date.fromisoformat(window["to"]),
        )

    _component(
        key=key,
        data={
            "timeline": msgspec.to_builtins(data),
            "window": {
                "from": start.isoformat() if start else None,
                "to": end.isoformat() if end else None,
            },
            # The number of the last window that this run received from the browser.
            "seen": (component_values(key).get("window") or {}).get("number"),
            "colours": {kind.value: colour for kind, colour in palette.ATTESTATIONS.items()},
            "labels": {kind.value: label(kind) for kind in palette.ATTESTATIONS},
            "words": timeline_words(),
        },
        on_window_change=changed,
    )
