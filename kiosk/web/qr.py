"""A QR code as SVG on a page: one path, dark on light in every theme."""

import qrcode
from markupsafe import Markup

QUIET_ZONE = 4  # modules of light around the code (ISO/IEC 18004)


def qr_svg(text: str, label: str) -> Markup:
    """The code of a text at level M; `label` says to a listener what it is."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    modules: list[list[bool]] = code.get_matrix()
    size = len(modules) + 2 * QUIET_ZONE
    return Markup(
        '<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{label}" '
        'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        '<path d="{path}" fill="#000"/></svg>'
    ).format(size=size, label=label, path=_path(modules))


def _path(modules: list[list[bool]]) -> str:
    """A square for each dark module."""
    return "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(modules)
        for x, is_dark in enumerate(row)
        if is_dark
    )
