"""The limits of a process that reads untrusted files, e.g. 1 GB of memory and no network.

Each limit is set where the system supports it; those in force are reported, see docs/security.md.
"""

import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.sandbox import landlock

try:
    import resource
except ImportError:  # Windows; the watcher in process.py measures memory and time there
    resource = None  # type: ignore[assignment]

# Source: linux/sched.h, linux/prctl.h.
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_SET_DEATH_SIGNAL, _SET_CHILD_SUBREAPER, _SET_NO_NEW_PRIVILEGES = 1, 36, 38
_SIGKILL = 9
# Source: linux/capability.h, version 3: two words each of effective, permitted and inheritable ones.
_CAPABILITY_VERSION = 0x20080522
_MOST_OPEN_FILES = 256


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one reading process may use.

    `memory` is in bytes of address space: 1 GB is enough for each reader with its libraries, 512 MB
    is not. `cpu_s` is processor time for one request, in seconds; `silence_s` how long it may go
    without an answer, in seconds; `written` bytes of any one file that it writes.
    """

    memory: int = 1 << 30
    cpu_s: int = 600
    silence_s: float = 120.0
    written: int = 2 << 30


@dataclass(frozen=True, slots=True)
class Confinement:
    """The limits that the system enforces; process.py and the readers check the others."""

    memory: bool
    network: bool
    files: bool


def confine(limits: Limits, readable: Sequence[Path], writable: Sequence[Path]) -> Confinement:
    """Put this process under the limits for good; it must have only one thread.

    It may read `readable`, the program and its libraries, and write below `writable`.
    """
    _forbid_new_privileges()
    network = _leave_network()
    _drop_capabilities()
    files = landlock.restrict(program_files() + tuple(readable), tuple(writable))
    # On macOS the limit of the address space cannot be set.
    memory = resource is not None and sys.platform == "linux"
    if resource is not None:
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_FSIZE, limits.written)
        _lower(resource.RLIMIT_NOFILE, _MOST_OPEN_FILES)
    if memory:
        _lower(resource.RLIMIT_AS, limits.memory)
    return Confinement(memory, network, files)


def allow_processor_time(seconds: int) -> None:
    """Limit the processor time of this process from now on; then the system ends it."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def end_with_parent() -> None:
    """Ask the system to end this process when its parent ends (Linux)."""
    if sys.platform == "linux":
        _libc().prctl(_SET_DEATH_SIGNAL, _SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of processes whose own parent below this one has ended (Linux)."""
    if sys.platform == "linux":
        _libc().prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def program_files() -> tuple[Path, ...]:
    """The files that Python and the libraries read at any time: their own, and the time zone."""
    package = Path(__file__).resolve().parent.parent
    prefixes = (sys.prefix, sys.base_prefix, sys.exec_prefix)
    system = ("/usr", "/lib", "/lib64", "/dev/null", "/dev/urandom", "/etc/localtime",
              "/etc/ld.so.cache", "/proc/self", "/sys/devices/system/cpu")  # fmt: skip
    return (package, package.parent / "data", *map(Path, (*prefixes, *system)))


def _lower(kind: int, most: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _forbid_new_privileges() -> None:
    if sys.platform == "linux":
        _libc().prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def _drop_capabilities() -> None:
    """Give up all capabilities, also those that the new namespace gives."""
    if sys.platform == "linux":
        header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
        _libc().capset(header, (ctypes.c_uint32 * 6)())


def _leave_network() -> bool:
    """Enter a network namespace without any connection; returns whether the system allows it."""
    if sys.platform != "linux":
        return False
    return bool(_libc().unshare(_NEW_USER | _NEW_NET) == 0)
