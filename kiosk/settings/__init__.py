"""What the environment says of this installation (`read`), and all it may say (`table`)."""

from kiosk.settings.read import (
    KEY_FILE,
    LOOPBACK_HOSTS,
    Settings,
    SettingsError,
    read_settings,
)
from kiosk.settings.table import SETTINGS, Setting

__all__ = [
    "KEY_FILE",
    "LOOPBACK_HOSTS",
    "SETTINGS",
    "Setting",
    "Settings",
    "SettingsError",
    "read_settings",
]
