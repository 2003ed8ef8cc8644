"""How the report, a page and a figure are cited: in words, as BibTeX, and as meta tags of the page.

A citation names the edition, what kind of edition it is, and the fingerprint of its data, so that a quoted number can
be found again. Its date is set or comes from the edition, never from a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from report.core.facts import is_known
from report.core.kinds import standing_of
from report.core.numbers import MONTHS, fingerprint
from report.core.plain import plain, slug
from report.core.settings import Settings
from report.figures.figure import Figure
from report.writing.words import Words

# That of content/licence.txt: its name for programs, in words, and its address.
LICENCE, LICENCE_NAME = "CC-BY-4.0", "Creative Commons Attribution 4.0 International"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
# Signs that TeX acts on. BibTeX counts braces, escaped or not, so those go by their names.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """One entry. `within` is what the cited thing is a part of; `date` is ISO, `url` an address; both may be empty.

    `data` names the fingerprint in words, `undated` stands for a date.
    """

    key: str
    author: str
    title: str
    within: str
    date: str
    edition: str
    digest: str
    url: str
    data: str
    undated: str

    @property
    def text(self) -> str:
        """The citation in words."""
        author = f"{self.author.rstrip('.')} ({self.date[:4] or self.undated})"
        # A report that names no author is cited under its title, once.
        title = self.title if self.title != self.author else ""
        said = [author, title, self.within, self.edition, self.data]
        sentences = [part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in said if part]
        return " ".join([*sentences, self.url] if self.url else sentences)

    @property
    def bibtex(self) -> str:
        """The citation as a BibTeX entry."""
        note = [self.within, self.edition, self.data.replace(fingerprint(self.digest), self.digest)]
        fields = {
            "author": f"{{{_tex(self.author)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "year": self.date[:4],
            "month": MONTHS[int(self.date[5:7]) - 1][:3].lower() if self.date else "",
            "url": self.url.translate({ord(char): f"%{ord(char):02X}" for char in "{}\\ "}),
            "note": _tex(". ".join(part for part in note if part)),
        }
        lines = [
            f"  {name} = {value if name == 'month' else '{' + value + '}'}," for name, value in fields.items() if value
        ]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])


class Citations:
    """Citations of one edition of the report, for the templates and for cite.bib.

    Attributes:
        author: who the report is cited under.
        date: day of publication, or of the edition's data; "" if neither is known.
    """

    def __init__(self, settings: Settings, edition: Mapping, words: Words) -> None:
        as_of = edition.get("as_of")
        self.author = settings.author
        self.date = settings.published or (str(as_of)[:10] if is_known(as_of) else "")
        self._title, self._base = settings.title, settings.base_url
        taken = {"invented" if standing_of(edition).is_synthetic else "as_of": as_of if is_known(as_of) else None}
        about = {"edition": edition["name"], "kind": words.kind["name"], "invented": None, "as_of": None, **taken}
        self._words, self._edition = words, words.text("cite.edition", **about)
        self._key = slug(settings.title, edition["name"])
        self._digest = str(edition["fingerprint"])

    def report(self) -> Citation:
        """The report as a whole."""
        return self._citation(self._title, "", "", "")

    def page(self, title: object, path: str) -> Citation:
        """A page of it."""
        within = self._words.text("cite.within", title=self._title)
        return self._citation(title, within, path, path.removesuffix(".html"))

    def figure(self, figure: Figure) -> Citation:
        """A figure, where it stands on the page of its finding."""
        path = f"{figure.finding}.html#{figure.id.partition('/')[2]}"
        slot = "cite.lead" if figure.is_lead else "cite.figure"
        within = self._words.text(slot, number=figure.number, id=figure.id, title=self._title)
        return self._citation(figure.title, within, path, figure.id)

    def _citation(self, title: object, within: str, path: str, part: str) -> Citation:
        return Citation(
            key=f"{self._key}-{slug(part)}" if part else self._key,
            author=plain(self.author),
            title=plain(title),
            within=plain(within),
            date=self.date,
            edition=self._edition,
            digest=self._digest,
            url=f"{self._base}{path}" if self._base else "",
            data=self._words.text("cite.data", digest=fingerprint(self._digest)),
            undated=self._words.text("cite.undated"),
        )


def _tex(text: str) -> str:
    return text.translate(TEX)
