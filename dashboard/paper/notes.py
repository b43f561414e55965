"""The text beside the map: key to the marks, events not on it, sources, caveat, credits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from dashboard.language.dataset_terms import terms_in_words
from dashboard.language.figures import figures_in_words, sum_note
from dashboard.language.language import Language, current, using_language
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import either, name_of
from dashboard.language.numbers import in_digits, number
from dashboard.language.words import comma, day, file_words, isolate, published_words
from dashboard.legend.shades import COLOUR_LABELS
from dashboard.map.shading_from_records import CountedAreas
from dashboard.paper.basemap import CREDIT
from dashboard.paper.content import Content, Coverage
from dashboard.paper.frame import Frame
from dashboard.paper.mark_sizes import MarkSizes
from dashboard.paper.marks import PrintedMark
from dashboard.paper.typeset import (
    INK,
    QUIET,
    Column,
    height_of,
    in_each_language,
    width_of,
    wrapped,
)
from dashboard.query.query import COLOURS, DENSITY
from dashboard.summary.summary import Source

# The most names of one mark; further ones are counted.
_MOST_NAMED = 3
_SMALL = 0.92
# The least distance between two languages on one line, in letters, and how much longer a line may be
# on a screen, where letters are moved to whole pixels.
_APART, _LONGER = 1.5, 1.08


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph; `tag` is written before it, e.g. the number of a mark.

    One that may stand `beside` the note before it shares its last line if there is room for both.
    """

    text: str
    language: Language
    bold: bool = False
    colour: str = INK
    share: float = 1.0
    before: float = 0.0
    tag: str = ""
    beside: bool = False


Languages = tuple[Language, ...]


def notes_in(
    languages: Languages, text: Callable[[], str], *, end: str = "", **style: Any
) -> list[Note]:
    """The text in each of the languages, a note for each: so numbers stay with their words.

    `end` follows the first; its tag and the gap before it are no others'.
    """
    (first, words), *others = in_each_language(languages, text)
    later = {key: value for key, value in style.items() if key not in {"tag", "before"}}
    return [
        Note(f"{words}{end}", first, **style),
        *(
            Note(each, language, beside=language.direction != first.direction, **later)
            for language, each in others
            if each != words
        ),
    ]


def _together(text: str) -> str:
    """A number with its words, e.g. "3 events", which no line end may part."""
    return text.replace(" ", "\u00a0")


def caveat(created: date) -> Note:
    """What reports are, and the day of the sheet, in the current language."""
    text = _("Reports are claims, not verified facts. Made on {day}.").format(day=day(created))
    return Note(text, current(), colour=QUIET, before=0.6, share=0.9)


def heading(languages: Languages, text: Callable[[], str]) -> list[Note]:
    """The heading of a list."""
    return notes_in(languages, text, bold=True, before=0.7)


def key_notes(
    content: Content,
    marks: Sequence[PrintedMark],
    languages: Languages,
    limit: int,
    *,
    cited: bool = True,
) -> list[Note]:
    """One line per mark: its number, places, events, and if `cited` the numbers of its sources."""
    if not marks:
        return []
    title = N_("Places and their sources") if cited else N_("Places")
    notes = heading(languages, lambda: _(title))
    for mark in marks[:limit]:
        sources = content.summary.sources_of(mark.positions) if cited else []
        end, tag = _cited(sources, languages[0]), str(mark.number)
        notes += notes_in(languages, partial(_mark_line, mark, content.sizes), end=end, tag=tag)
    left = marks[limit:]
    if left:
        events = len({event for mark in left for event in mark.positions})
        notes += notes_in(languages, lambda: _more_places(len(left), events), colour=QUIET)
    return notes


def figure_notes(content: Content, languages: Languages) -> list[Note]:
    """The sum of the measure over the distinct events, and what colours of the screen stand for here."""
    summary = content.summary
    notes = []
    if summary.query.shading == DENSITY:
        notes += notes_in(languages, _only_marks, before=0.5)
    if content.shaded:
        notes += notes_in(languages, partial(_about_areas, content.shaded), before=0.5)
    if summary.query.colour != COLOURS[0]:
        notes += notes_in(languages, partial(_by_group, summary.query.colour), before=0.5)
    measure, events = summary.query.measure, len(content.selected.events)
    total = summary.figures.get(measure)
    if total is None:
        return notes
    return [*notes, *notes_in(languages, lambda: sum_note(measure, total, events), before=0.5)]


