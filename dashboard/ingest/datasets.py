"""`python -m dashboard.ingest.datasets`, the name that `event-map import` had before."""

import sys

from dashboard.datasets.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
