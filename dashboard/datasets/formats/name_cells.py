"""Several names in one cell, e.g. "SDF; Made-up Brigade", "قسد، الجيش الوطني", "SDF / SNA".

Semicolons, Arabic commas, bars and lines divide names. A comma, a slash or "and" is a part of many
names: they divide those of which each part is a known name.
"""

import re
from collections.abc import Callable

from dashboard.datasets.build.rows import SEPARATOR
from dashboard.datasets.formats.unknown_words import is_unknown

_DIVIDES = re.compile(r"\s*[;؛،|\n\r]\s*")
_MAY_DIVIDE = re.compile(
    r"\s*[,/&+]\s*|\s+(?:and|with|vs?\.?|versus|against|et|contre|und|gegen|ve)\s+|\s+[-–—]\s+",
    re.IGNORECASE,
)
# Of these a name that is not known is noted.
_SIGNS = re.compile(r"[,/&+]|\s(?:vs?\.?|versus)\s", re.IGNORECASE)


def names_of_cell(text: str, is_known: Callable[[str], bool]) -> tuple[str, bool]:
    """The names of a cell joined by `SEPARATOR`, and whether one of them may be several.

    "unknown" is no name.
    """
    names: list[str] = []
    unclear = False
    for name in _DIVIDES.split(text):
        parts = _parts(name)
        if len(parts) > 1 and not is_known(name) and all(map(is_known, parts)):
            names += parts
            continue
        names.append(name)
        unclear |= len(parts) > 1 and not is_known(name) and bool(_SIGNS.search(_bare(name)))
    known = dict.fromkeys(name for name in names if not is_unknown(name))
    return SEPARATOR.join(known), unclear


def _parts(name: str) -> list[str]:
    """The parts of a name; a sign between brackets divides none, as in "Police (2000-, north)"."""
    parts = [part for part in _MAY_DIVIDE.split(name) if part.strip()]
    whole = all(part.count("(") == part.count(")") for part in parts)
    return parts if whole else [name]


def _bare(name: str) -> str:
    """The name without what is in brackets."""
    return re.sub(r"\([^()]*\)", "", name)
