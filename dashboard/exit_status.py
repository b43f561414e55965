"""Exit statuses of the commands, e.g. 70 after an unexpected error, never 0 or 1."""

import sys
import traceback
from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import ParamSpec

P = ParamSpec("P")


class ExitStatus(IntEnum):
    """The exit status of a command; for several files the highest one.

    CRASH is EX_SOFTWARE of BSD's sysexits.h; Python's own status for an uncaught error is 1, which
    here means that a file had faults.
    """

    OK = 0
    FAULTS = 1
    NOTHING = 2
    STOPPED = 3
    CRASH = 70


def report_crashes(main: Callable[P, int]) -> Callable[P, int]:
    """Decorate a command: an error that it does not expect is printed, and gives `ExitStatus.CRASH`."""

    @wraps(main)
    def guarded(*arguments: P.args, **options: P.kwargs) -> int:
        try:
            return main(*arguments, **options)
        except Exception as error:  # noqa: BLE001 the last place to report it
            traceback.print_exc()
            sys.stderr.write(f"internal error: {type(error).__name__}: {error}\n")
            return ExitStatus.CRASH

    return guarded
