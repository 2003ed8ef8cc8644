"""ro-crate-metadata.json in the archive of all data: its files, and the program and the edition that they came of.

RO-Crate 1.1, with a CreateAction as its page on provenance has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from report import VERSION
from report.core.plain import plain
from report.pages.citation import LICENCE_ADDRESS, LICENCE_NAME, Citations
from report.pages.context import SiteContext
from report.pages.linked_data import LinkedData
from report.publication.catalogue import CSV, PARQUET, DataTable

PATH = "ro-crate-metadata.json"
ROOT = "./"
PROGRAM, COMPUTATION, AUTHOR = "#program", "#computation", "#author"
TYPES = {
    ".csv": CSV,
    ".parquet": PARQUET,
    ".json": "application/json",
    ".txt": "text/plain",
    ".toml": "application/toml",
}


def crate(context: SiteContext, files: Mapping[str, bytes], described: Sequence[DataTable]) -> dict[str, object]:
    """The description of an archive that holds `files`, some of them tables that are `described`."""
    cite = Citations(context.settings, context.edition, context.words)
    by_path = {table.path: table for table in described}
    parts = [{"@id": path} for path in sorted(files)]
    root = {
        "@id": ROOT,
        "@type": "Dataset",
        "name": plain(context.settings.title),
        "description": LinkedData(context.settings, context.edition, context.words).description,
        "datePublished": cite.date,
        "license": {"@id": LICENCE_ADDRESS},
        "author": {"@id": AUTHOR},
        "version": context.edition["name"],
        "url": context.settings.base_url,
        "hasPart": parts,
        "mentions": {"@id": COMPUTATION},
    }
    engine = context.edition.get("engine") or {}
    program = {
        "@id": PROGRAM,
        "@type": "SoftwareApplication",
        "name": "liner-notes",
        "softwareVersion": VERSION,
        "url": context.settings.repository,
        "softwareRequirements": " ".join(str(part) for part in engine.values()),
    }
    graph = [
        {
            "@id": PATH,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": ROOT},
        },
        root,
        {"@id": LICENCE_ADDRESS, "@type": "CreativeWork", "name": LICENCE_NAME},
        {"@id": AUTHOR, "@type": "Organization", "name": plain(cite.author)},
        program,
        {
            "@id": COMPUTATION,
            "@type": "CreateAction",
            "name": context.words.text("programs.made"),
            "instrument": {"@id": PROGRAM},
            "object": {"@id": "data/edition.json"},
            "result": [part for part in parts if part["@id"] in by_path],
        },
        *(_file(path, content, by_path.get(path)) for path, content in sorted(files.items())),
    ]
    given = [{key: value for key, value in entity.items() if value} for entity in graph]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": given}


def _file(path: str, content: bytes, table: DataTable | None) -> dict[str, object]:
    return {
        "@id": path,
        "@type": "File",
        "name": table.title if table else path.rpartition("/")[2],
        "description": table.says if table else "",
        "contentSize": str(len(content)),
        "encodingFormat": TYPES[path[path.rindex(".") :]],
    }
