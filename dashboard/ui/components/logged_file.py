"""A file of a download button that is noted in the log of files when somebody takes it."""

from collections.abc import Callable

from dashboard.model.viewer import as_viewer
from dashboard.store.taken_files import log_taken
from dashboard.ui import project


def logged(
    make: Callable[[], bytes], format_: str, link: str, events: int | None
) -> Callable[[], bytes]:
    """`make`, which is called in another thread on a click, as an action of the present viewer.

    `link` is the part of the page's link after the question mark, or what the file is of.
    """

    def take() -> bytes:
        content = make()
        log_taken(project.project().workspace, format_, link, events)
        return content

    return as_viewer(take)
