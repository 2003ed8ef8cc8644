"""How the text of a file is encoded: UTF-8 if all of it is, else what its mark or a detector says."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 2**20
SAMPLE = 2**16
# No two different texts become one by it: a byte that cannot be read is written as \xff, say.
ERRORS = "backslashreplace"
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Told apart by the detector; of those that it finds as likely as each other, the first.
LIKELY = ("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp932", "gb18030", "cp949", "big5")
NAMES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "utf-32": "UTF-32", "cp932": "Shift JIS", "gb18030": "GB 18030", "cp949": "EUC-KR", "big5": "Big5",
}  # fmt: skip


@dataclass(frozen=True)
class Encoding:
    """An encoding by Python's name.

    Attributes:
        is_guessed: whether a detector chose it.
        has_faults: whether some bytes are not of it.
    """

    codec: str
    is_guessed: bool = False
    has_faults: bool = False

    def describe(self) -> str:
        """It in words, for the terminal and the page."""
        name = NAMES.get(self.codec, self.codec.replace("cp", "Windows-"))
        if self.is_guessed:
            name = f"not UTF-8; taken as {name}, which is a guess"
        return f"{name}, with bytes that are not of it, kept as \\x…" if self.has_faults else name


def marked(head: bytes) -> str | None:
    """The encoding that a file's first bytes show: by a mark, or by the NULs of UTF-16 without one."""
    for mark, codec in MARKS.items():
        if head.startswith(mark):
            return codec
    first = head[:200]
    if len(first) > 3 and first[1::2].count(0) > len(first) * 0.4 and not first[0::2].count(0):
        return "utf-16-le"
    if len(first) > 3 and first[0::2].count(0) > len(first) * 0.4 and not first[1::2].count(0):
        return "utf-16-be"
    return None


def decide(file: BinaryIO, size: int | None = None) -> Encoding:
    """The encoding of a file, which is read from its beginning.

    All of it is decoded, so the answer holds for every line: UTF-8 where all of it, or of the lines beyond ASCII most,
    are UTF-8; otherwise what the detector finds likeliest of those that can be.

    Args:
        size: bytes to look at, where that is not the whole file.
    """
    head = file.read(min(size or BLOCK, BLOCK))
    codec = marked(head) or "utf-8"
    file.seek(0)
    if _decodes(_blocks(file, size), codec, is_cut=size is not None):
        return Encoding(codec)
    if codec != "utf-8":
        return Encoding(codec, has_faults=True)
    file.seek(0)
    lines = _beyond_ascii(file, size)
    if sum(_is_utf8(line) for line in lines) * 2 > len(lines):
        return Encoding("utf-8", has_faults=True)
    for guess in _guesses(b"\n".join(lines)):
        file.seek(0)
        if _decodes(_blocks(file, size), guess, is_cut=size is not None):
            return Encoding(guess, is_guessed=True)
    return Encoding(LIKELY[0], is_guessed=True, has_faults=True)


def _blocks(file: BinaryIO, size: int | None) -> Iterator[bytes]:
    if size is not None:
        yield file.read(size)
        return
    while block := file.read(BLOCK):
        yield block


def _decodes(blocks: Iterable[bytes], codec: str, *, is_cut: bool) -> bool:
    """Whether all of it is of the encoding; what is cut may end within a character."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        for block in blocks:
            decoder.decode(block)
        if not is_cut:
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _beyond_ascii(file: BinaryIO, size: int | None) -> list[bytes]:
    """Lines that are not ASCII, the first `SAMPLE` bytes of them."""
    lines, taken = [], 0
    for line in file if size is None else file.read(size).splitlines():
        if not line.isascii():
            lines.append(line.rstrip(b"\r\n")[:SAMPLE])
            taken += len(lines[-1])
            if taken >= SAMPLE:
                break
    return lines


def _is_utf8(line: bytes) -> bool:
    return _decodes([line], "utf-8", is_cut=False)


def _guesses(sample: bytes) -> list[str]:
    """What the detector takes for possible, likeliest first."""
    from charset_normalizer import from_bytes

    ranks = {}
    for match in from_bytes(sample, cp_isolation=list(LIKELY)):
        for codec in match.could_be_from_charset:
            rank = (round(match.chaos, 3), -round(match.coherence, 3))
            ranks[codec] = min(rank, ranks.get(codec, rank))
    return sorted(ranks, key=lambda codec: (ranks[codec], LIKELY.index(codec)))
