"""Text that may stand in XML.

Used by the JUnit report and by everything that is drawn as SVG.
"""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return *text* escaped for an element or a quoted attribute.

    Characters that no XML document may hold become U+FFFD.
    """
    return escape(xml_characters(text), quote=True)


def xml_characters(text: str) -> str:
    """Return *text* with U+FFFD for each character that no XML document may hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def xml_attribute(text: str) -> str:
    """Return *text* as :func:`xml_text`, its line ends and tabs kept apart from spaces."""
    safe = xml_text(text).replace("\t", "&#9;").replace("\n", "&#10;")
    return safe.replace("\r", "&#13;")
