"""Checks the locked packages against known vulnerabilities: `python .ci/audit.py requirements.lock`.

pip-audit alone says "No known vulnerabilities found" and ends with 0 where the database answers for
none of the packages; so what was in fact looked up is counted here.

Exit status: 0 all were checked and none is known, 1 some are known, 2 pip-audit failed, 3 not checked.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

_CLEAN, _VULNERABLE, _FAILED, _NOT_CHECKED = range(4)
_UNREACHED = "not checked: the database cannot be reached"
# What pip-audit and its HTTP library write where nobody answers.
_CONNECTION_WORDS = ("ConnectionError", "Could not connect", "Max retries", "timed out", "Timeout")
_TIMEOUT_S = 600


def verdict(report: str, errors: str) -> tuple[int, list[str]]:
    """Return exit status and lines for what pip-audit wrote: its JSON ("" if none), its errors."""
    if not report:
        if any(words in errors for words in _CONNECTION_WORDS):
            return _NOT_CHECKED, [_UNREACHED]
        return _FAILED, ["pip-audit failed:", errors.strip()]
    packages = json.loads(report)["dependencies"]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    known = [
        f"{package['name']} {package['version']}: {found['id']}, fixed in "
        f"{', '.join(found['fix_versions']) or 'no version yet'}"
        for package in packages
        for found in package.get("vulns", ())
    ]
    lines = [*known, *_not_checked(skipped, len(packages))]
    if known:
        return _VULNERABLE, lines
    if skipped or not packages:
        return _NOT_CHECKED, lines
    return _CLEAN, [f"{len(packages)} packages checked, no known vulnerability"]


def _not_checked(skipped: Sequence[str], total: int) -> list[str]:
    if len(skipped) == total:
        return [f"{_UNREACHED} (it answered for none of {total} packages)"]
    return [f"not checked: {', '.join(skipped)} (not in the database)"] if skipped else []


def audit(locks: Sequence[str]) -> tuple[int, list[str]]:
    """Ask pip-audit about the packages of `locks` and return its verdict."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"]
        command += ["--progress-spinner", "off", "--format", "json", "--output", str(output)]
        for lock in locks:
            command += ["--requirement", lock]
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
        report = output.read_text(encoding="utf-8") if output.exists() else ""
        return verdict(report, ended.stderr)


if __name__ == "__main__":
    code, answer = audit(sys.argv[1:])
    print("\n".join(answer))
    sys.exit(code)
