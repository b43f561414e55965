"""Words for a value that is not known, e.g. "unknown", "n/a", "غير معروف"."""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.text.normalise import fold

_UNKNOWN = frozenset(
    fold(word)
    for word in (
        "", "unknown", "unk", "na", "nan", "none", "null", "nil", "nd", "no date", "undated",
        "date unknown", "not known", "not available", "not specified", "unspecified", "not recorded",
        "unclear", "missing", "no data", "no information", "tbd", "tbc", "inconnu", "desconocido",
        "غير معروف", "غير محدد", "مجهول", "مجهولة", "بلا تاريخ", "بدون تاريخ", "لا يوجد", "غير متوفر",
        "غير معروفة", "غير محددة", "غير معلوم", "مجهولون", "مجهولين", "unbekannt", "bilinmiyor",
        "non précisé", "no info",
    )
)  # fmt: skip


# The chunks of a file share many cells.
@lru_cache(maxsize=20_000)
def is_unknown(text: str) -> bool:
    """Whether a cell is blank, only punctuation, or says that its value is not known."""
    folded = fold(text).strip()
    words = re.sub(r"[^\w\s]+", "", folded).strip()
    return re.sub(r"\s+", " ", words) in _UNKNOWN


def are_unknown(texts: "pd.Series[str]") -> npt.NDArray[np.bool_]:
    """Whether each cell is unknown; without a look at every word of ids and numbers."""
    cells = pa.array(texts, pa.string())
    # None of the words has a digit.
    digits = pc.match_substring_regex(cells, "[0-9]").to_numpy(zero_copy_only=False)
    unknown: npt.NDArray[np.bool_] = ~digits
    codes, values = pd.factorize(texts[unknown])
    unknown[unknown] = np.array(list(map(is_unknown, values)), dtype=bool)[codes]
    return unknown
