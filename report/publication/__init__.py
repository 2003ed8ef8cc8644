"""What is published beside the pages: Markdown twins, search, feed, citations, cards, one archive of all data.

Each module makes files of its own from the pages as they are; none changes a page.
"""

from __future__ import annotations

from pathlib import Path

Files = dict[str, bytes | Path]
