"""The route by which a page learns each second what others did, e.g. /changes?since=12.

`window` is a random id of the browser's window, `event` the event that it has open, and `name` the
name that was typed in it; with accounts that of the account counts. What somebody may not see is in no
answer: neither a change of it nor who has it open.
"""

import re
from collections.abc import Callable
from dataclasses import replace

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.browser.live_changes import live_changes
from dashboard.browser.script_data import json_bytes
from dashboard.language.language import Language, using_language
from dashboard.model.records import Table
from dashboard.model.shared_work import Item, ItemKind
from dashboard.model.viewer import viewer
from dashboard.project.project import Project
from dashboard.query.link import language_from
from dashboard.server.computed_route import computed_route
from dashboard.server.parameters import Params, RequestError, one, params_of
from dashboard.store.presence import Window

PATH = "/changes"
_CACHE = {"Cache-Control": "no-store"}
_MOST_NAME, _MOST_ID = 60, 200
_WINDOW = re.compile(r"[a-z0-9]{8,40}")


def live_changes_route(project: Callable[[], Project], base_path: str) -> Route:
    """The route; `base_path` is "" or begins with a slash."""

    def answer(request: Request) -> Response:
        return _answer(project(), params_of(request))

    return computed_route(f"{base_path}{PATH}", answer)


def _answer(project: Project, params: Params) -> Response:
    since, window = one(params, "since"), _window(params)
    if window.item and not _sees(project, window.item):
        # As if there were no such item: who has it open is not said, nor that they asked.
        window = replace(window, item=None)
    if not re.fullmatch(r"[0-9]{1,15}", since):
        raise RequestError("since: expected the number of an entry")
    with using_language(language_from(params, Language())):
        changes = live_changes(project.seen_workspace, int(since), window)
    return Response(
        json_bytes(msgspec.to_builtins(changes)), headers=_CACHE, media_type="application/json"
    )


def _window(params: Params) -> Window:
    window_id = one(params, "window")
    if not _WINDOW.fullmatch(window_id):
        raise RequestError("window: expected 8 to 40 small letters and digits")
    name = viewer().name_in_log(" ".join(one(params, "name").split())[:_MOST_NAME])
    return Window(window_id, name.replace("\0", ""), _item(params))


def _item(params: Params) -> Item | None:
    """The suggestion or the event that is open; a page that has a suggestion open has no event."""
    for kind in (ItemKind.SUGGESTION, ItemKind.EVENT):
        item_id = one(params, kind.value)
        if len(item_id) > _MOST_ID:
            found = f"{kind.value}: expected at most {_MOST_ID} characters, found {len(item_id)}"
            raise RequestError(found)
        if item_id:
            return Item(kind, item_id.replace("\0", ""))
    return None


def _sees(project: Project, item: Item) -> bool:
    if item.kind is ItemKind.EVENT:
        return project.sees_event(item.item_id)
    stored = project.seen_workspace.get(Table.SUGGESTION, item.item_id)
    return not project.hidden.key or stored is not None
