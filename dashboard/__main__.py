"""The command line: `python -m dashboard`, the same as `event-map`."""

import sys

from dashboard.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
