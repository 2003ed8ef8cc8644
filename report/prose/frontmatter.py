"""A page's file: YAML front matter between two `---` lines, then Markdown.

Every value knows the line it came from, so that an error inside a title says where the title stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from report.core.errors import ContentError
from report.core.facts import suggest
from report.core.texts import read_text

# The same in C, where PyYAML was built with it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TYPE_NAMES = {int: "a whole number", str: "text", list: "a list", dict: "keys with values", bool: "true or false"}


@dataclass(frozen=True)
class Page:
    """A parsed page.

    Attributes:
        stem: file name without `.md`.
        name: path as errors print it, from the content folder's own name on.
        values: front matter.
        lines: line number of each value, by its path: ("title",), ("numbers", 0, "value").
        body: Markdown after the front matter, preceded by as many empty lines as stood before it.
    """

    stem: str
    name: str
    values: dict
    body: str
    lines: dict[tuple, int] = field(default_factory=dict)

    def where(self, *path: object) -> str:
        """`file:line` of a front matter value, or of its nearest known parent."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"


def read_page(path: Path, root: Path, required: Mapping[str, type], optional: Mapping[str, type] | None = None) -> Page:
    """Read one page and check its front matter.

    Args:
        path: the Markdown file.
        root: the content folder; errors name the file from this folder's name on.
        required: keys that must be there, with their types.
        optional: keys that may be there.

    Raises:
        ContentError: as `open_page`, or a key is missing, unknown or of wrong type.
    """
    page = open_page(path, root)
    check_keys(page, page.values, required, optional or {})
    return page


def open_page(path: Path, root: Path) -> Page:
    """Read one page, whatever its front matter holds.

    Raises:
        ContentError: unreadable file, no front matter, or bad YAML.
    """
    name = f"{root.name}/{path.relative_to(root).as_posix()}"
    try:
        text = read_text(path)
    except OSError as error:
        raise ContentError(f"the page cannot be read: {error.strerror}", name) from None
    except UnicodeDecodeError:
        raise ContentError("the page is not UTF-8", name, "save it as UTF-8") from None
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise ContentError("front matter is missing", f"{name}:1", "begin the file with a line of three dashes")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise ContentError("front matter is not closed", f"{name}:1", "end it with a line of three dashes")
    # The first line stays, as an empty one, so that YAML's line numbers are the file's.
    values, marks = _load("\n" + "\n".join(lines[1:end]) + "\n", name)
    return Page(path.stem, name, values, "\n" * (end + 1) + "\n".join(lines[end + 1 :]), marks)


def check_keys(page: Page, values: object, required: Mapping, optional: Mapping, *path: object) -> None:
    """Check one mapping of a page's front matter: its keys and the types of their values.

    Raises:
        ContentError: with the file and line of what is wrong.
    """
    if not isinstance(values, dict):
        raise ContentError(f"{_at(path)} must have keys with values", page.where(*path))
    known = {**required, **optional}
    for key, value in values.items():
        if key not in known:
            hint = suggest(str(key), known) or f"known keys: {', '.join(known)}"
            raise ContentError(f"`{key}` is not a key of {_at(path)}", page.where(*path, key), hint)
        if type(value) is not known[key]:
            kind = TYPE_NAMES[known[key]]
            hint = "put it in quotes" if known[key] is str and value is not None else None
            raise ContentError(f"`{key}` must be {kind}", page.where(*path, key), hint)
    for key in required:
        if key not in values:
            raise ContentError(f"`{key}` is missing from {_at(path)}", page.where(*path))


def _at(path: tuple) -> str:
    return "the front matter" if not path else f"`{path[0]}`" + "".join(f" {part + 1}" for part in path[1:])


def _load(text: str, name: str) -> tuple[dict, dict[tuple, int]]:
    loader = LOADER(text)
    try:
        node = loader.get_single_node()
        values = {} if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable"
        hint = "text with a colon, a brace or a per cent sign needs quotes"
        raise ContentError(
            f"front matter is not valid YAML: {problem}", f"{name}:{mark.line + 1 if mark else 1}", hint
        ) from None
    finally:
        loader.dispose()
    if not isinstance(values, dict):
        raise ContentError("front matter must be keys with values", f"{name}:2", "write it as `title: …`")
    marks: dict[tuple, int] = {}
    if node is not None:
        _mark(node, (), marks)
    return values, marks


def _mark(node: yaml.Node, path: tuple, marks: dict[tuple, int]) -> None:
    # The text of a block scalar begins on the line after its sign.
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    marks[path] = node.start_mark.line + 1 + block
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _mark(value, (*path, key.value), marks)
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            _mark(value, (*path, at), marks)
