"""What search engines read of a page: schema.org's Dataset as JSON-LD, which is data and runs under any policy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

from report.core.plain import plain
from report.core.settings import Settings
from report.pages.citation import LICENCE_ADDRESS, Citations
from report.writing.words import Words


class LinkedData:
    """The report of one edition as a data set.

    Args:
        bundle: the archive of all data, with `href`; None where there is none to link.
    """

    def __init__(self, settings: Settings, edition: Mapping, words: Words, bundle: object = None) -> None:
        self._cite, self._bundle = Citations(settings, edition, words), bundle
        self._title, self._base, self._edition = plain(settings.title), settings.base_url, edition
        self.creator = {"@type": "Organization", "name": plain(self._cite.author)}
        if self._base:
            self.creator["url"] = self._base
        about = words.text("programs.dataset", kind=words.kind["of"])
        self.description = f"{about} {words.kind['notice']}".strip()

    def page(self, title: object, summary: object, path: str) -> dict[str, object]:
        """The data set that a page of the report is about: of the front page all of it, of others a part."""
        is_front = path == "index.html"
        address = self._base if is_front else f"{self._base}{path}"
        about = {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": address,
            "url": address,
            "name": plain(title),
            "description": self.description if is_front else f"{plain(summary)} {self.description}",
            "license": LICENCE_ADDRESS,
            "isAccessibleForFree": True,
            "creator": self.creator,
            "version": self._edition["name"],
            "datePublished": self._cite.date,
            "isPartOf": None if is_front else {"@type": "Dataset", "@id": self._base, "name": self._title},
            "distribution": self._distribution() if is_front else None,
        }
        return {key: value for key, value in about.items() if value}

    @staticmethod
    def digest(text: str) -> str:
        """How a content security policy names a script by what it holds; validators take data for one."""
        return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"

    def _distribution(self) -> list[dict[str, str]]:
        if self._bundle is None:
            return []
        return [_download(f"{self._base}{self._bundle.href}", "application/zip")]


def _download(address: str, media_type: str) -> dict[str, str]:
    return {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media_type}
