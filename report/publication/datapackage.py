"""datapackage.json: every table with its columns, as the Data Package standard of Frictionless has it (version 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from report.core.plain import plain, slug
from report.pages.citation import LICENCE, LICENCE_ADDRESS, LICENCE_NAME, Citations
from report.pages.context import SiteContext
from report.publication import Files, as_json
from report.publication.catalogue import CSV, DataTable

PATH = "datapackage.json"


def datapackage(context: SiteContext, described: Sequence[DataTable]) -> Files:
    """The descriptor of the site and of the archive of all data: tables lie at the same paths in both."""
    settings, cite = context.settings, Citations(context.settings, context.edition, context.words)
    about = {
        "profile": "data-package",
        "name": slug(settings.title, context.edition["name"]),
        "title": plain(settings.title),
        "description": f"{cite.report().text} {context.words.kind['notice']}".strip(),
        "version": context.edition["name"],
        "homepage": settings.base_url,
        "licenses": [{"name": LICENCE, "path": LICENCE_ADDRESS, "title": LICENCE_NAME}],
        "contributors": [{"title": cite.author, "role": "author"}],
        "resources": [_resource(table) for table in described],
    }
    return {PATH: as_json({key: value for key, value in about.items() if value})}


def _resource(table: DataTable) -> dict[str, object]:
    fields = []
    for column in table.columns:
        given = asdict(column)
        kind, says = given.pop("kind"), given.pop("says")
        fields.append({key: value for key, value in {**given, "type": kind, "description": says}.items() if value})
    is_csv = table.media_type == CSV
    # Tabular resources are CSV by the standard; of another file it checks the bytes, and the columns stand beside.
    schema = {"fields": fields, "missingValues": [""]}
    described = (
        {"profile": "tabular-data-resource", "schema": schema} if is_csv else {"type": "file", "columns": fields}
    )
    resource = {
        **described,
        "name": table.name,
        "path": table.path,
        "title": table.title,
        "description": table.says,
        "format": "csv" if is_csv else "parquet",
        "mediatype": table.media_type,
        "encoding": is_csv and ("utf-8" if table.is_ascii else "utf-8-sig"),
        "bytes": len(table.content),
        "hash": f"sha256:{table.digest}",
        "sources": [{"title": name, **({"path": address} if address else {})} for name, address in table.sources],
    }
    return {key: value for key, value in resource.items() if value}
