"""Where DuckDB's SQL and Spark's differ, a function each: it gives what stands for a part of a parsed query.

What sqlglot writes of it afterwards is Spark's dialect, as Sail takes it too.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlglot
from sqlglot import exp

from report.core.errors import QueryError
from report.engines import characters

# Text that a number is read from. To DuckDB a vertical tab is blank and 1_0 is ten; twice, since matches don't overlap.
CLEAN = (
    r"trim(both ' \t\n\u000b\u000c\r' from regexp_replace(regexp_replace("
    r"cast(x as string), '([0-9])_([0-9])', '$1$2'), '([0-9])_([0-9])', '$1$2'))"
)
# To Java 1.0d is a number, and any control character at an end is blank.
SOUND = rf"not {CLEAN} rlike '[0-9.][dDfF]$|[xX]|[\\x00-\\x1f\\x7f]'"
REAL = f"case when {SOUND} then try_cast({CLEAN} as double) end"
# To DuckDB 12.0 and 1e1 are whole numbers; Spark takes 2^63 for the whole number below it.
DOUBLE = f"try_cast({CLEAN} as double)"
ROUNDED = f"case when {DOUBLE} < double('9223372036854775808') then try_cast(round({DOUBLE}) as bigint) end"
WHOLE = f"case when {SOUND} then coalesce(try_cast({CLEAN} as bigint), {ROUNDED}) end"
# Bytes that are text in UTF-8, in hexadecimal digits.
TAIL = "[89AB][0-9A-F]"
UTF8 = (
    f"^(?:[0-7][0-9A-F]|(?:C[2-9A-F]|D[0-9A-F]){TAIL}|E0[AB][0-9A-F]{TAIL}|(?:E[1-9A-CEF]){TAIL}{TAIL}|"
    f"ED[89][0-9A-F]{TAIL}|F0[9AB][0-9A-F]{TAIL}{TAIL}|F[1-3]{TAIL}{TAIL}{TAIL}|F48[0-9A-F]{TAIL}{TAIL})*$"
)
SCHEMAS = ("source", "staging")
COMPARISONS = (exp.LT, exp.LTE, exp.GT, exp.GTE, exp.EQ, exp.NEQ, exp.Between)


def _filled(template: str, value: exp.Expression) -> exp.Expression:
    """SQL of Spark's with a value in the place of `x`."""

    def fill(node: exp.Expression) -> exp.Expression:
        return exp.Paren(this=value.copy()) if isinstance(node, exp.Column) and node.name == "x" else node

    return exp.Paren(this=sqlglot.parse_one(template, read="spark").transform(fill))


def table(node: exp.Table) -> exp.Expression:
    """Views of a session have names of one part."""
    if node.db not in SCHEMAS:
        return node
    return exp.alias_(exp.to_table(f"{node.db}_{node.name}"), node.alias or node.name, table=True)


def plain_type(node: exp.DataType) -> exp.Expression:
    """There is no unsigned type, and 64 bits are 64 bits; times are asked for in a zone, which is UTC."""
    kinds = exp.DataType.Type
    others = {kinds.UBIGINT: "bigint", kinds.TIMESTAMP: "timestamptz", kinds.TIMESTAMPNTZ: "timestamptz"}
    return exp.DataType.build(others[node.this]) if node.this in others else node


def literal(node: exp.Literal) -> exp.Expression:
    """`0.66` is a decimal number; a real one is compared with it as such, but by Sail in decimals.

    Raises:
        QueryError: it stands in no comparison, where it would make decimals of its own kind in each engine.
    """
    if node.is_string or node.name.isdigit():
        return node
    if not isinstance(node.parent, COMPARISONS):
        raise QueryError(f"`{node.sql()}` stands in no comparison", None, "count in whole numbers: millionths, say")
    return exp.cast(exp.Literal.string(node.name), "double")


def shift(node: exp.Binary) -> exp.Expression:
    """A shift is by an INT."""
    if not isinstance(node.expression, exp.Literal):
        node.set("expression", exp.cast(node.expression.copy(), "int"))
    return node


