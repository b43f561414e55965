"""Tags of the HXL standard in cells, e.g. "#geo+lat"."""

import re

# A tag with its attributes; source: HXL standard 1.1, tagging conventions.
_TAG = re.compile(r"#[a-z]\w*(\s*\+\s*[a-z]\w*)*", re.IGNORECASE | re.ASCII)


def is_tag(cell: str) -> bool:
    """Whether a cell is a tag and nothing else."""
    return _TAG.fullmatch(cell.strip()) is not None
