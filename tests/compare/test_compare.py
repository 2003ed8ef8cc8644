"""What differs between two editions is found, sized and said; what does not, is only counted."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from small_site import words_of
from views import facts_compared, view

from report.claims.verdicts import VERDICTS
from report.compare import said
from report.compare.moves import kind_of, move_of
from report.compare.views import compare


class TestFacts:
    @pytest.mark.parametrize(
        ("name", "before", "after", "kind", "size", "shown"),
        [
            ("x.zero_share", 0.7, 0.702, "share", 0.2, ("70.00%", "70.20%", "+0.20 points")),
            ("x.window_share_2024", 0.5, 0.25, "share", 25, ("50.0%", "25.0%", "−25.0 points")),
            ("x.gini_popularity", 0.8, 0.85, "coefficient", 5, ("0.800", "0.850", "+0.050")),
            ("x.index_180", 1.27, 1.3, "coefficient", 3, ("1.270", "1.300", "+0.030")),
            ("x.peak_year", 2009, 2014, "year", 5, ("2009", "2014", "+5 years")),
            ("x.track_count", 0, 900, "count", 90, ("0", "900", "+900")),
            ("x.index_180_track_count", 1900, 900, "count", 50, ("1,900", "900", "−52.6%")),
            ("x.tracks", 8, 13, "count", 4.42, ("8", "13", "+62.5%")),
            ("x.median_s", 200, 190, "measure", 5, ("200", "190", "−5.0%")),
            ("x.mean_s", -2.0, 2.0, "measure", 200, ("−2", "2", "+200.0%")),
            ("x.first_genre", "polka", "opera", "text", 0, ("polka", "opera", "")),
            ("x.is_falling", True, False, "text", 0, ("yes", "no", "")),
        ],
    )
    def test_a_move_by_its_kind(self, name, before, after, kind, size, shown) -> None:
        move = move_of(name, before, after)
        assert (move.kind, round(move.size, 2), move.shown) == (kind, size, shown)

    @pytest.mark.parametrize(("before", "after"), [(None, None), (0.5, 0.5), (2025, 2025.0), ("a", "a")])
    def test_what_stayed_is_no_move(self, before: object, after: object) -> None:
        assert move_of("x.share", before, after) is None

    def test_known_and_unknown(self) -> None:
        c = facts_compared({"a_share": 0.5, "b_share": None, "c": None}, {"a_share": None, "b_share": 0.25, "c": None})
        assert [(move.name, move.status, move.shown) for move in c.turned] == [
            ("duration.a_share", "became unknown", ("50.0%", "—", "")),
            ("duration.b_share", "became known", ("—", "25.0%", "")),
        ]
        assert (c.same_facts, c.unknown_facts, c.sized) == (0, 1, [])

    def test_a_fact_that_one_edition_lacks_is_unknown_in_it(self) -> None:
        c = facts_compared({"dispersion_2003": 4.1}, {"dispersion_2004": 4.2})
        assert [move.status for move in c.moves] == ["became unknown", "became known"]

    def test_the_largest_stand_first_whatever_their_kind(self) -> None:
        before = {"share": 0.10, "tracks": 10_000, "year": 2020, "gini": 0.5, "handful": 2, "same": 1}
        after = {"share": 0.14, "tracks": 10_200, "year": 2021, "gini": 0.53, "handful": 1, "same": 1}
        c = facts_compared(before, after)
        names = [move.name.removeprefix("duration.") for move in c.sized]
        assert names == ["share", "gini", "tracks", "year", "handful"]
        assert c.same_facts == 1

    def test_a_share_beyond_one_is_no_share(self) -> None:
        assert kind_of("x.growth_share", 0.5, 1.5) == "measure"


class TestRows:
    def test_by_key(self) -> None:
        old = [{"duration_s": n, "track_count": 10 * n, "tier_order": n} for n in (1, 2, 3, 4)]
        new = [{"duration_s": n, "track_count": 10 * n + (n == 3) * 12, "tier_order": 9 - n} for n in (2, 3, 4, 5, 6)]
        change = compare(view(rows=old), view(rows=new)).figures[0]
        assert change.key == ["duration_s"]
        # What only orders the rows is no change of theirs in itself, but is one.
        assert (change.before, change.after, change.added, change.vanished) == (4, 5, 2, 1)
        assert (change.largest.name, change.largest_at) == ("track_count", "3")
        assert change.largest.shown == ("30", "42", "+40.0%")
        assert round(change.largest.size) == round(100 * 12 / 60)
        assert said.rows(change, words_of().text) == "3 of 5 rows changed, 2 new, 1 gone"

    def test_the_same_rows_are_only_counted(self) -> None:
        rows = [{"duration_s": 1, "track_count": 1}]
        c = compare(view(rows=rows), view(rows=[dict(row) for row in rows]))
        assert (c.figures, c.same_figures) == ([], 1)

    def test_a_figure_that_was_empty(self) -> None:
        change = compare(view(), view(rows=[{"duration_s": 1, "track_count": 1}])).figures[0]
        assert (said.rows(change, words_of().text), change.largest) == ("1 of 1 row new", None)

    def test_a_key_of_two_columns(self) -> None:
        old = [{"year": 2000, "mode": mode, "share": 0.5} for mode in ("major", "minor")]
        new = [old[0], {**old[1], "share": 0.25}]
        change = compare(view(rows=old, key="year, mode"), view(rows=new, key="year, mode")).figures[0]
        assert (list(change.key), change.changed, change.largest_at) == (["year", "mode"], 1, "2000, minor")

    def test_unknown_and_words_have_no_size(self) -> None:
        old = [{"year": 1, "label": "a", "mean_s": None}, {"year": 2, "label": "b", "mean_s": 0}]
        new = [{"year": 1, "label": "b", "mean_s": 3.0}, {"year": 2, "label": "b", "mean_s": 0}]
        change = compare(view(rows=old, key="year"), view(rows=new, key="year")).figures[0]
        assert (change.changed, change.largest) == (1, None)


class TestVerdicts:
    @pytest.mark.parametrize(("before", "after"), list(permutations(VERDICTS, 2)))
    def test_every_flip(self, before: str, after: str) -> None:
        c = compare(view(verdicts={"a": before, "b": before}), view(verdicts={"a": after, "b": before}))
        assert [(flip.after.id, flip.before.verdict, flip.after.verdict) for flip in c.flips] == [("a", before, after)]


class TestTables:
    def test_rows_tables_and_columns(self) -> None:
        c = compare(
            view(kept={"tracks": 1000, "albums": 500, "playlists": 9}, lacks=["tracks.external_id_isrc"]),
            view(kept={"tracks": 900, "playlists": 9, "artists": 7}, lacks=["playlists", "tracks.explicit"]),
        )
        found = {table.name: table for table in c.tables}
        assert (found["tracks"].kept_change, found["tracks"].before["dropped"]) == (-0.1, 0)
        assert (found["tracks"].new_columns, found["tracks"].lost_columns) == (["external_id_isrc"], ["explicit"])
        assert {name: (table.is_new, table.is_lost) for name, table in found.items()} == {
            "tracks": (False, False), "playlists": (False, True), "artists": (True, False), "albums": (False, True),
        }  # fmt: skip
        columns = "Column tracks.external_id_isrc is new. Column tracks.explicit is gone."
        gone = "Table playlists is gone. Table albums is gone."
        told = said.tables(c, words_of().text)
        assert (
            columns in told
            and "Table artists is new." in told
            and len(told) == len(f"{columns} {gone} Table artists is new.")
        )

    def test_all_of_it_is_json(self) -> None:
        c = compare(
            view("old", facts={"a": 1, "b": None}, rows=[{"s": 1, "n": 2}], key="s", verdicts={"x": "holds"}),
            view("new", facts={"a": 2, "b": 1}, rows=[{"s": 1, "n": 3}], key="s", verdicts={"x": "does not hold"}),
        )
        data = json.loads(json.dumps(c.as_dict(), allow_nan=False))
        assert (data["before"]["name"], data["after"]["name"]) == ("old", "new")
        assert data["flips"][0]["before"] == "holds"
        assert [fact["name"] for fact in data["facts"]] == ["duration.a", "duration.b"]
        assert data["figures"][0]["largest"]["after"] == 3
