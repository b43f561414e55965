"""The texts of the scripts in the browser: messages, plural forms, months and digits."""

from dashboard.language.figures import measured, several_marks, size_words
from dashboard.language.labels import label
from dashboard.language.language import current
from dashboard.language.messages import _, pgettext, plural_forms
from dashboard.language.words import months
from dashboard.model.estimate import Measure


def reading() -> dict[str, object]:
    """The data with which frontend/shared/format.js formats numbers and days for the reader."""
    language = current()
    return {
        "lang": language.code,
        "dir": language.direction,
        "digits": language.digits,
        "dates": language.dates,
        "months": months("abbreviated" if language.code == "en" else "wide"),
        "range": _("{start} to {end}"),
        "comma": pgettext("between items of a list", ", "),
    }


def map_words() -> dict[str, object]:
    """The words of marks, tooltips and legend."""
    return {
        "reading": reading(),
        "events": plural_forms("{n} event", "{n} events"),
        "movements": plural_forms("{n} movement", "{n} movements"),
        "more_places": plural_forms("with {places} and {n} more", "with {places} and {n} more"),
        "with_places": _("with {places}"),
        "possible": _("possibly within the dates: {n}"),
        "contested": _("contested: {n}"),
        "confirmed": _("confirmed: {n}"),
        "refuted": _("refuted: {n}"),
        "refuted_movement": _("refuted"),
        "not_reviewed": _("not reviewed: {n}"),
        "contested_movement": _("contested"),
        "uncertain": _("Place uncertain: within {n} km"),
        "legend": _("Legend"),
        "size": _("size: number of events"),
        "pale": _("pale: all of them only possibly within the dates"),
        "dashed": _("dashed ring: some are contested"),
        "ticked": _("tick: some are confirmed"),
        "crossed": _("pale and crossed: all are refuted (a small cross: some)"),
        "dotted": _("dotted ring: some are not reviewed"),
        "hollow": _("hollow: place uncertain, within the circle"),
        "arrow": _("arrow: movement (dashed: contested)"),
        "filled": _("filled: somewhere in this area"),
        "texture": _("hatched: many circles and areas together; point at a mark to see its own"),
        "squares": _("circle: all events in one square of the map; zoom in for single places"),
        "several": _("Several places"),
        "closer": _("Click to zoom in"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "loading": _("Loading the events …"),
        "not_loaded": _("The events could not be loaded: {reason}"),
        "no_answer": _("The server does not answer."),
        "try_again": _("Try again"),
        **_draw_words(),
        **_tool_words(),
    }


def _draw_words() -> dict[str, str]:
    """The words of drawing an area."""
    return {
        "draw_area": _("Select by area"),
        "draw_box": _("Select in a rectangle"),
        "draw_polygon": _("Select in a polygon"),
        "draw_circle": _("Select in a circle"),
        "draw_box_hint": _("Click two opposite corners. Esc cancels."),
        "draw_polygon_hint": _(
            "Click the corners; Enter or a click on the first one ends. Esc cancels."
        ),
        "draw_circle_hint": _("Click the centre, then the edge. Esc cancels."),
        "draw_radius": _("{km} km"),
    }


def _tool_words() -> dict[str, object]:
    """The words of the tools of the map (frontend/map/tools.js)."""
    return {
        "outside": plural_forms("{n} outside: show", "{n} outside: show"),
        "remove_mark": _("Remove this mark"),
        "copy_point": _("Copy"),
        "copied": _("Copied"),
        "not_copied": _("The browser does not allow copying."),
        "coordinate_form": _("Form of coordinates"),
        "form_decimal": _("Decimal"),
        "form_degrees": _("Degrees"),
        "north": pgettext("the direction, one letter", "N"),
        "north_up": _("North is up"),
        "fit": _("Show the selection, or all events"),
        "full_screen": _("Whole screen"),
        "leave_full_screen": _("Leave the whole screen"),
        "measure": _("Measure distances and areas"),
        "measure_begin": _("Click points; the first again for an area. Escape ends."),
        "measured_length": _("{length} (shortest line, WGS 84)"),
        "measured_area": _("{area}, around it {length} (WGS 84)"),
        "metres": _("{n} m"),
        "kilometres": _("{n} km"),
        "square_metres": _("{n} m²"),
        "square_kilometres": _("{n} km²"),
    }


def figure_map_words(measure: Measure) -> dict[str, object]:
    """The words of tooltips and legend where the size of a mark stands for that measure."""
    return {
        "figure": measured(measure, "{figure}"),
        "at_least": _("at least {low}"),
        "up_to": _("up to {high}"),
        "bounds": _("{low} to {high}"),
        "without": plural_forms("{n} without a figure", "{n} without a figure"),
        "none": _("{measure}: no figure").format(measure=label(measure)),
        "size": size_words(measure),
        "shares": _("colours: shares of the events"),
        "dash": _("grey with a dash: no event here has a figure"),
        "several_marks": several_marks(),
    }


def timeline_words() -> dict[str, object]:
    """The words of the timeline."""
    return {
        "reading": reading(),
        "timeline": _("Timeline"),
        "first_day": _("First day"),
        "last_day": _("Last day"),
        "play": _("Play"),
        "pause": _("Pause"),
        "back": _("Step back"),
        "next": _("Step forward"),
        "restart": _("From the start"),
        "all": _("All dates"),
        **_playback_words(),
        "events": plural_forms("{n} event", "{n} events"),
        "further": _("{days}: {n} of {hidden} further events with uncertain dates may lie here"),
        "empty": _("No dated event matches the filters."),
    }


def _playback_words() -> dict[str, object]:
    """The words of playing: speeds and windows (frontend/timeline/playback.js), and live counts."""
    return {
        "playing": _("Speed and window"),
        "speed": _("Speed"),
        "span": _("Window"),
        "speeds": {
            "all15": _("all in 15 seconds"),
            "all30": _("all in 30 seconds"),
            "all60": _("all in 1 minute"),
            "all180": _("all in 3 minutes"),
            "day": _("1 day in a second"),
            "week": _("7 days in a second"),
            "month": _("30 days in a second"),
        },
        "spans": {
            "window": _("the chosen dates, moving on"),
            "day": _("one day"),
            "week": _("one week, from Monday"),
            "month": _("one month of the calendar"),
            "until": _("all up to the date"),
        },
        "within": plural_forms("{n} event within the dates", "{n} events within the dates"),
        "possibly": _("{n} possibly"),
        "uncounted": _("counted when it stops"),
    }


def facet_words() -> dict[str, object]:
    """The words of the filter lists."""
    return {
        "reading": reading(),
        "clear": _("clear"),
        "clear_filter": _("Clear filter {name}"),
        "find": _("Find…"),
        "find_in": _("Find in {name}"),
        "partial": _("The most frequent values. Type part of a name to find others."),
        "fewer": _("Show fewer"),
        "more": plural_forms("{n} more", "{n} more"),
    }


def search_words() -> dict[str, object]:
    """The words of the search field and its suggestions."""
    return {
        "reading": reading(),
        "search": _("Search text"),
        "placeholder": _("Search in English or Arabic"),
        "suggestions": _("Suggestions"),
        "meant": _("Nothing has this name. Did you mean:"),
        "nothing": _("No suggestion. Enter searches the texts."),
        "found": plural_forms("{n} suggestion", "{n} suggestions"),
        "enter": _("Enter: search the texts"),
    }


def list_words() -> dict[str, object]:
    """The words of the list of events."""
    return {"reading": reading(), "not_reviewed": _("Not reviewed")}


def table_words() -> dict[str, object]:
    """The words of the table of events."""
    return {
        "reading": reading(),
        "copy": _("Copy these rows"),
        "copied": _("Copied: paste them into a spreadsheet"),
        "not_copied": _("The browser does not allow copying."),
        "sort_by": _("Sort by {column}"),
    }
