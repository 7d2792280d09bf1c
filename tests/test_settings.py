"""The environment as settings: all mistakes at once, no secret repeated."""

import secrets
from pathlib import Path

import pytest

from kiosk.settings import KEY_FILE, SETTINGS, Settings, SettingsError, read_settings

KEY = secrets.token_urlsafe(32)


def settings_of(tmp_path: Path, **environ: str) -> Settings:
    given = {"KIOSK_DATA": str(tmp_path), "KIOSK_SECRET_KEY": KEY}
    return read_settings(
        given | {f"KIOSK_{name}": value for name, value in environ.items()}
    )


def mistakes_of(tmp_path: Path, **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, **environ)
    return caught.value.mistakes


def test_without_anything_but_a_key_there_are_good_defaults(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert settings.data == tmp_path
    assert settings.database_path == tmp_path / "kiosk.sqlite"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.mail_url == f"folder:{tmp_path / 'mail'}"
    assert settings.mail_rate is None
    assert settings.trusted_hosts == ("127.0.0.1", "localhost", "[::1]")
    assert settings.trusted_proxies == 0
    assert settings.log == "text"


def test_the_key_in_the_data_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text(f"{KEY}\n")
    assert read_settings({"KIOSK_DATA": str(tmp_path)}).secret_key == KEY.encode()


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mail"
    path.write_text("smtp://user:hunter2@mail.example:587\n")
    settings = settings_of(tmp_path, MAIL_URL_FILE=str(path))
    assert settings.mail_url == "smtp://user:hunter2@mail.example:587"


@pytest.mark.parametrize(
    ("given", "rate"), [("10", 10.0), ("600/m", 10.0), ("36/h", 0.01), ("0.5/s", 0.5)]
)
def test_a_mail_rate_is_letters_a_second(tmp_path: Path, given: str, rate: float) -> None:
    assert settings_of(tmp_path, MAIL_RATE=given).mail_rate == pytest.approx(rate)


def test_the_public_host_is_always_trusted(tmp_path: Path) -> None:
    named = settings_of(
        tmp_path,
        PUBLIC_URL="https://kiosk.example/",
        TRUSTED_HOSTS="other.example, .a.example",
    )
    assert named.public_url == "https://kiosk.example"
    assert named.trusted_hosts == ("kiosk.example", "other.example", ".a.example")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "postgresql://u:p@db/kiosk", "this release has SQLite only"),
        ("DATABASE_URL", "mysql://db", "sqlite:///FILE"),
        ("PUBLIC_URL", "kiosk.example", "not an address like"),
        ("PUBLIC_URL", "https://kiosk.example/hall", "more than a scheme"),
        ("PUBLIC_URL", "https://kiosk.example:x", "not an address like"),
        ("SECRET_KEY", "short", "shorter than 32 bytes"),
        ("SECRET_KEY", "a" * 40, "can be guessed"),
        ("SECRET_KEY", "please-changeme-please-changeme-now", "can be guessed"),
        ("MAIL_URL_FILE", "/nowhere/at/all", "cannot be read"),
        ("MAIL_URL", "carrier-pigeon://loft", "begins with none of"),
        ("MAIL_URL", "smtp://", "names no folder or host"),
        ("MAIL_URL", "smtp://mail.example:99999", "a port or a host that cannot be"),
        ("MAIL_URL", "smtp://mail.example?tls=maybe", "something else than ?tls=starttls"),
        ("MAIL_URL", "smtps://mail.example?retries=9", "something else than"),
        ("MAIL_URL_FILE", "/dev/null", "names /dev/null, which is empty"),
        ("MAIL_RATE", "fast", "not a rate"),
        ("MAIL_RATE", "0", "not a rate"),
        ("TRUSTED_HOSTS", "https://kiosk.example", "no host name"),
        ("TRUSTED_PROXIES", "-1", "not a number"),
        ("TRUSTED_PROXIES", "²", "not a number"),
        ("LOG", "xml", "neither json nor text"),
        ("MAIL_ULR", "folder:x", "did you mean KIOSK_MAIL_URL?"),
    ],
)
def test_a_wrong_setting_is_told_by_name(
    tmp_path: Path, name: str, value: str, says: str
) -> None:
    found = " ".join(mistakes_of(tmp_path, **{name: value}))
    assert says in found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = mistakes_of(tmp_path, LOG="xml", MAIL_RATE="fast", DTAA="x", SECRET_KEY="short")
    assert len(found) == 4


def test_no_message_repeats_a_secret(tmp_path: Path) -> None:
    found = mistakes_of(
        tmp_path,
        SECRET_KEY="hunter2",
        MAIL_URL="pigeon://user:hunter2@mail",
        DATABASE_URL="postgresql://user:hunter2@db/kiosk",
    )
    assert len(found) == 3
    assert "hunter2" not in " ".join(found)


def test_a_secret_given_twice_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(KEY)
    assert "both set" in mistakes_of(tmp_path, SECRET_KEY_FILE=str(path))[0]


def test_without_a_key_the_way_to_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="run `kiosk init`"):
        read_settings({"KIOSK_DATA": str(tmp_path)})
    assert read_settings({"KIOSK_DATA": str(tmp_path)}, needs_key=False).secret_key == b""


def test_an_empty_key_is_not_taken_for_a_missing_one(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).touch()
    with pytest.raises(SettingsError, match="is empty; put the key back"):
        read_settings({"KIOSK_DATA": str(tmp_path)})


def test_a_file_is_never_read_for_what_is_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "hidden"
    path.write_text("hunter2")
    found = mistakes_of(tmp_path, LOG_FILE=str(path))
    assert found == ["KIOSK_LOG_FILE is not a setting; did you mean KIOSK_LOG?"]


@pytest.mark.parametrize(
    "url",
    ["smtp://u:p@h:587?tls=starttls", "smtp://h?tls=none&connections=16", "smtps://u:p@h"],
)
def test_a_relay_may_be_told_how_to_be_spoken_to(tmp_path: Path, url: str) -> None:
    assert settings_of(tmp_path, MAIL_URL=url).mail_url == url


def test_every_setting_is_read_and_documented(tmp_path: Path) -> None:
    names = [setting.name for setting in SETTINGS]
    assert len(names) == len(set(names)) == 9
    assert all(setting.default and setting.meaning for setting in SETTINGS)
    settings_of(tmp_path, **{name.removeprefix("KIOSK_"): "" for name in names[:2]})
