"""A file that another process writes, while the page shows how far it is."""

import shutil
import tempfile
import threading
import weakref
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.export.other_process import Watch, write_in_other_process
from dashboard.export.write import ExportRequest
from dashboard.language.language import Language, using_language
from dashboard.model.viewer import as_viewer


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is written: the link, the number of its events, and the choices.

    `version` is that of the data, and `language` that of the file: with others it is another file. Not
    with another view of the map, of which `selection`, the link without it, does not know.
    """

    link: str = field(compare=False)
    selection: str
    events: int
    request: ExportRequest
    version: str
    language: Language


@dataclass
class ExportJob:
    """One run; its thread writes the fields while the page reads them.

    The file lasts as long as the job.
    """

    order: ExportOrder
    watch: Watch = field(default_factory=Watch)
    running: bool = True
    error: Exception | None = None
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="event_map_")))

    def __post_init__(self) -> None:
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    @property
    def path(self) -> Path:
        """The file, complete when the job has ended without an error."""
        return self.folder / "file"

    def run(self) -> None:
        """Write until the end or until cancelled; to be run in a separate thread."""
        order = self.order
        try:
            write_in_other_process(order.link, order.events, order.request, self.path, self.watch)
        except Exception as error:  # noqa: BLE001 the thread has no other handler
            self.error = error
        finally:
            self.running = False


def start_export(order: ExportOrder) -> ExportJob:
    """Start writing in the background."""
    job = ExportJob(order)

    def run() -> None:
        with using_language(order.language):
            job.run()

    threading.Thread(target=as_viewer(run), daemon=True).start()
    return job
