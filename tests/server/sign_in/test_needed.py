"""Which permission a path needs below a base path, and counting attempts."""

import pytest

from dashboard.access.accounts import Scope
from dashboard.model.permissions import Permission
from dashboard.server.sign_in.attempts import Attempts
from dashboard.server.sign_in.needed import needed_permission, token_scope
from tests.server.asgi import scope


@pytest.mark.parametrize(
    ("path", "permission"),
    [
        ("/map/sign-in", None),
        ("/map/metrics", Permission.ADMINISTER),
        ("/map/_stcore/upload_file/a/b", Permission.REVIEW),
        ("/map/ogc", Permission.LOOK),
        ("/metricsx", Permission.LOOK),
        ("/mapx/sign-in", Permission.LOOK),
    ],
)
def test_paths_below_a_base_path(path: str, permission: Permission | None):
    assert needed_permission(scope(path=path), "/map") is permission


def test_a_token_is_for_data_routes_only():
    assert token_scope(scope(path="/map/ogc/collections"), "/map") is Scope.READ
    assert token_scope(scope(path="/map/health"), "/map") is Scope.MONITOR
    assert token_scope(scope(path="/map/map-data"), "/map") is None
    assert token_scope(scope(path="/map/ogc", method="DELETE"), "/map") is None


def test_attempts_of_one_address_are_counted_within_a_time():
    now = [0.0]
    attempts = Attempts(2, 60, clock=lambda: now[0])
    assert [attempts.exceeded("a") for _ in range(3)] == [False, False, True]
    assert not attempts.exceeded("b")
    # Refused attempts do not count: others of the address go on after the time.
    now[0] = 59.0
    assert attempts.exceeded("a")
    now[0] = 61.0
    assert not attempts.exceeded("a")
