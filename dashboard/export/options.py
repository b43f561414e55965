"""What an analyst chooses for an exported table: what a row stands for, and HXL tags."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.datasets.event_map.layouts import Layout
from dashboard.language.messages import N_

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