def bits_of_text(node: exp.Cast) -> exp.Expression:
    """`cast(cast(encode(x) as bit) as bigint)` is the number that the bytes make, the first the highest."""
    inner = node.this
    if isinstance(inner, exp.Cast) and isinstance(inner.this, exp.Encode):
        return _filled("cast(conv(hex(x), 16, 10) as bigint)", inner.this.this)
    return node


def case(node: exp.Lower | exp.Upper) -> exp.Expression:
    """Others make two characters of one, look at what stands beside it, and follow another Unicode."""
    before, after = characters.changed_by(node.key)
    changed = exp.func("translate", node.this.copy(), exp.Literal.string(before), exp.Literal.string(after))
    is_plain = exp.RegexpLike(this=node.this.copy(), expression=exp.Literal.string(r"^[\x00-\x7F]*\z"))
    return exp.Case(ifs=[exp.If(this=is_plain, true=node.copy())], default=changed)


def trim(node: exp.Trim) -> exp.Expression:
    """DuckDB takes all blanks of Unicode away, others that of ASCII."""
    if not node.expression:
        node.set("expression", exp.Literal.string(characters.blanks()))
    node.set("position", "BOTH")
    return node


def call(node: exp.Anonymous) -> exp.Expression:
    if node.name.lower() == "isfinite":
        return _filled("abs(x) < double('Infinity')", node.expressions[0])
    return node


def trunc(node: exp.Trunc) -> exp.Expression:
    return _filled("case when abs(x) < double('Infinity') then x - x % 1 else x end", node.this)


def number(node: exp.TryCast, texts: Collection[str]) -> exp.Expression:
    """Numbers in text are spelled differently."""
    is_text = isinstance(node.this, exp.Case) or (isinstance(node.this, exp.Column) and node.this.name in texts)
    if not is_text:
        return node
    return _filled(WHOLE if node.to.this == exp.DataType.Type.BIGINT else REAL, node.this)


def split(node: exp.Split) -> exp.Expression:
    """Text is split at a regular expression, quoted by sqlglot in a way that Java alone knows."""
    if not (isinstance(node.expression, exp.Literal) and node.expression.name in (",", ";", " ")):
        raise QueryError("text is split at a comma, a semicolon or a space", None, "split it otherwise")
    return exp.RegexpSplit(this=node.this.copy(), expression=node.expression.copy())


def array(node: exp.Array) -> exp.Expression:
    """A list of nothing is one of text: of what else, an engine would have to guess."""
    return node if node.expressions else exp.cast(node.copy(), exp.DataType.build("array<string>", dialect="spark"))


def length(node: exp.Length) -> exp.Expression:
    """`len` is asked of lists alone: of text the engines count alike, and sqlglot cannot tell the two apart."""
    return exp.func("array_size", node.this.copy())


def group(node: exp.Group) -> exp.Expression:
    """`group by all`, by name."""
    if not node.args.get("all"):
        return node
    chosen = [column.unalias() for column in node.parent.expressions if not column.find(exp.AggFunc)]
    return exp.Group(expressions=[column.copy() for column in chosen])


def star(node: exp.Select) -> exp.Expression:
    """`* exclude (x)` of a part of the query: its columns by name."""
    for star in [column for column in node.expressions if isinstance(column, exp.Star)]:
        gone = {column.name for column in star.args.get("except_") or ()}
        if gone:
            source = node.args["from_"].this.name
            part = next(cte for cte in node.root().find_all(exp.CTE) if cte.alias == source)
            names = [name for name in part.this.named_selects if name not in gone]
            others = [column for column in node.expressions if column is not star]
            node.set("expressions", [*map(exp.column, names), *others])
    return node


def decode(node: exp.Try) -> exp.Expression:
    """`try(decode(x))` is bytes as text, where they are that."""
    if not isinstance(node.this, exp.Decode):
        raise QueryError("`try` is asked of `decode` alone", None, "write it otherwise")
    return _filled(f"case when hex(x) rlike '{UTF8}' then decode(x, 'utf-8') end", node.this.this).this