def _by_group(colour: str) -> str:
    text = _("The screen colours marks by another column ({column}); this figure by kind of event.")
    return text.format(column=isolate(_(COLOUR_LABELS[colour])))


def _about_areas(counted: CountedAreas) -> str:
    text = _(
        "An area is coloured by its events that are certainly within the dates; an event in several "
        "areas counts in each."
    )
    if not counted.without:
        return text
    in_none = plural("{n} event is in no area.", "{n} events are in no area.", counted.without)
    return f"{text} {in_none}"


def _only_marks() -> str:
    return _(
        "The screen colours squares by their numbers of events; this figure has marks instead."
    )


def _more_places(places: int, events: int) -> str:
    text = plural("and {n} more place, with {events}", "and {n} more places, with {events}", places)
    return text.format(events=plural("{n} event", "{n} events", events))


def _mark_line(mark: PrintedMark, sizes: MarkSizes) -> str:
    named = list(dict.fromkeys(either(site.name_en, site.name_ar) for site in mark.marks))
    names = comma([isolate(name) for name in named[:_MOST_NAMED]])
    left = len(named) - _MOST_NAMED
    if left > 0:
        names = plural("{places} and {n} more", "{places} and {n} more", left).format(places=names)
    counts = [plural("{n} event", "{n} events", mark.count)]
    if sizes.measure is not None:
        counts += figures_in_words(sizes.measure, sizes.total(mark.positions), mark.count)
    if mark.possible:
        counts.append(_("possibly within the dates: {n}").format(n=number(mark.possible)))
    if mark.confirmed:
        counts.append(_("confirmed: {n}").format(n=number(mark.confirmed)))
    if mark.refuted:
        counts.append(_("refuted: {n}").format(n=number(mark.refuted)))
    if mark.contested:
        counts.append(_("contested: {n}").format(n=number(mark.contested)))
    return f"{names}: {comma(list(map(_together, counts)))}"


def _cited(numbers: Sequence[int], language: Language) -> str:
    """Numbers of sources in brackets, with ranges, e.g. " [1-3, 5]"; "" for none."""
    if not numbers:
        return ""
    runs: list[list[int]] = []
    for cited in numbers:
        if runs and runs[-1][-1] == cited - 1:
            runs[-1].append(cited)
        else:
            runs.append([cited])
    ranges = [
        str(run[0]) if len(run) == 1 else f"{run[0]}{', ' if len(run) == 2 else '–'}{run[-1]}"
        for run in runs
    ]
    with using_language(language):
        return f"\u00a0\u2066[{_together(in_digits(', '.join(ranges)))}]\u2069"


def left_out_notes(
    content: Content, coverage: Coverage, languages: Languages, limit: int, *, timeline: bool
) -> list[Note]:
    """The events that no mark shows (no place, or outside the frame), and undated ones."""
    notes = []
    undated = coverage.undated if timeline else ()
    for positions, title in (
        (coverage.unlocated, N_("Not located, so not on the map: {n}")),
        (coverage.outside, N_("Outside the map: {n}")),
        (undated, N_("Undated, so not in the timeline: {n}")),
    ):
        if positions:
            notes += heading(languages, partial(_counted, title, len(positions)))
            notes += _listed(content, positions, languages, limit)
    return notes


def _counted(title: str, count: int) -> str:
    return _(title).format(n=number(count))


def _title(english: str, arabic: str) -> str:
    return isolate(either(english, arabic))


def _listed(
    content: Content, positions: Sequence[int], languages: Languages, limit: int
) -> list[Note]:
    """Events by title with their sources, the first `limit` of them."""
    notes = []
    for position in positions[:limit]:
        event = content.selected.events[position]
        title = partial(_title, event.title_en, event.title_ar)
        cited = _cited(content.summary.sources_of([position]), languages[0])
        notes += notes_in(languages, title, end=cited, share=_SMALL, tag="–")
    left = len(positions) - limit
    if left > 0:
        notes += notes_in(
            languages, lambda: plural("and {n} more", "and {n} more", left), colour=QUIET
        )
    return notes


