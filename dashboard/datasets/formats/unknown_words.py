"""Words for a value that is not known, e.g. "unknown", "n/a", "غير معروف"."""

import re

from dashboard.text.normalise import fold

_UNKNOWN = frozenset(
    fold(word)
    for word in (
        "", "unknown", "unk", "na", "nan", "none", "null", "nil", "nd", "no date", "undated",
        "date unknown", "not known", "not available", "not specified", "unspecified", "not recorded",
        "unclear", "missing", "no data", "no information", "tbd", "tbc", "inconnu", "desconocido",
        "غير معروف", "غير محدد", "مجهول", "بلا تاريخ", "بدون تاريخ", "لا يوجد", "غير متوفر",
        "غير معروفة", "غير محددة",
    )
)  # fmt: skip


def is_unknown(text: str) -> bool:
    """Whether a cell is blank, only punctuation, or says that its value is not known."""
    folded = fold(text).strip()
    words = re.sub(r"[^\w\s]+", "", folded).strip()
    return re.sub(r"\s+", " ", words) in _UNKNOWN
