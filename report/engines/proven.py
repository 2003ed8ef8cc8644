"""What a query may be made of, to be run on other engines than DuckDB: of what is proven to mean the same there.

Names are sqlglot's of the parts of a parsed query; `name()` is a function that it does not know, `type X` a type. Each
function, operator and type has its rows in tests/engines/cases.py, hostile ones among them: they are asked of DuckDB
and, translated, of another engine, and what comes back is the same. To add one, add its rows there, and a rule to
dialect.py where they differ.
"""

from __future__ import annotations

LIST = "report/engines/proven.py"
# How a query is put together.
STRUCTURE = {
    "alias", "column", "cte", "from", "group", "having", "identifier", "join", "literal", "null", "order", "ordered",
    "paren", "qualify", "select", "star", "subquery", "table", "tablealias", "union", "where", "with", "window",
    "lambda", "tuple", "groupingsets", "filter", "ignorenulls", "datatypeparam", "boolean", "distinct", "limit",
    "exists", "array",
}  # fmt: skip
OPERATORS = {
    "add", "and", "between", "bitwiseand", "bitwiseleftshift", "bitwisenot", "bitwiseor", "bitwiserightshift", "case",
    "cast", "eq", "gt", "gte", "if", "in", "intdiv", "is", "lt", "lte", "mod", "mul", "neg", "neq", "not", "or", "sub",
}  # fmt: skip
FUNCTIONS = {
    # of rows
    "anyvalue", "bitwiseoragg", "count", "grouping", "logicalor", "max", "min", "rank", "rownumber", "sum",
    # of text
    "contains", "encode", "left", "lower", "regexplike", "replace", "split", "substring", "trim", "upper",
    # of lists
    "arraycontains", "arraydistinct", "arrayfilter", "explode", "length",
    # of numbers and days
    "bit_count()", "coalesce", "greatest", "least", "nullif", "round", "year",
}  # fmt: skip
TYPES = {
    "type BIGINT", "type BIT", "type BOOLEAN", "type DATE", "type DECIMAL", "type INT", "type TEXT", "type TINYINT",
    "type UBIGINT", "type VARCHAR",
}  # fmt: skip
# What each engine makes in a way of its own: numbers for ids, and parts of a table. No result depends on them.
OWN = {"id_key()", "id_start()", "slice()"}
PROVEN = STRUCTURE | OPERATORS | FUNCTIONS | TYPES | OWN
# Beside it, what reads files: how values are typed and counted (relations.py, audit.py). It is
# proven in the ways it is used there.
READING = PROVEN | {
    "readparquet", "var", "trycast", "try", "decode", "isfinite()", "trunc", "unixtotime", "type DOUBLE",
    "type TIMESTAMP", "type TIMESTAMPNTZ", "hash()", "is_valid_utf8()",
}  # fmt: skip
