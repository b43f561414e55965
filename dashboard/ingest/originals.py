"""The file from which an article was read, stored untouched as a capture of the article."""

from datetime import UTC, datetime

from dashboard.model.capture import Capture, CaptureMethod
from dashboard.model.errors import Fault
from dashboard.model.viewer import viewer
from dashboard.review.captures import MOST_NAME
from dashboard.settings import PROGRAM
from dashboard.store.capture_files import CaptureError, CaptureFiles, StoredFile

_TOOL = f"event-map {PROGRAM}"


class Originals:
    """Stores the originals of articles in `files`; `who` is the typed name of whoever reads them."""

    def __init__(self, files: CaptureFiles, who: str) -> None:
        self._files = files
        self._who = viewer().name_in_log(who)
        # The last file: all rows of a table have one.
        self._last: tuple[bytes, StoredFile] | None = None

    def store(self, article_id: str, name: str, content: bytes) -> Capture | Fault:
        """Store the bytes, and return the record that names them; a fault if they cannot be stored.

        Raises WorkspaceError, e.g. on a full disk.
        """
        try:
            file = self._add(content)
        except CaptureError as error:
            return Fault(name, 0, "original", "a file that can be stored as it came in", str(error))
        now = datetime.now(UTC)
        return Capture(
            article_id=article_id,
            claim_id=None,
            sha256=file.sha256,
            size=file.size,
            media_type=file.media_type.name,
            name=name[:MOST_NAME],
            day=now.date(),
            time=now.time().replace(second=0, microsecond=0),
            method=CaptureMethod.RECEIVED,
            tool=_TOOL,
            taken_by=self._who,
            note="",
        )

    def _add(self, content: bytes) -> StoredFile:
        if self._last is None or self._last[0] is not content:
            self._last = content, self._files.add(content)
        return self._last[1]
