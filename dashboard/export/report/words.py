"""The words of a report that other files do not have."""

from datetime import UTC, datetime

from dashboard.export.report.options import MOST_EVENTS
from dashboard.export.single_file.content import Sharing
from dashboard.export.single_file.words import LeftOut, left_out_lines
from dashboard.language.messages import _, plural
from dashboard.language.numbers import in_digits, number
from dashboard.language.words import day, from_left, isolate
from dashboard.settings import PROGRAM


def report_words() -> str:
    """What the file is, for those who are about to write it."""
    return _(
        "A document with the sentence of the selection, key figures, map and timeline, and each event "
        "with its claims. Sources are footnotes. Captured files are not in it."
    )


def described_words(shown: int, total: int, *, picked: bool) -> str:
    """How many events of the selection are described, "" if all are."""
    if not total:
        return _("No event matches. Widen or remove a filter, or use Reset.")
    if shown == total:
        return ""
    if picked:
        return plural(
            "{shown} of {n} event of the selection is described.",
            "{shown} of {n} events of the selection are described, as chosen.",
            total,
        ).format(shown=number(shown))
    return _(
        "The first {shown} of {total} events by date are described; a report has at most {most}. Key "
        "figures, map and timeline have all of them."
    ).format(shown=number(shown), total=number(total), most=number(MOST_EVENTS))


def about_report(sharing: Sharing, made: datetime, link: str, *, grounds: bool) -> list[str]:
    """What reports are, when and from what this one was made, what was left out, and its link."""
    time = f"{day(made.astimezone(UTC).date())} {in_digits(f'{made.astimezone(UTC):%H:%M}')} UTC"
    left_out = LeftOut(sharing.level, sharing.captures, not sharing.authors, grounds)
    return [
        _(
            "Reports are claims: what the sources say happened, not what has been verified. Contested: "
            "asserted by some, denied or doubted by others."
        ),
        _("Made on {time} by Event map {program}, from version {version} of the data.").format(
            time=isolate(time), program=isolate(PROGRAM), version=isolate(sharing.version)
        ),
        _("Link of the selection: {link}").format(link=from_left(link)),
        *left_out_lines(left_out),
    ]
