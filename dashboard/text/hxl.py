"""Tags of the HXL standard in cells, e.g. "#geo+lat"."""

import re

# A tag with its attributes; source: HXL standard 1.1, tagging conventions.
_TAG = re.compile(r"#[a-z]\w*(\s*\+\s*[a-z]\w*)*", re.IGNORECASE | re.ASCII)
# Attributes that say in which language or vocabulary a cell is, or that it is a name or a number;
# "id" is no language.
_NEUTRAL = re.compile(r"(?!id$)[a-z]{2}|i_\w+|v_\w+|name|num|text|total|reported")


def is_tag(cell: str) -> bool:
    """Whether a cell is a tag and nothing else."""
    return _TAG.fullmatch(cell.strip()) is not None


def tag_parts(cell: str) -> frozenset[str]:
    """The tag and its attributes in lower case, without neutral ones: "#adm1 +name +en" is {"#adm1"}."""
    tag, *attributes = (part.strip().lower() for part in cell.split("+"))
    return frozenset((tag, *(part for part in attributes if not _NEUTRAL.fullmatch(part))))
