"""Linux' Landlock: a process gives up access to all files and connections but some, e.g. /home.

Source: docs.kernel.org, userspace-api/landlock; the numbers are those of linux/landlock.h.
"""

import ctypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
# All rights of the first version: the four above, and deleting and creating files of each kind.
_ALL = (1 << 13) - 1
_TRUNCATE = 1 << 14
# The rights that exist for a file which is not a folder.
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_BIND_TCP, _CONNECT_TCP = 1, 2
# The rights in a writable folder: create, replace and delete files, but no links or devices.
_REMOVE_FILE, _MAKE_FILE = 1 << 5, 1 << 8
_IN_FOLDER = _READ_FILE | _READ_DIR | _WRITE_FILE | _TRUNCATE | _REMOVE_FILE | _MAKE_FILE
# No signals to, and no abstract sockets of, processes outside.
_ABSTRACT_SOCKETS, _SIGNALS = 1, 2


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The system's version of Landlock; 0 or less without it."""
    if sys.platform != "linux":
        return 0
    return int(ctypes.CDLL(None, use_errno=True).syscall(_CREATE_RULESET, None, 0, _VERSION))


def restrict(readable: Sequence[Path], writable: Sequence[Path]) -> bool:
    """Restrict this process for good to reading and writing these paths; returns False if unsupported.

    Paths that do not exist are ignored. TCP connections are refused too where the system supports it.
    No program can be started.
    """
    number = version()
    if number < 1:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    everything = _ALL | (_TRUNCATE if number >= 3 else 0)
    attributes = _Ruleset(everything, _BIND_TCP | _CONNECT_TCP, _ABSTRACT_SOCKETS | _SIGNALS)
    # Older versions have only the first fields.
    size = 24 if number >= 6 else 16 if number >= 4 else 8
    rules = libc.syscall(_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    if rules < 0:
        return False
    try:
        for path in readable:
            _allow(libc, rules, path, _READ_FILE | _READ_DIR)
        for path in writable:
            _allow(libc, rules, path, _IN_FOLDER & everything)
        return bool(libc.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = rights if path.is_dir() else rights & _ON_FILES
        beneath = _Beneath(allowed, opened)
        libc.syscall(_ADD_RULE, rules, _BENEATH, ctypes.byref(beneath), 0)
    finally:
        os.close(opened)
