"""Draws what is shown at a door: a short text as a QR code, in SVG without a style of its own."""

import io

import segno


def as_qr(text: str) -> str:
    """The text as a QR code (ISO/IEC 18004, error correction M): an SVG element to be put into a page."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#ffffff", dark="#000000",
        svgclass="qr", lineclass=None,
    )  # fmt: skip
    return drawn.getvalue().decode()
