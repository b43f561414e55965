"""Backs up, verifies, restores and moves the workspace: `python -m dashboard.store backup|verify|…`.

Exit status: 0 done, 1 done with faults, 2 nothing could be done, 70 an error of the program.
"""

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

from dashboard.exit_status import ExitStatus, report_crashes
from dashboard.language.messages import plural
from dashboard.model.errors import DashboardError
from dashboard.settings import Settings, read_settings, with_workspace, with_workspace_at
from dashboard.store.backup import (
    BACKUPS_KEPT,
    Reason,
    backups_folder,
    backups_of,
    last_good_backup,
    make_backup,
)
from dashboard.store.captures import verify_captures
from dashboard.store.database import source_name, source_of
from dashboard.store.hash_chain import Start
from dashboard.store.move import move
from dashboard.store.problems import WorkspaceError
from dashboard.store.restore import restore
from dashboard.store.verify import chain_since, count_entries, verify

_LATEST = "latest"


@report_crashes
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        if options.workspace:
            # It has its backups beside it, unless a folder is given.
            settings = with_workspace(settings, options.workspace)
        folder = backups_folder(settings.workspace, options.backups or settings.backups)
        return _COMMANDS[options.command](settings, folder, options)
    except (DashboardError, OSError) as error:
        print(f"workspace: {_printable(str(error))}", file=sys.stderr)
        return ExitStatus.NOTHING


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.store",
        description="Back up, verify, restore and move the workspace.",
    )
    parser.add_argument(
        "--workspace", metavar="FILE", help="or postgresql://…, instead of the usual one"
    )
    parser.add_argument("--backups", type=Path, metavar="FOLDER", help="instead of the usual one")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser(
        "backup",
        help=f"copy the workspace and verify the copy; it is never removed, while of the daily "
        f"ones the newest {BACKUPS_KEPT} are kept",
    )
    commands.add_parser("list", help="list the backups, newest first")
    checking = commands.add_parser("verify", help="list what is wrong with the workspace or FILE")
    checking.add_argument("file", nargs="?", type=Path, metavar="FILE")
    restoring = commands.add_parser(
        "restore", help="put a backup in place of the workspace, which is kept under another name"
    )
    restoring.add_argument("file", metavar="FILE", help="a backup, or 'latest', the last good one")
    restoring.add_argument("--who", default=None, help="for the record of changes")
    moving = commands.add_parser(
        "move", help="copy a workspace to an empty one, from a file to a server or back"
    )
    for name in ("source", "target"):
        moving.add_argument(
            name, metavar=name.upper(), help="FILE or postgresql://user@host/database"
        )
    return parser


def _backup(settings: Settings, folder: Path, _options: argparse.Namespace) -> int:
    workspace = _file(settings)
    backup = make_backup(workspace, folder, Reason.MANUAL)
    entries = plural("{n} log entry", "{n} log entries", count_entries(backup.path))
    faults = _print_faults(backup.faults)
    print(f"{backup.path}: {entries}, {faults}")
    return ExitStatus.FAULTS if backup.faults else ExitStatus.OK


def _list(settings: Settings, folder: Path, _options: argparse.Namespace) -> int:
    workspace = _file(settings)
    backups = backups_of(workspace, folder)
    for backup in backups:
        print(backup.path)
    if not backups:
        print(f"There is no backup of {workspace} in {folder}.", file=sys.stderr)
    return ExitStatus.OK


def _verify(settings: Settings, _folder: Path, options: argparse.Namespace) -> int:
    if options.file:
        settings = with_workspace_at(settings, _existing(options.file))
    source = source_of(settings)
    findings = verify(source)
    # A file too damaged to be asked which files it names has findings.
    with suppress(WorkspaceError) if findings else nullcontext():
        findings += verify_captures(settings.workspace, source)
        print(f"{source_name(source)}: {_since(chain_since(source))}", file=sys.stderr)
    print(f"{source_name(source)}: {_print_faults(findings)}", file=sys.stderr)
    return ExitStatus.FAULTS if findings else ExitStatus.OK


def _since(start: Start | None) -> str:
    """Since when the hash chain holds, in words."""
    if start is None:
        return "the log has no hash chain; opening the workspace with this program begins it"
    if not start.seq:
        return "the hash chain covers all entries"
    return (
        f"the hash chain began on {start.at[:16]} UTC with the {start.seq:,} entries of that time; of "
        "these it says only that they did not change since"
    )


def _move(settings: Settings, _folder: Path, options: argparse.Namespace) -> int:
    before, after = (with_workspace(settings, name) for name in (options.source, options.target))
    if not before.workspace_url:
        _existing(before.workspace)
    done = move(before, after)
    print(f"Entries up to {done.entry} are now in {source_name(source_of(after))}.")
    print(f"SHA-256 of the records that the log gives, in both: {done.digest}")
    for path in done.left_out:
        print(f"Not copied, since the other workspace has its own: {path}", file=sys.stderr)
    _print_faults(done.faults)
    return ExitStatus.FAULTS if done.faults or done.left_out else ExitStatus.OK


def _restore(settings: Settings, folder: Path, options: argparse.Namespace) -> int:
    workspace = _file(settings)
    done = restore(
        workspace, _backup_path(workspace, folder, options.file), folder, _who(options.who)
    )
    entries = plural("{n} log entry", "{n} log entries", done.entries)
    print(f"{workspace} is now {done.backup.name}, with {entries}.")
    print(f"Entry {done.entry} of its log records this.")
    print(
        f"The file before is kept as {done.aside}." if done.aside else "There was no file before."
    )
    _print_faults(done.faults)
    return ExitStatus.FAULTS if done.faults else ExitStatus.OK


def _print_faults(findings: Sequence[str]) -> str:
    """Print the findings, one line each; returns how many there are, in words."""
    for finding in findings:
        print(_printable(finding))
    return plural("{n} fault", "{n} faults", len(findings)) if findings else "no faults"


def _backup_path(workspace: Path, folder: Path, file: str) -> Path:
    if file != _LATEST:
        return _existing(Path(file))
    backup = last_good_backup(workspace, folder)
    if backup is None:
        raise DashboardError(f"there is no good backup of {workspace} in {folder}")
    return backup.path


def _file(settings: Settings) -> Path:
    """The file of the workspace. Raises DashboardError for a workspace on a server."""
    if settings.workspace_url:
        raise DashboardError(
            "this workspace is on a PostgreSQL server, which pg_dump backs up and pg_restore restores: "
            "docs/workspace.md"
        )
    return settings.workspace


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise DashboardError(f"expected a file, found none: {path}")
    return path


def _who(name: str | None) -> str:
    """The author for the log; in a container the user may have no name."""
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _printable(text: str) -> str:
    """A line without control characters of a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


_COMMANDS: Mapping[str, Callable[[Settings, Path, argparse.Namespace], int]] = {
    "backup": _backup,
    "list": _list,
    "verify": _verify,
    "restore": _restore,
    "move": _move,
}

if __name__ == "__main__":
    sys.exit(main())
