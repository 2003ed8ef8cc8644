"""What hosts of a repository read of it at its top: CITATION.cff for GitHub, .zenodo.json for Zenodo."""

from __future__ import annotations

import json

from report.core.plain import plain
from report.core.settings import Settings
from report.pages.citation import LICENCE
from report.publication import as_json

CFF, ZENODO = "CITATION.cff", ".zenodo.json"
MESSAGE = "If you use the counts, tables or charts of this report, cite it, with the edition that they are of."


def repository_files(settings: Settings) -> dict[str, bytes]:
    """Both files by name, from report.toml."""
    title, author = plain(settings.title), plain(settings.author)
    cited = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": title,
        "authors": [{"name": author}],
        "license": LICENCE,
        "url": settings.base_url,
        "repository-code": settings.repository,
        "date-released": settings.published,
    }
    deposited = {
        "title": title,
        "upload_type": "dataset",
        "description": MESSAGE,
        "creators": [{"name": author}],
        "license": LICENCE.lower(),
        "access_right": "open",
        "publication_date": settings.published,
        "related_identifiers": settings.base_url
        and [{"identifier": settings.base_url, "relation": "isIdenticalTo", "resource_type": "dataset"}],
    }
    # What is JSON is YAML too.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in cited.items() if value]
    return {
        CFF: "".join(lines).encode(),
        ZENODO: as_json({key: value for key, value in deposited.items() if value}),
    }
