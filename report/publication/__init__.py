"""What is published beside the pages: Markdown alternates, search, feed, citations, cards, one archive of all data.

Each module makes files of its own from the pages as they are; none changes a page.
"""

from __future__ import annotations

import json
from pathlib import Path

Files = dict[str, bytes | Path]


def as_json(value: object) -> bytes:
    """JSON to read: UTF-8, indented, ended by a newline."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
