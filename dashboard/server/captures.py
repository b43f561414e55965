"""The route of captured files, e.g. /captures/3f2a…: to be saved, never opened as a page.

A file is answered only while a record of the workspace names it, and only with the content of its hash.
"""

from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.model.errors import DataError
from dashboard.server.content_policy import CAPTURES
from dashboard.store.capture_files import CaptureError, CaptureFiles, FileState, captures_folder
from dashboard.store.captures import recorded
from dashboard.store.database import Source
from dashboard.store.media_type import MEDIA_TYPES, UNKNOWN
from dashboard.store.problems import WorkspaceError

# A capture may be removed, and pictures may be graphic: no browser stores them.
_CACHE = {"Cache-Control": "no-store"}


def capture_route(
    workspace: Path, base_path: str, sees: Callable[[str], bool], source: Source | None = None
) -> Route:
    """The route for the captured files beside `workspace`, whose database is `source` or that file.

    `base_path` is "" or begins with a slash; `sees` says whether the viewer sees a record with the
    file of a hash.
    """
    files = CaptureFiles(captures_folder(workspace))

    # Not async: reading a file's hash would stop all other answers.
    def answer(request: Request) -> Response:
        return _answer(source or workspace, files, request.path_params["sha256"], sees)

    return Route(f"{base_path}{CAPTURES}{{sha256}}", answer, methods=["GET", "HEAD"])


def _answer(
    workspace: Source, files: CaptureFiles, sha256: str, sees: Callable[[str], bool]
) -> Response:
    try:
        path = files.path(sha256)
        capture = recorded(workspace, sha256) if sees(sha256) else None
    except CaptureError:
        return _sentence(404, "Not found.")
    except (DataError, WorkspaceError):
        return _sentence(503, "The workspace cannot be read.")
    state = files.state(sha256)
    if capture is None or state is FileState.MISSING:
        return _sentence(404, "Not found.")
    if state is FileState.ALTERED:
        return _sentence(409, "The file was changed: its hash is another than that of the record.")
    kind = MEDIA_TYPES.get(capture.media_type, UNKNOWN)
    # The name in the record is a stranger's; that of the saved file says what was checked.
    name = f"{sha256}.{kind.ending}"
    return FileResponse(path, media_type=kind.name, filename=name, headers=_CACHE)


def _sentence(status: int, sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}\n", status, _CACHE)
