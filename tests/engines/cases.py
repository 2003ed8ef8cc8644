"""For each function and operator of report/engines/proven.py: queries that use it on values that part engines.

`texts` has a text `t`; `numbers` the whole numbers `i` and `j`, a group `g` and a number `d`; both a number `n` for
each row; `{texts}` and `{numbers}` stand for them.
"""

from __future__ import annotations

TEXT = "select n, {} from {{texts}}"
NUMBER = "select n, {} from {{numbers}}"
GROUPED = "select g, {} from {{numbers}} group by g"

LISTED = "select n, {} from (select n, string_split(t, ',') as items from {{texts}})"
BITS = "cast(cast(encode(left(t, 5)) as bit) as bigint)"
BIT = "(cast(1 as ubigint) << cast(i & 63 as ubigint))"

CASES: dict[str, list[str]] = {
    # rows
    "anyvalue": [
        "select g, any_value(j) from {numbers} where j = 3 group by g",
    ],
    "bitwiseoragg": [GROUPED.format(f"bit_count(bit_or({BIT}))")],
    "count": [GROUPED.format("count(*), count(i), count(distinct j), count(*) filter (where i > j)")],
    "grouping": ["select g, j, grouping(g), sum(i & 7) from {numbers} group by grouping sets ((g), (j), (g, j), ())"],
    "logicalor": [GROUPED.format("bool_or(i > j)")],
    "max": [GROUPED.format("max(i)"), "select max(t) from {texts}"],
    "min": [GROUPED.format("min(i)"), "select min(t) from {texts}"],
    "rank": [
        "select n, rank() over (partition by g order by j desc) from {numbers}",
        "select n, rank() over (order by t) from {texts}",
    ],
    "rownumber": [
        "select n, row_number() over (partition by g order by i desc, n) from {numbers}",
        "select n from {texts} qualify row_number() over (partition by length(string_split(t, ',')) order by t, n) = 1",
    ],
    "sum": [
        GROUPED.format("cast(sum(i & 1048575) as bigint), cast(sum(n) as bigint)"),
        # Beyond 63 bits, and beyond the 53 of a double.
        "select g, cast(sum(n * 9000000000000000) as decimal(38, 0)) from {numbers} group by g",
        "select cast(coalesce(sum(cast(round(d) as bigint) * 4000000000000000000), 0) as decimal(38, 0)) "
        "from {numbers} where d between 0 and 2",
        "select n, cast(sum(n) over (order by n) as bigint) from {numbers}",
        # A sum of sums that are beyond 64 bits themselves.
        "select cast(sum(part) as decimal(38, 0)) from (select g, "
        "cast(sum(n * 9000000000000000) * 1000000 as decimal(38, 0)) "
        "as part from {numbers} group by g)",
    ],
    # text
    "contains": [TEXT.format("contains(t, 'live'), contains(t, ''), contains(t, '''')")],
    "encode": [f"select n, {BITS} from {{texts}} where regexp_matches(t, '^[A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9]')"],
    "left": [TEXT.format("left(t, 1), left(t, 3), left(t, 0)")],
    "lower": [TEXT.format("lower(t), lower(upper(t))")],
    "regexplike": [
        TEXT.format(
            r"regexp_matches(t, '^[0-9]{4}($|-)'), regexp_matches(t, 'live$'), regexp_matches(t, 'l.v', 'i'), "
            r"regexp_matches(t, '[a-k]i', 'i'), regexp_matches(t, '\d\s'), regexp_matches(t, '^\w+$'), "
            r"regexp_matches(t, '(?:^|[^\p{L}\p{N}])(?:live|karaoke|sleep(?:ing)?)(?:$|[^\p{L}\p{N}])', 'i')"
        )
    ],
    "replace": [TEXT.format("replace(t, ' ', ''), replace(t, 'ſ', 's'), replace(t, '', 'x')")],
    "split": [TEXT.format("len(string_split(t, ',')), len(string_split(t, ' '))")],
    "substring": [TEXT.format("substr(t, 1, 4), substr(t, 6), substr(t, 2, 1)")],
    "trim": [TEXT.format("trim(t), trim(t, ' ,')")],
    "upper": [TEXT.format("upper(t)")],
    # lists
    "arraycontains": [LISTED.format("list_contains(items, ''), list_contains(items, 'US')")],
    "arraydistinct": [LISTED.format("len(list_distinct(items))")],
    "arrayfilter": [LISTED.format("len(list_filter(items, lambda item: item <> ''))")],
    "explode": [LISTED.format("unnest(list_filter(items, lambda item: item <> ''))")],
    "length": [LISTED.format("len(items)")],
    # numbers and days
    "bit_count()": [NUMBER.format("bit_count(i), bit_count(~i), bit_count(i & 255)")],
    "coalesce": [NUMBER.format("coalesce(i, j, 0), coalesce(j, -1)")],
    "greatest": [NUMBER.format("greatest(i, j), greatest(i, 5), greatest(d, 1)")],
    "least": [NUMBER.format("least(i, j), least(i, 5), least(d, 1)")],
    "nullif": [NUMBER.format("nullif(i, j), nullif(j, 3)"), TEXT.format("nullif(t, '')")],
    "round": [NUMBER.format("cast(round(d * 1000000) as bigint)") + " where d between -1000 and 1000"],
    "year": [NUMBER.format("year(cast(date '1970-01-01' + cast(j * 1000 as integer) as date))")],
    # operators
    "add": [
        NUMBER.format("(i & 1048575) + j, d + 1"),
        NUMBER.format("cast(date '1970-01-01' + cast(j as integer) as date)"),
    ],
    "and": [NUMBER.format("i > 0 and j > 0")],
    "between": [NUMBER.format("i between j and 100, d between 0 and 1")],
    "bitwiseand": [NUMBER.format("i & j, i & 63")],
    "bitwiseleftshift": [NUMBER.format(f"(i & 255) << 24, bit_count({BIT}), {BIT} & 255 = 0")],
    "bitwisenot": [NUMBER.format("~i & 7, bit_count(~coalesce(i, 0))")],
    "bitwiseor": [NUMBER.format("i | j")],
    "bitwiserightshift": [NUMBER.format(f"i >> 6, ({BIT} >> cast(j & 63 as ubigint)) & 1 = 1")],
    "case": [NUMBER.format("case when i > j then 1 when i is null then 2 end, case when d < 1 then 'a' else 'b' end")],
    "cast": [
        NUMBER.format("cast(i & 127 as tinyint), cast(j as integer), cast(i > j as tinyint), cast(i as varchar)"),
        NUMBER.format("cast(cast(j as decimal(38, 0)) as bigint)"),
    ],
    "eq": [NUMBER.format("i = j, d = 0, d = d"), TEXT.format("t = 'live', t = ''")],
    "gt": [NUMBER.format("i > j, d > 0.66"), TEXT.format("t > 'live'")],
    "gte": [NUMBER.format("i >= j, d >= 0.66")],
    "if": [NUMBER.format("case when i >= j then i end")],
    "in": [NUMBER.format("i in (1, 2, 3)"), TEXT.format("t in ('live', ''), t not in ('live', '')")],
    "intdiv": [NUMBER.format("i // 3, j // -7, (i & 255) // 10")],
    "is": [NUMBER.format("i is null, j is not null")],
    "lt": [NUMBER.format("i < j, d < 0.66"), TEXT.format("t < 'Straße'")],
    "lte": [NUMBER.format("i <= j, d <= 0.66")],
    "mod": [NUMBER.format("i % 7, j % -3, -j % 3")],
    "mul": [NUMBER.format("(i & 65535) * j, d * 3")],
    "neg": [NUMBER.format("-j, -(i & 255)")],
    "neq": [NUMBER.format("i <> j, d <> 0"), TEXT.format("t <> ''")],
    "not": [NUMBER.format("not i > j")],
    "or": [NUMBER.format("i > 0 or j > 0")],
    "sub": [NUMBER.format("(i & 65535) - j, d - 1")],
}