def source_notes(content: Content, languages: Languages) -> list[Note]:
    """The sources, each with its number."""
    if not content.summary.sources:
        return []
    notes = heading(languages, lambda: _("Sources"))
    for source in content.summary.sources:
        with using_language(languages[0]):
            tag = f"[{in_digits(str(source.number))}]"
        line = partial(_source_line, source, languages[0])
        notes += notes_in(languages, line, share=_SMALL, tag=tag)
    return notes


def _source_line(source: Source, first: Language) -> str:
    """Outlet, headline and date; of two languages only the `first` has the headline."""
    outlet, article = isolate(name_of(source.outlet)), source.article
    if article is None:
        articles = plural("{n} article", "{n} articles", source.articles)
        return f"{outlet}: {_together(articles)}"
    headline = [f"“\u2068{article.headline or file_words(article)}\u2069”"]
    return comma([outlet, *(headline if current() == first else []), published_words(article)])


def caveat_notes(content: Content, frame: Frame, version: str, languages: Languages) -> list[Note]:
    """The caveats: reports are claims; terms of the datasets; projection, base map, and date."""
    notes = []
    texts = in_each_language(languages, lambda: _caveat(content, frame, version))
    for language, (claims, origin) in texts:
        notes.append(Note(claims, language, share=_SMALL, before=0.3))
        notes += _dataset_notes(content, language)
        notes.append(Note(origin, language, colour=QUIET, share=_SMALL, before=0.1))
    return notes


def _dataset_notes(content: Content, language: Language) -> list[Note]:
    """A line per imported dataset of the events, with its credit and licence."""
    with using_language(language):
        lines = [terms_in_words(terms) for terms in content.summary.terms]
    return [Note(line, language, share=_SMALL, before=0.1) for line in lines]


def _caveat(content: Content, frame: Frame, version: str) -> tuple[str, str]:
    claims = _(
        "Reports are claims: the figure shows what the sources say happened, not what has been "
        "verified. Contested: asserted by some, denied or doubted by others."
    )
    if any(map(content.selected.checked, content.selected.positions)):
        claims = _(
            "Reports are claims: the figure shows what the sources say happened. A tick or a cross "
            "says what analysts found. Contested: asserted by some, denied or doubted by others."
        )
    origin = _(
        "Projection: {projection}. Base map: {credit}. Made on {day} with Event map {version}."
    )
    return claims, origin.format(
        projection=isolate(frame.name),
        credit=isolate(_credit(content)),
        day=day(content.summary.created),
        version=isolate(version),
    )


def _credit(content: Content) -> str:
    """Of the shipped basemap, and of the file of tiles on it, by its name if it states none."""
    if content.tiles is None:
        return CREDIT
    return f"{CREDIT}; {content.tiles.file.credit or content.tiles.name}"


def height(notes: Sequence[Note], size: float, width: float) -> float:
    """The height of the notes in a column of this width, in inches."""
    return sum(
        height_of(size) * note.before
        + height_of(size * note.share) * (len(_lines(note, size, width)) - shared)
        for note, shared in zip(notes, _shared(notes, size, width), strict=True)
    )


def _lines(note: Note, size: float, width: float) -> list[str]:
    return wrapped(note.text, size * note.share, width - _indent(note, size), bold=note.bold)


def _shared(notes: Sequence[Note], size: float, width: float) -> list[bool]:
    """Whether each note begins on the last line of the one before it."""
    shared, used = [], width
    for note in notes:
        lines = _lines(note, size, width)
        across = [width_of(line, size * note.share, bold=note.bold) for line in lines[-1:]]
        both = (used + sum(across)) * _LONGER + _APART * size / 72
        fits = note.beside and len(lines) == 1 and both <= width
        shared.append(fits)
        used = width if fits else sum(across) + _indent(note, size)
    return shared


def write(column: Column, notes: Sequence[Note], size: float) -> None:
    """Write the notes into the column."""
    for note, shared in zip(notes, _shared(notes, size, column.width), strict=True):
        column.skip(height_of(size) * note.before - height_of(size * note.share) * shared)
        indent = _indent(note, size)
        if note.tag:
            before = column.y
            column.line(
                note.tag, size * note.share, note.language, bold=not note.tag.startswith(("[", "–"))
            )
            column.y = before
        column.paragraph(
            note.text,
            size * note.share,
            note.language,
            bold=note.bold,
            colour=note.colour,
            indent=indent,
        )


def _indent(note: Note, size: float) -> float:
    return size * (1.9 if note.tag else 0.0) / 72
