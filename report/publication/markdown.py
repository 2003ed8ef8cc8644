"""HTML to Markdown, for what the report's own templates and prose are made of; text stays text.

Pictures are left out: the pages describe them in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "meta", "link", "input", "source", "use", "path", "circle"}
UNREAD = {"svg", "picture", "script", "style", "form", "nav", "noscript"}
INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "dfn", "em", "i", "mark", "q", "s", "small", "span", "strong"}
INLINE |= {"sub", "sup", "time"}
SIGNS = re.compile(r"[\\`*\[\]|<>]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
OPENING = re.compile(r"^(\d+)?([#+.)-]|--)(?=\s|$)")


@dataclass
class Element:
    tag: str
    href: str = ""
    children: list[Element | str] = field(default_factory=list)


def to_markdown(html: str) -> str:
    """Markdown of a piece of HTML, without a line feed at its end."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return "\n\n".join(_blocks(tree.stack[0].children))


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    line = " ".join(SIGNS.sub(_sign, text).split())
    return OPENING.sub(lambda sign: f"{sign[1] or ''}\\{sign[2]}", line)


def _sign(sign: re.Match[str]) -> str:
    # As entities those that not every reader of Markdown lets escape.
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(sign[0], f"\\{sign[0]}")


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; cells are Markdown."""
    lines = [list(headings), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cell or ' ' for cell in line)} |" for line in lines)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs).get("href") or "")
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.stack[1:]):
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def _blocks(nodes: Iterable[Element | str]) -> list[str]:
    """The blocks of a container; what is inline between two of them is a paragraph."""
    found: list[str] = []
    line: list[Element | str] = []
    for node in nodes:
        if isinstance(node, str) or node.tag in INLINE | UNREAD:
            line.append(node)
            continue
        found.append(_paragraph(line))
        line = []
        found += _block(node)
    found.append(_paragraph(line))
    return [block for block in found if block.strip()]


def _block(node: Element) -> list[str]:
    match node.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return [f"{'#' * int(node.tag[1])} {_inline(node.children)}"]
        case "ul" | "ol":
            return [_list(node)]
        case "dl":
            return [_definitions(node)]
        case "table":
            return _table(node)
        case "pre":
            return [f"```\n{_raw(node).strip(chr(10))}\n```"]
        case "blockquote":
            return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(_blocks(node.children)).split("\n"))]
    return _blocks(node.children)


def _paragraph(nodes: Iterable[Element | str]) -> str:
    return OPENING.sub(lambda sign: f"{sign[1] or ''}\\{sign[2]}", _inline(nodes))


def _inline(nodes: Iterable[Element | str]) -> str:
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(SIGNS.sub(_sign, node))
        elif node.tag == "br":
            parts.append(" ")
        elif node.tag not in UNREAD:
            parts.append(_marked(node))
    return re.sub(r"\s+", " ", "".join(parts)).strip() if parts else ""


def _marked(node: Element) -> str:
    if node.tag == "code":
        text = _raw(node)
        ticks = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
        return f"{ticks}{text}{ticks}"
    text = _inline(node.children)
    before = " " if node.children and isinstance(node.children[0], str) and node.children[0][:1].isspace() else ""
    after = " " if node.children and isinstance(node.children[-1], str) and node.children[-1][-1:].isspace() else ""
    sign = {"b": "**", "strong": "**", "em": "*", "i": "*", "dfn": "*", "cite": "*"}.get(node.tag, "")
    if node.tag == "a" and node.href:
        text = f"[{text}](<{node.href}>)" if re.search(r"[\s()<>]", node.href) else f"[{text}]({node.href})"
    # What stands in a box or column of its own on the page still needs its distance here.
    apart = " " if node.tag in ("small", "span") else ""
    return f"{apart}{before}{sign}{text}{sign}{after}{apart}" if text else ""


def _list(node: Element) -> str:
    items = []
    for number, item in enumerate((child for child in node.children if isinstance(child, Element)), 1):
        mark = f"{number}. " if node.tag == "ol" else "- "
        blocks = "\n".join(_blocks(item.children)).split("\n")
        items.append("\n".join((mark if at == 0 else " " * len(mark)) + line for at, line in enumerate(blocks)))
    return "\n".join(items)


def _definitions(node: Element) -> str:
    lines = []
    for pair in _found(node, {"dt", "dd"}):
        text = " ".join(_blocks(pair.children))
        lines.append(f"- **{text}**:" if pair.tag == "dt" else f"  {text}")
    return re.sub(r":\n  ", ": ", "\n".join(lines))


def _table(node: Element) -> list[str]:
    captions = [_inline(caption.children) for caption in _found(node, {"caption"})]
    rows = [[" ".join(_blocks(cell.children)) for cell in _found(row, {"td", "th"})] for row in _found(node, {"tr"})]
    return [*captions, table(rows[0], rows[1:])] if rows else captions


def _found(node: Element, tags: set[str]) -> list[Element]:
    found = []
    for child in node.children:
        if isinstance(child, Element):
            found += [child] if child.tag in tags else _found(child, tags)
    return found


def _raw(node: Element) -> str:
    return "".join(child if isinstance(child, str) else _raw(child) for child in node.children)
