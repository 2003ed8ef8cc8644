"""DuckDB's dialect in the words of Spark: parsed by sqlglot, macros expanded, and rules for what would differ.

Each rule says what differs. Most of it differs silently: rows of another value, and no error. So what a query is made
of has to stand in the list of what is proven the same, or it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import sqlglot
from sqlglot import exp

from report.core.errors import QueryError
from report.engines import characters, differences
from report.engines.characters import Letters
from report.engines.proven import LIST, PROVEN, READING
from report.sources.schema import TABLES

# 128 bits hold the sum of as many numbers of 64 as there can be rows: what is summed is a product of such, or may be a
# sum of theirs already.
PRODUCT, ANY = exp.DataType.build("decimal(20, 0)"), exp.DataType.build("decimal(38, 0)")
Macros = Mapping[str, tuple[list[str], exp.Expression]]


class Dialect:
    """Translates queries for one engine.

    Args:
        letters: what it takes for letters and digits.
        wraps: whether the sum of 64-bit numbers that is too large for them begins anew instead of being an error.
    """

    def __init__(self, letters: Letters, *, wraps: bool) -> None:
        self._letters = letters
        self.wraps = wraps
        self._macros: dict[str, tuple[list[str], exp.Expression]] = {}
        self._own: dict[str, tuple[list[str], exp.Expression]] = {}

    def define(self, sql: str, *, is_own: bool = False) -> None:
        """Take in `create macro` statements; each is of an expression.

        Args:
            is_own: whether it is the engine's, and may be made of what is not the same elsewhere.
        """
        for statement in filter(None, sqlglot.parse(sql, read="duckdb")):
            function = statement.this
            parameters = [parameter.name for parameter in function.expressions]
            macros = self._own if is_own else self._macros
            macros[function.this.name.lower()] = parameters, statement.expression

    def translate(
        self, sql: str, where: Path, view_of: Callable[[exp.ReadParquet], tuple[str, Collection[str]]] | None = None
    ) -> str:
        """A query as Spark's SQL.

        Args:
            where: the query's file, for messages.
            view_of: makes files a view; gives its name, and those of its columns that hold text or bytes.

        Raises:
            QueryError: it is no SQL, or is made of what is not proven to mean the same.
        """
        try:
            tree = expand(sqlglot.parse_one(sql, read="duckdb"), self._macros)
            check(tree)
            tree = expand(tree, self._own)
            texts: set[str] = set()
            for read in list(tree.find_all(exp.ReadParquet)):
                view, columns = view_of(read)
                texts |= set(columns)
                table = read.parent if isinstance(read.parent, exp.Table) else read
                table.replace(exp.alias_(exp.to_table(view), table.alias or view, table=True))
            return self._apply(tree, texts).sql(dialect="spark", comments=False)
        except sqlglot.errors.SqlglotError as error:
            raise QueryError(f"this cannot be translated: {str(error).splitlines()[0]}", where) from error
        except QueryError as error:
            error.where = error.where or str(where)
            raise

    def _apply(self, tree: exp.Expression, texts: Collection[str]) -> exp.Expression:
        rules = {
            exp.Table: differences.table,
            exp.DataType: differences.plain_type,
            exp.Literal: differences.literal,
            exp.RegexpLike: self._matches,
            exp.BitwiseLeftShift: differences.shift,
            exp.BitwiseRightShift: differences.shift,
            exp.Cast: differences.bits_of_text,
            exp.Lower: differences.case,
            exp.Upper: differences.case,
            exp.Trim: differences.trim,
            exp.Sum: self._sum,
            exp.Anonymous: differences.call,
            exp.Trunc: differences.trunc,
            exp.TryCast: lambda node: differences.number(node, texts),
            exp.Split: differences.split,
            exp.Array: differences.array,
            exp.Group: differences.group,
            exp.Select: differences.star,
            exp.Length: differences.length,
            exp.UnixToTime: lambda node: exp.func("unix_millis", node.this),
            exp.Try: differences.decode,
        }
        # From the inside out: what is lowered may be trimmed.
        for node in reversed(list(tree.walk(bfs=True))):
            rule = rules.get(type(node))
            made = rule(node) if rule else node
            if made is not node:
                if node is tree:
                    tree = made
                else:
                    node.replace(made)
        return tree

    def _matches(self, node: exp.RegexpLike) -> exp.Expression:
        """Flags have no place in RLIKE, and sqlglot leaves them away; to Spark it is an operator."""
        flag = node.args.get("flag")
        pattern = characters.pattern_for(node.expression.name, self._letters, is_case_blind=bool(flag))
        return exp.Paren(this=exp.RegexpLike(this=node.this.copy(), expression=exp.Literal.string(pattern)))

    def _sum(self, node: exp.Sum) -> exp.Expression:
        """DuckDB sums in 128 bits, others in 64."""
        is_exact = any(cast.to.is_type("decimal") for cast in node.find_all(exp.Cast))
        if not is_exact and (self.wraps or isinstance(node.this, exp.Mul)):
            kind = PRODUCT if isinstance(node.this, exp.Mul) else ANY
            return exp.Sum(this=exp.cast(node.this.copy(), kind.copy()))
        return node


def expand(tree: exp.Expression, macros: Macros) -> exp.Expression:
    """The tree with what macros stand for in their place."""

    def expand_one(node: exp.Expression) -> exp.Expression:
        if not isinstance(node, exp.Anonymous) or node.name.lower() not in macros:
            return node
        names, body = macros[node.name.lower()]
        given = dict(
            zip(names, (exp.Paren(this=expand(value.copy(), macros)) for value in node.expressions), strict=True)
        )

        def fill(inner: exp.Expression) -> exp.Expression:
            is_parameter = isinstance(inner, exp.Column) and not inner.table and inner.name in given
            return given[inner.name].copy() if is_parameter else inner

        return exp.Paren(this=expand(body.copy().transform(fill), macros))

    return tree.transform(expand_one)


def kind_of(node: exp.Expression) -> str:
    """What a part of a query is called in the list of what is proven: `sum`, `bit_count()`, `type BIGINT`."""
    if isinstance(node, exp.Anonymous):
        return f"{node.name.lower()}()"
    if isinstance(node, exp.DataType):
        return f"type {node.this.value}"
    if isinstance(node, exp.Literal):
        return "literal"
    return node.key


def check(tree: exp.Expression) -> None:
    """Refuse a query made of what is not proven to mean the same.

    Raises:
        QueryError: as said, with the place of the list.
    """
    allowed = READING if tree.find(exp.ReadParquet) else PROVEN
    reals = {name for table in TABLES.values() for name, column in table.columns.items() if column.kind == "real"}
    has_reals = any(table.db == "source" for table in tree.find_all(exp.Table))
    for node in tree.walk():
        if has_reals and isinstance(node, exp.Cast) and node.to.is_type(*exp.DataType.INTEGER_TYPES):
            value = node.this.unnest()
            if not isinstance(value, exp.Round) and any(column.name in reals for column in value.find_all(exp.Column)):
                hint = "put it in round(): a cast rounds here, and cuts off elsewhere"
                raise QueryError(f"a real number is made a whole one ({node.sql()})", None, hint)
        kind = kind_of(node)
        if kind not in allowed:
            hint = f"write it otherwise, or prove it: {LIST} lists what is, and says how"
            raise QueryError(f"`{kind}` is not proven to mean the same on every engine ({node.sql()})", None, hint)
