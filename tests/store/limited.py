"""Uses a workspace under a limit of the system; prints which problem each use met.

Run as a program: limits apply to a whole process. Permissions do not limit root, so it becomes
another user, after all modules are loaded.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from dashboard.store.backup import Reason, make_backup
from dashboard.store.problems import WorkspaceError
from dashboard.store.workspace import Workspace
from tests.store.sample_workspaces import save

_NOBODY = 65534


def main() -> None:
    path = Path(sys.argv[1])
    workspace = Workspace(path)
    {"size": _limit_size, "user": _limit_user}[sys.argv[2]](path)
    for action in (
        lambda: save(workspace, "b" * 50_000, key="o2"),
        lambda: make_backup(path, path.parent / "other", Reason.MANUAL),
        lambda: save(Workspace(path), "c" * 50_000, key="o3"),
    ):
        print(_problem(action))


def _problem(action: Callable[[], object]) -> str:
    try:
        action()
    except WorkspaceError as error:
        return error.problem.name
    return "none"


def _limit_size(_path: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))


def _limit_user(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    for parent in path.parents:
        if (
            os.getuid() == 0
            and parent.stat().st_mode & 0o005 != 0o005
            and parent.stat().st_uid == 0
        ):
            parent.chmod(parent.stat().st_mode | 0o005)
    if os.getuid() == 0:
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)


if __name__ == "__main__":
    main()
