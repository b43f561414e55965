"""Streamlit's messages that no page of ours sends do not reach it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.server.page_messages import PageMessages, is_allowed
from tests.e2e.server import serve
from tests.server.asgi import run

ALLOWED = {"stop_script", "rerun_script", "file_urls_request", "app_heartbeat"}
OPERATIONS = {"request_id", "session_id", "deferred_file", "dataframe_chunk"}


def with_field(name: str) -> BackMsg:
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[name]
    if field.message_type is None:
        setattr(message, name, True)
    else:
        getattr(message, name).SetInParent()
    return message


@pytest.mark.parametrize("name", [field.name for field in BackMsg.DESCRIPTOR.fields])
def test_only_what_our_pages_send_is_passed_on(name: str):
    expected = name in ALLOWED or name == "backend_operation_request"
    print(f"{name:30} {'passed on' if expected else 'left out'}")
    assert is_allowed(with_field(name).SerializeToString()) is expected


@pytest.mark.parametrize(
    "name", ["deferred_file", "install_skills", "dismiss_skills_nudge", "dataframe_chunk"]
)
def test_of_operations_only_files_and_tables(name: str):
    message = BackMsg()
    message.backend_operation_request.request_id = "r"
    getattr(message.backend_operation_request, name).SetInParent()
    assert is_allowed(message.SerializeToString()) is (name in OPERATIONS)


def test_a_second_field_is_not_hidden_behind_the_first():
    both = with_field("app_heartbeat").SerializeToString()
    assert not is_allowed(both + with_field("clear_cache").SerializeToString())


@given(content=st.binary(max_size=40))
def test_of_any_bytes_none_that_streamlit_reads_as_a_closed_message(content: bytes):
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except Exception:  # noqa: BLE001 Streamlit answers with an error
        return
    kind = message.WhichOneof("type")
    if is_allowed(content):
        assert kind is None or kind in ALLOWED | {"backend_operation_request"}


def test_a_message_that_is_left_out_is_followed_by_the_next():
    closed, click = (
        with_field(name).SerializeToString() for name in ("clear_cache", "stop_script")
    )
    waiting: list[Message] = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "bytes": closed},
        {"type": "websocket.receive", "bytes": click},
        {"type": "websocket.disconnect"},
    ]
    got: list[Message] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        while not got or got[-1]["type"] != "websocket.disconnect":
            got.append(await receive())

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(_message: Message) -> None:
        return

    run(PageMessages(app)({"type": "websocket"}, receive, send))
    assert [message.get("bytes") for message in got] == [None, click, None]


def runs_seen(address: str, *messages: BackMsg) -> list[str]:
    """What the counting page shows after each of these messages, and before."""
    run = BackMsg()
    run.rerun_script.SetInParent()
    shown: list[str] = []
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(stream, origin=Origin(address), subprotocols=[Subprotocol("streamlit")]) as page:
        for message in (None, *messages):
            if message is not None:
                page.send(message.SerializeToString())
            page.send(run.SerializeToString())
            shown.append(_text_of_run(page))
    return shown


def _text_of_run(page: ClientConnection) -> str:
    """The text that a run of the page writes."""
    while True:
        content = page.recv(timeout=60)
        answer = ForwardMsg.FromString(content if isinstance(content, bytes) else b"")
        if answer.WhichOneof("type") == "delta" and answer.delta.new_element.text.body:
            return answer.delta.new_element.text.body


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("environment", "shown"), [({}, ["run 1", "run 2"]), ({"OPEN_APP": "1"}, ["run 1", "run 1"])]
)
def test_a_page_empties_no_cache_of_the_running_server(
    environment: dict[str, str], shown: list[str]
):
    """Without our middleware it does: Streamlit then counts anew."""
    with serve(environment, script="tests/server/counting_app.py") as address:
        assert runs_seen(address, with_field("clear_cache")) == shown
