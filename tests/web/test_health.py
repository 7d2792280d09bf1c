"""Is it alive, can it answer, how much has it done; and a start page for everybody."""

import pytest
from flask.testing import FlaskClient

from kiosk.store import SqliteStore
from tests.builders import a_device, ada, code_of, plant, token_of
from tests.web.test_desk_day import read


def test_the_start_page_sends_everybody_to_their_place(client: FlaskClient) -> None:
    page = client.get("/").text
    for address in ("/me/", "/kiosk/", "/desk/"):
        assert f'href="{address}"' in page


@pytest.mark.parametrize(
    ("path", "says"), [("/healthz", "alive\n"), ("/readyz", "ready\n")]
)
def test_it_is_alive_and_ready(client: FlaskClient, path: str, says: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (200, says)


def test_the_figures_name_no_person(client: FlaskClient, store: SqliteStore) -> None:
    door = a_device()
    plant(store, ada(), devices=[door])
    read(store, door, 1, codes=(code_of(ada()),))
    read(store, door, 2, codes=("nobody-has-this",))
    text = client.get("/metrics").text
    assert 'hallway_scans{event="demo-2026",outcome="welcomed"} 1' in text
    assert 'hallway_scans{event="demo-2026",outcome="turned_away"} 1' in text
    assert 'hallway_queued{event="demo-2026"} 0' in text
    assert "Ada" not in text
    assert ada().id not in text


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("198.51.100.7", {}),
        ("127.0.0.1", {"X-Forwarded-For": "198.51.100.7"}),  # a proxy here speaks for it
        ("127.0.0.1", {"Forwarded": "for=198.51.100.7"}),
    ],
)
def test_the_figures_are_for_this_machine(
    client: FlaskClient, peer: str, headers: dict[str, str]
) -> None:
    asked = {"REMOTE_ADDR": peer}
    assert client.get("/metrics", headers=headers, environ_base=asked).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("desk", 200), ("kiosk", 404)])
def test_a_desk_device_may_collect_them_from_elsewhere(
    client: FlaskClient, store: SqliteStore, role: str, status: int
) -> None:
    device = a_device(role=role)
    plant(store, devices=[device])
    header = {"Authorization": f"Bearer {token_of(device)}"}
    asked = {"REMOTE_ADDR": "198.51.100.7"}
    answer = client.get("/metrics", headers=header, environ_base=asked)
    assert answer.status_code == status
