"""The locks beside the requirements: complete, hashed, and what is installed here."""

import importlib.util
import json
import re
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements-run.txt": "requirements.lock",
    "requirements-build.txt": "requirements-build.lock",
}
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)")


def _lines(name: str) -> list[str]:
    """The entries of a requirements file, each on one line, without comments."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _locked(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Each distribution of a lock with its requirement and hashes."""
    entries = {}
    for line in _lines(name):
        requirement = Requirement(line.partition("--hash")[0].strip())
        entries[canonicalize_name(requirement.name)] = (requirement, _HASH.findall(line))
    return entries


def _version(requirement: Requirement) -> Version:
    (pin,) = requirement.specifier
    assert pin.operator == "=="
    return Version(pin.version)


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_locked_with_the_same_version(name: str):
    locked = _locked(LOCKS[name])
    for line in _lines(name):
        required = Requirement(line)
        requirement, _ = locked[canonicalize_name(required.name)]
        assert _version(requirement) == _version(required), required.name


@pytest.mark.parametrize("lock", LOCKS.values())
def test_every_locked_distribution_has_hashes_and_nothing_else(lock: str):
    for line in _lines(lock):
        rest = _HASH.sub("", line)
        assert re.fullmatch(r"[a-z0-9.-]+==[\w.]+( ; [\w .=!<>'()]+)?\s*", rest), line[:60]
    assert all(hashes for _, hashes in _locked(lock).values())


@pytest.mark.parametrize("lock", LOCKS.values())
def test_a_lock_names_no_index_and_no_path(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--index|--find-links|/", text)


def test_what_is_installed_is_what_is_locked():
    """The requirements of tests and benchmarks come on top and change nothing below them."""
    installed = {canonicalize_name(d.name): Version(d.version) for d in distributions()}
    for lock in LOCKS.values():
        for name, (requirement, _) in _locked(lock).items():
            if requirement.marker is None or requirement.marker.evaluate():
                assert installed.get(name) == _version(requirement), name


def test_everything_that_the_locked_distributions_need_is_locked():
    """Installed with --no-deps, so that nothing comes in beside the lock."""
    locked = _locked("requirements.lock")
    for distribution in distributions():
        if canonicalize_name(distribution.name) not in locked:
            continue
        for line in distribution.requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                assert canonicalize_name(needed.name) in locked, f"{distribution.name} needs {line}"


def _audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CLEAN = {"name": "babel", "version": "2.18.0", "vulns": []}
KNOWN = {
    "name": "lxml",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["6.1"], "aliases": [], "description": ""}],
}
SKIPPED = {"name": "tld", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("packages", "status", "line"),
    [
        ([CLEAN], 0, "1 packages checked, no known vulnerability"),
        ([CLEAN, KNOWN, SKIPPED], 1, "lxml 1.0: PYSEC-1, fixed in 6.1"),
        ([CLEAN, SKIPPED], 3, "not checked: tld (not in the database)"),
        (
            [SKIPPED],
            3,
            "not checked: the database cannot be reached (it answered for none of 1 packages)",
        ),
        ([], 3, "not checked: the database cannot be reached (it answered for none of 0 packages)"),
    ],
)
def test_an_audit_says_what_was_checked(packages: list[object], status: int, line: str):
    report = json.dumps({"dependencies": packages, "fixes": []})
    code, lines = _audit().verdict(report, "")
    assert code == status
    assert lines[0] == line


@pytest.mark.parametrize(
    ("errors", "status"),
    [
        ("requests.exceptions.ConnectionError: Max retries exceeded with url: /v1/query", 3),
        ("ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed", 3),
        ("ValueError: something else", 2),
        ("", 2),
    ],
)
def test_an_audit_that_did_not_run_is_no_success(errors: str, status: int):
    assert _audit().verdict("", errors)[0] == status
