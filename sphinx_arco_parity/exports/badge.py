"""``parity-badge.svg``: how much of the evidence is verified, or how much is wrong.

A file of its own, so it brings its colours along; white on each is easy to read.
"""

from __future__ import annotations

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.exports import counts
from sphinx_arco_parity.text.xml_text import xml_text

_LABEL = "parity"
#: Backgrounds on which white text has a contrast of at least 4.5 to 1.
LEFT, GREEN, BLUE, RED, GREY = "#3f4650", "#1a7f37", "#0f62ae", "#b42318", "#57606a"

#: Advance widths of a plain sans-serif at 11 pixels, by kind of character.
_NARROW, _DIGIT, _WIDE, _OTHER = 3.9, 7.0, 10.5, 6.8


def badge(assessment: Assessment) -> str:
    """Return the badge: errors if there are any, else evidence verified of cited."""
    verdicts = counts.evidence_by_verdict(assessment)
    verified, cited = verdicts["verified"], sum(verdicts.values())
    errors = counts.findings_by_severity(assessment.findings)["error"]
    if errors:
        colour, text = RED, counts.plural(errors, "error")
    elif cited:
        colour = GREEN if verified == cited else BLUE
        text = f"{verified}/{cited} verified"
    else:
        colour, text = GREY, "no evidence"
    description = f"{verified} of {counts.plural(cited, 'piece')} of evidence verified, {counts.plural(errors, 'error')}"
    return _svg(text, colour, description)


def _width(text: str) -> int:
    kinds = {"/": _NARROW, " ": _NARROW, "i": _NARROW, "m": _WIDE}
    return round(sum(kinds.get(c, _DIGIT if c.isdigit() else _OTHER) for c in text))


def _svg(text: str, colour: str, description: str) -> str:
    left, right = _width(_LABEL) + 12, _width(text) + 12
    whole = left + right
    return "\n".join(
        (
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" '
                f'viewBox="0 0 {whole} 20" role="img" aria-labelledby="parity-badge-title '
                'parity-badge-desc">'
            ),
            f'<title id="parity-badge-title">{_LABEL}: {xml_text(text)}</title>',
            f'<desc id="parity-badge-desc">{xml_text(description)}</desc>',
            (
                '<clipPath id="parity-badge-corners">'
                f'<rect width="{whole}" height="20" rx="3"/></clipPath>'
            ),
            '<g clip-path="url(#parity-badge-corners)">',
            f'<rect width="{left}" height="20" fill="{LEFT}"/>',
            f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/>',
            "</g>",
            (
                '<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" '
                'font-size="11" text-anchor="middle">'
            ),
            _words(_LABEL, left / 2, left - 12),
            _words(text, left + right / 2, right - 12),
            "</g>",
            "</svg>",
            "",
        )
    )


def _words(text: str, middle: float, width: int) -> str:
    # The length is given, so that another font fits as well.
    return (
        f'<text x="{middle:g}" y="14" textLength="{width}" '
        f'lengthAdjust="spacingAndGlyphs">{xml_text(text)}</text>'
    )
