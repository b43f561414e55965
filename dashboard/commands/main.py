"""The commands of `event-map`, e.g. `event-map read --json article.txt`.

Exit status: 0 done, 1 done with faults, 2 nothing could be done, 3 stopped before the end of a file or,
for a figure, data or program have changed since; 70 an error of the program.
"""

import getpass
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import click

from dashboard.commands.config import config
from dashboard.commands.gazetteer import gazetteer
from dashboard.datasets import __main__ as datasets_command
from dashboard.exit_status import ExitStatus, report_crashes
from dashboard.figure import __main__ as figure_command
from dashboard.ingest import __main__ as ingest_command
from dashboard.settings import PROGRAM, read_settings
from dashboard.settings_file import SettingsFileError
from dashboard.store import __main__ as workspace_command

# Reports as documents; `figure` makes the PDF of a figure.
_REPORTS = ("report-docx", "report-pdf")
# `export/coarsen.py` has their meaning.
_PLACES = ("original", "settlement", "subdistrict", "district")
# Unknown options are passed on to the command's module.
_PASSED_ON = {
    "ignore_unknown_options": True,
    "allow_interspersed_args": False,
    "help_option_names": [],
}


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`event-map COMMAND --help` explains each command.",
)
@click.version_option(PROGRAM, prog_name="event-map")
def commands() -> None:
    """A map and timeline of what conflict news says happened."""
    try:
        read_settings()
    except SettingsFileError as error:
        raise click.ClickException(str(error)) from error


