"""What a first visit is shown: four short steps, which the browser shows once."""

import streamlit as st

from dashboard.language.messages import N_, _
from dashboard.language.numbers import number
from dashboard.static_files import FRONTEND, bundle, style_sheet

_introduction = st.components.v2.component(
    "event_map_introduction",
    html='<section class="introduction" role="dialog" popover="manual"></section>',
    css=style_sheet("introduction/introduction.css"),
    js=bundle(FRONTEND / "introduction" / "introduction.js"),
)
_STEPS = (
    (
        N_("What is said to have happened, and where"),
        N_(
            "A mark counts the events that articles and tables report at a place. A click lists "
            "them; hollow marks and circles say that the place is known only roughly."
        ),
    ),
    (
        N_("When"),
        N_(
            "Drag the ends of the timeline, type dates, or play it. An event whose date is known only "
            "roughly may lie outside of your dates: such events are counted apart, as possible."
        ),
    ),
    (
        N_("Who says so, and who denies it"),
        N_(
            "Choose an event, then Evidence: each source with its sentence. Contested means that a "
            "source denies or doubts it; the filters beside the map have this and more."
        ),
    ),
    (
        N_("Into your report"),
        N_(
            "Export writes the selection as a table, a page, a report or a playback; Figure prints "
            "the map with its sources. Add your own under Articles and Data. ? lists the keys."
        ),
    ),
)


def introduction() -> None:
    """Show the steps in a browser that has not seen them; it remembers that by itself."""
    place = _("{step} of {steps}")
    count = len(_STEPS)
    _introduction(
        key="introduction",
        data={
            "name": _("Introduction"),
            "steps": [{"title": _(title), "text": _(text)} for title, text in _STEPS],
            "places": [
                place.format(step=number(at), steps=number(count)) for at in range(1, count + 1)
            ],
            "words": {
                "back": _("Back"),
                "next": _("Next"),
                "skip": _("Skip"),
                "done": _("Start"),
            },
        },
    )
