"""Which suggestions others have open just now, so that no two analysts review the same one."""

from collections.abc import Mapping, Sequence

from dashboard.language.messages import _
from dashboard.language.words import all_of, isolate
from dashboard.project.project import Loaded
from dashboard.store.presence import open_suggestions
from dashboard.ui.analyst import NAME


def in_hand(loaded: Loaded) -> Mapping[str, list[str]]:
    """The names of the others who have a suggestion open, by its id.

    Who has entered no name decides nothing, and is left out.
    """
    found = {
        suggestion_id: [name for name in names if name not in {"", NAME.get()}]
        for suggestion_id, names in open_suggestions(loaded.workspace.source).items()
    }
    return {suggestion_id: names for suggestion_id, names in found.items() if names}


def in_hand_words(names: Sequence[str]) -> str:
    """E.g. "in hand of Rana and Omar" as plain text; "" for nobody."""
    if not names:
        return ""
    return _("in hand of {names}").format(names=all_of([isolate(name) for name in names]))
