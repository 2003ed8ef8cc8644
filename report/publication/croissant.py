"""croissant.json: the tables as a data set for machine learning, by MLCommons' Croissant 1.0 over schema.org."""

from __future__ import annotations

from collections.abc import Sequence

from report.core.plain import plain
from report.pages.citation import LICENCE_ADDRESS, Citations
from report.pages.context import SiteContext
from report.pages.linked_data import LinkedData
from report.publication import Files, as_json
from report.publication.catalogue import BOOLEAN, DATE, INTEGER, NUMBER, STRING, DataTable, meaning

PATH = "croissant.json"
TYPES = {INTEGER: "sc:Integer", NUMBER: "sc:Float", BOOLEAN: "sc:Boolean", STRING: "sc:Text", DATE: "sc:Date"}
# What of the vocabulary is Croissant's own, as the standard lists it.
OWN = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format",
    "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in OWN},
}


def croissant(context: SiteContext, described: Sequence[DataTable]) -> Files:
    """The description; nothing of a site without an address, to which it would have to lead."""
    settings, cite = context.settings, Citations(context.settings, context.edition, context.words)
    if not settings.base_url or context.is_within:
        return {}
    linked = LinkedData(settings, context.edition, context.words)
    about = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": plain(settings.title),
        "description": linked.description,
        "url": settings.base_url,
        "license": LICENCE_ADDRESS,
        "creator": linked.creator,
        "citeAs": cite.report().bibtex,
        "datePublished": cite.date,
        # The standard asks for three numbers; an edition's are those of its day.
        "version": ".".join(str(int(part)) for part in cite.date.split("-")) if cite.date else "1.0.0",
        "distribution": [_file(settings.base_url, table) for table in described],
        "recordSet": [_records(table) for table in described],
    }
    return {PATH: as_json({key: value for key, value in about.items() if value})}


def _file(base: str, table: DataTable) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": table.path,
        "name": table.path,
        "description": table.title,
        "contentUrl": f"{base}{table.path}",
        "contentSize": f"{len(table.content)} B",
        "encodingFormat": table.media_type,
        "sha256": table.digest,
    }


def _records(table: DataTable) -> dict[str, object]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.title} {table.says}".strip(),
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": f"{table.name}/{column.name}",
                "description": meaning(column.name),
                "dataType": TYPES[column.kind],
                "source": {"fileObject": {"@id": table.path}, "extract": {"column": column.name}},
            }
            for column in table.columns
        ],
    }
