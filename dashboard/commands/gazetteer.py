"""`event-map gazetteer`: look names up, and add, list, download or remove lists of places."""

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from dashboard.documents.read import display_name
from dashboard.exit_status import ExitStatus
from dashboard.model.errors import DashboardError
from dashboard.place_lists.change import remove_list, save_list
from dashboard.place_lists.download import download_country
from dashboard.place_lists.read import read_list
from dashboard.place_lists.report import add_report, card_lines, credit_of, report_lines
from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.text.escape import without_controls
from dashboard.text.normalise import fold

P = ParamSpec("P")


class LookupGroup(click.Group):
    """A group of commands; words that are none of them are names to look up."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and its arguments, e.g. `find` for a name of a place."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["find", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=LookupGroup)
def gazetteer() -> None:
    """Look up places, and fill the gazetteer with lists of a country's places.

    Examples: event-map gazetteer "عين عيسى"; event-map gazetteer add SY.zip
    """


def _reported(command: Callable[P, int]) -> Callable[P, int]:
    """Decorate a command: errors that it expects are one line, and give `ExitStatus.NOTHING`."""

    @wraps(command)
    def guarded(*arguments: P.args, **options: P.kwargs) -> int:
        try:
            return command(*arguments, **options)
        except (DashboardError, OSError) as error:
            print(f"gazetteer: {without_controls(str(error))}", file=sys.stderr)
            return ExitStatus.NOTHING

    return guarded


@gazetteer.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@_reported
def find(names: tuple[str, ...]) -> int:
    """Look names of places up in the gazetteer, in English or Arabic.

    Example: event-map gazetteer "عين عيسى"
    """
    return print_places(names)


@gazetteer.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what is in the file; add nothing.")
@_reported
def add(file: Path, *, dry_run: bool) -> int:
    """Add a list of places: what the gazetteer has already gets further names.

    Read are GeoNames' files of a country (SY.zip) and its alternate names, Who's On First (CSV or
    GeoJSON), OCHA's tables of P-codes (COD-AB: XLSX, CSV), and places of OpenStreetMap (GeoJSON,
    GeoPackage).

    Example: event-map gazetteer add --dry-run SY.zip
    """
    project = Project(read_settings())
    listed = read_list(file, display_name(file.name))
    report = add_report(listed, project.seeds.gazetteer, project.place_lists)
    for line in report_lines(report):
        print(without_controls(line))
    if dry_run:
        print("Nothing was added: repeat without --dry-run.")
        return ExitStatus.OK
    save_list(project.place_lists, report, project.load().corpus)
    # Merged now, so that the next start of the page need not.
    project.load()
    print(f"Added as {report.listed.card.list_id}.")
    return ExitStatus.OK


@gazetteer.command(name="list")
@_reported
def list_() -> int:
    """Show the lists of places that were added, with their ids."""
    lists = Project(read_settings()).place_lists
    for card in lists.cards():
        print(f"{card.list_id}\t{card.file}\t{card.added[:10]}\t{credit_of(card)}")
        for line in card_lines(card):
            print(f"  {without_controls(line)}")
    faults = lists.read()[1]
    for fault in faults:
        print(without_controls(str(fault)), file=sys.stderr)
    return ExitStatus.FAULTS if faults else ExitStatus.OK


@gazetteer.command()
@click.argument("list_id", metavar="LIST")
@_reported
def remove(list_id: str) -> int:
    """Remove a list by its id, which `event-map gazetteer list` shows."""
    project = Project(read_settings())
    remove_list(project.place_lists, list_id, project.load().corpus)
    print(f"Removed {list_id}.")
    return ExitStatus.OK


@gazetteer.command()
@click.argument("country", metavar="COUNTRY")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The folder to write the files to.",
)
@_reported
def download(country: str, folder: Path) -> int:
    """Fetch GeoNames' places and names of a country by its code of two letters.

    Example: event-map gazetteer download SY
    """
    for path in download_country(country, folder):
        print(f"{path}: add it with: event-map gazetteer add {path}")
    return ExitStatus.OK


def print_places(names: Sequence[str]) -> int:
    """Print id, names, class, latitude, longitude, precision and source of each place found."""
    gazetteer = Project(read_settings()).load().corpus.gazetteer
    wanted = {fold(name) for name in names}
    ids = dict.fromkeys(name.place_id for name in gazetteer.names if fold(name.name) in wanted)
    for place_id in ids:
        place = gazetteer.places[place_id]
        fields = (
            place_id, place.name_en, place.name_ar, place.feature_class.value, str(place.lat),
            str(place.lon), place.precision.value, place.sources,
        )  # fmt: skip
        print(without_controls("\t".join(fields)))
    if not ids:
        print(f"gazetteer: no place is named {' or '.join(names)}", file=sys.stderr)
    return ExitStatus.OK if ids else ExitStatus.FAULTS