@report_crashes
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; ends the process with the exit status."""
    try:
        status = commands.main(
            None if arguments is None else list(arguments), "event-map", standalone_mode=False
        )
    except click.exceptions.Exit as error:
        status = error.exit_code
    except click.ClickException as error:
        error.show()
        status = ExitStatus.NOTHING
    except click.Abort:
        status = 130
    sys.exit(status or 0)


@commands.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=8501, show_default=True)
@click.option("--browser", is_flag=True, help="Open the dashboard in a browser.")
def run(port: int, *, browser: bool) -> int:
    """Start the dashboard on this machine.

    Example: event-map run --port 8600
    """
    from streamlit.web import cli  # noqa: PLC0415 Streamlit takes a second

    # Streamlit's settings are beside `app.py`.
    app, headless = Path(__file__).resolve().parents[1] / "app.py", str(not browser).lower()
    sys.argv = [
        "streamlit", "run", str(app), "--server.port", str(port), "--server.headless", headless
    ]  # fmt: skip
    cli.main(standalone_mode=False)
    return ExitStatus.OK


@commands.command(context_settings={"ignore_unknown_options": True})
@click.option("--json", "as_json", is_flag=True, help="Print what was read; keep nothing.")
@click.option("--published", metavar="YYYY-MM-DD", help="With --json: when the texts appeared.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="FILE...")
def read(arguments: tuple[str, ...], published: str | None, *, as_json: bool) -> int:
    """Read articles into the workspace, or with --json print what they say.

    Examples: event-map read folder/ --workers 2; event-map read --json --published 2021-02-21 a.txt
    """
    if not as_json:
        return ingest_command.main(arguments)
    from dashboard.commands.read import print_readings  # noqa: PLC0415

    return print_readings([Path(name) for name in arguments], published)


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--every", type=click.IntRange(1, 86_400), default=60, show_default=True, metavar="SECONDS"
)
@click.option("--who", default=getpass.getuser, help="For the record of changes.")
def watch(folder: Path, every: int, who: str) -> int:
    """Read articles as they come into a folder, until the command is ended.

    The files are those of `event-map read`. One is read once it has not changed between two looks.

    Example: event-map watch /var/spool/event-map --every 30
    """
    return ingest_command.watch_folder(folder, who, every, _until_ended())


@commands.command()
@click.option(
    "--every", type=click.IntRange(60, 86_400), default=900, show_default=True, metavar="SECONDS"
)
@click.option("--who", default=getpass.getuser, help="For the record of changes.")
def feeds(every: int, who: str) -> int:
    """Read articles of feeds (RSS, Atom) as they come in, until the command is ended.

    The addresses are the setting `feeds`; nothing is fetched unless `outgoing_network` is "on".

    Example: event-map feeds --every 900
    """
    return ingest_command.watch_feeds(who, every, _until_ended())


@commands.command()
@click.option(
    "--every",
    type=click.IntRange(5, 10_080),
    default=1440,
    show_default=True,
    metavar="MINUTES",
    help="The shortest time between two mails to one person.",
)
def alerts(every: int) -> int:
    """Mail new events of saved views to those who asked for it, until the command is ended.

    The server is in the file that the setting `mail` names; without it nothing is sent.

    Example: event-map alerts --every 1440
    """
    from dashboard.commands.alerts import mail_alerts  # noqa: PLC0415

    return mail_alerts(every, _until_ended())


def _until_ended() -> Event:
    """An event that is set when the command is to end."""
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    return ended


def _passed_on(name: str, command: Callable[[Sequence[str]], int], about: str) -> None:
    """Add a command whose options are parsed by the module that has it."""

    @commands.command(name, context_settings=_PASSED_ON, help=about, short_help=about)
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def _run(arguments: tuple[str, ...]) -> int:
        try:
            return command(arguments)
        except SystemExit as error:
            return error.code if isinstance(error.code, int) else ExitStatus.NOTHING


_passed_on(
    "import", datasets_command.main, "Import tables of events: ACLED, UCDP, GDELT, or others."
)
_passed_on("figure", figure_command.main, "Make a figure again from its manifest.")
_passed_on("workspace", workspace_command.main, "Back up, verify, restore or move the workspace.")


@commands.command()
@click.option("--link", default="", metavar="QUERY", help="The part of a page's link after the ?.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(
        [
            *("csv", "xlsx", "geojson", "gpkg", "kml", "acled", "parquet", "html", "gif", "mp4"),
            *_REPORTS,
        ]
    ),
    required=True,
)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option(
    "--accept-terms",
    is_flag=True,
    help="I will not publish rows of datasets whose terms forbid it, or give them to others.",
)
@click.option(
    "--captures",
    is_flag=True,
    help="Write a ZIP archive with the captured files; they may be graphic, or put people in danger.",
)
@click.option("--without-authors", is_flag=True, help="Leave out the names of analysts.")
@click.option("--title", default="", help="Of a report; else the suggested one.")
@click.option(
    "--language",
    type=click.Choice(["en", "ar", "both"]),
    default="en",
    show_default=True,
    help="Of a report (en, ar), a GIF or an MP4.",
)
@click.option("--trend", is_flag=True, help="With events over time in a report.")
@click.option(
    "--text",
    type=click.File(encoding="utf-8"),
    help="A file with your own text, which a report begins with; - is the standard input.",
)
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="ID",
    help="An event that a report describes, of the link; else all. May be repeated.",
)
@click.option(
    "--places",
    type=click.Choice(_PLACES),
    default="original",
    show_default=True,
    help="The finest place in the file; not of parquet and of tables without a limit.",
)
@click.option(
    "--window",
    type=click.Choice(["day", "week", "month", "until"]),
    default="week",
    show_default=True,
    help="GIF and MP4: what a picture shows; until is all up to its date.",
)
@click.option(
    "--seconds",
    type=click.IntRange(1, 600),
    default=15,
    show_default=True,
    help="GIF and MP4: how long all pictures take.",
)
def export(link: str, format_: str, out: Path, **options: Any) -> int:
    """Write the events of a link to a file, as the page exports them; CSV has a row an event.

    CSV and parquet (GeoParquet) are written for any number of events. HTML is one page with map,
    timeline, filters and evidence, which opens without a server and a network. A report is a document
    with map, timeline and evidence, and its sources as footnotes. GIF and MP4 are a playback; MP4
    needs the package imageio-ffmpeg (requirements-video.txt).

    A link that is not understood in all its parts is refused, and so are rows that may not be shared
    (ACLED) without --accept-terms.

    Example: event-map export --link "kind=arrest&start=2021-01-18" --format csv -o arrests.csv
    """
    from dashboard.commands.export import export_selection  # noqa: PLC0415
    from dashboard.export.authors import free_text_words  # noqa: PLC0415
    from dashboard.export.coarsen import Coarseness  # noqa: PLC0415
    from dashboard.export.playback.options import PLAYBACKS, playback_options  # noqa: PLC0415
    from dashboard.export.report.options import ReportOptions  # noqa: PLC0415
    from dashboard.export.write import ExportRequest  # noqa: PLC0415

    language = options["language"]
    if format_ in _REPORTS and language == "both":
        raise click.UsageError("A report is in one language: --language en or ar.")
    if format_ not in _REPORTS and (options["text"] or options["events"]):
        raise click.UsageError("--text and --event are for reports.")
    without_authors = options["without_authors"] and format_ not in PLAYBACKS
    request = ExportRequest(
        format_,
        coarseness=Coarseness(options["places"]),
        captures=options["captures"],
        authors=not without_authors,
        report=ReportOptions(
            title=options["title"],
            language="en" if language == "both" else language,
            text=options["text"].read() if options["text"] else "",
            event_ids=options["events"],
            trend=options["trend"],
        ),
        playback=playback_options(options["window"], options["seconds"], language),
    )
    status = export_selection(link, request, out, accept_terms=options["accept_terms"])
    if without_authors and status == ExitStatus.OK:
        click.echo(f"export: {free_text_words()}", err=True)
    return status


@commands.command()
@click.option("--link", default="", metavar="QUERY", help="The part of a page's link after the ?.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--language", type=click.Choice(["en", "ar"]), default="en", show_default=True)
def trends(link: str, out: Path, language: str) -> int:
    """Write counts of the events of a link as CSV, as the tab Trends of the page has them.

    In the link are the view (trend=time, periods or cross), the columns (split=, cross=), the length of
    periods (step=day, week, month, year) and the two that are compared (compare=A..B,C..D).

    Example: event-map trends --link "split=kind&step=month" -o kinds.csv
    """
    from dashboard.commands.trends import write_trends  # noqa: PLC0415
    from dashboard.language.language import Language  # noqa: PLC0415

    return write_trends(link, out, Language("ar" if language == "ar" else "en"))


commands.add_command(config)
commands.add_command(gazetteer)
