"""A program for the tests: prints what it was given, and ends with the status that it was asked for."""

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """`status N`, `wait` or `fail`."""
    wanted, *rest = arguments or sys.argv[1:]
    about = {
        "arguments": [wanted, *rest],
        "folder": str(Path.cwd()),
        "name": os.environ.get("NAME"),
    }
    print(json.dumps(about | {"pid": os.getpid()}), flush=True)
    print("on the other stream", file=sys.stderr)
    if wanted == "wait":
        time.sleep(120)
    if wanted == "fail":
        raise ValueError("as asked")
    return int(rest[0])


if __name__ == "__main__":
    sys.exit(main())
