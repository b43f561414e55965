"""What an analyst chooses for an exported table: what a row stands for, and HXL tags."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.language.messages import N_


class Layout(StrEnum):
    """What each row or feature of a flat file stands for."""

    EVENT = "event"
    CLAIM = "claim"
    PLACE = "place"


LAYOUTS: Mapping[Layout, str] = {
    Layout.EVENT: N_("Event"),
    Layout.CLAIM: N_("Claim"),
    Layout.PLACE: N_("Place"),
}


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """The choices; `hxl_tags` adds a second header row with tags of the HXL standard."""

    layout: Layout = Layout.EVENT
    hxl_tags: bool = False
