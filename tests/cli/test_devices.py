"""Devices added, listed and shut out from the command line."""

import io
import re

import pytest

from tests.cli.conftest import Run


def test_a_pairing_code_is_shown_as_text_address_and_picture(kiosk: Run) -> None:
    ran = kiosk("devices", "add", "demo-2026", "--name", "Main door", "--role", "gate")
    found = re.search(r"/kiosk/pair#(\w{4}-\w{4})", ran.out)
    assert found
    assert f"pairing code {found[1]}" in ran.out
    assert "█▀" in ran.out


def test_machines_get_the_pairing_as_json(kiosk: Run) -> None:
    made = kiosk("devices", "add", "demo-2026", "--name", "Main door", "--json").json
    assert made["url"] == f"http://127.0.0.1:8080/kiosk/pair#{made['pairing_code']}"
    assert re.fullmatch(
        r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", made["pairing_code"]
    )


def test_a_script_gets_a_token_and_nothing_else(kiosk: Run) -> None:
    ran = kiosk("devices", "add", "demo-2026", "--name", "Script", "--token")
    assert ran.json.keys() == {"device_id", "token"}
    assert len(ran.json["token"]) >= 43


def test_a_revoked_device_stays_in_the_list(kiosk: Run) -> None:
    made = kiosk("devices", "add", "demo-2026", "--name", "Door", "--token").json
    assert kiosk("devices", "revoke", made["device_id"]).status == 0
    for asked in (("devices", "list"), ("devices", "list", "demo-2026")):
        (device,) = kiosk(*asked, "--json").json
        assert device["device_id"] == made["device_id"]
        assert device["revoked_at"].endswith("Z")
        assert made["token"] not in kiosk(*asked).out
    assert "There is no device" in kiosk("devices", "revoke", made["device_id"]).refusal


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (
            ("--name", "Door", "--list", "mian"),
            1,
            'no check-in list "mian"; there are: main.',
        ),
        (("--name", " "), 1, "needs a name"),
        (("--name", "Booth", "--sponsor", "Acme"), 1, 'no sponsor "Acme"; there are: none'),
        (("--name", "Door", "--role", "guard"), 2, "invalid choice"),
        ((), 2, "--name"),
    ],
)
def test_a_device_that_cannot_be_is_told(
    kiosk: Run, args: tuple[str, ...], status: int, says: str
) -> None:
    ran = kiosk("devices", "add", "demo-2026", *args)
    assert ran.status == status
    assert says in ran.err
    assert kiosk("devices", "list", "--json").json == []


def test_a_pin_is_read_from_standard_input_and_removed_again(
    kiosk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("482915\n"))
    ran = kiosk("devices", "pin", "demo-2026", "--json")
    assert ran.json == {"event": "demo-2026", "pin": True}
    monkeypatch.setattr("sys.stdin", io.StringIO("12\n"))
    assert "four to eight digits" in kiosk("devices", "pin", "demo-2026").refusal
    assert kiosk("devices", "pin", "demo-2026", "--remove", "--json").json["pin"] is False
