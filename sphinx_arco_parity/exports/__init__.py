"""What leaves a build: ``parity.json``, SARIF, CSV, JUnit and the other formats.

Every format is a pure function of an assessment and of how it is shown; they are listed
in :mod:`.registry`.  The builder, the HTML publication and the command line call them;
:func:`.write_text` writes what they return.
"""

from __future__ import annotations
