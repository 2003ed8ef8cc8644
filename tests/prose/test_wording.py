"""What is a figure in prose and what is not; what compares and what does not: by example."""

from __future__ import annotations

import pytest

from report.prose.wording import comparisons, figures, masked, value

FIGURES = """
73% of tracks
about 42 tracks
1,234 albums
0.57 of all
½ of them
a score of ²
&#55;3 per cent
&frac12; of them
Half of all tracks
a third of albums
two thirds of the catalogue
three-quarters are gone
nineteen in twenty
one in ten is
one track in five
one third of it
one per cent
one hundred names
one out of seven
only one year
at least one of the markets
more than one album
a dozen labels
dozens of labels
hundreds of names
a million streams
millions of plays
twice as many
The number doubled
it tripled
a tenfold rise
a two-fold rise
halved since then
a couple of years
the second largest genre
ranks 4th by tracks
the fourth genre
twenty-one genres
zero streams
2,024 tracks
2024 tracks
about 2000 of them
over 2010
$2024
[73% of tracks](duration.html)
**seven** of them
<b title="73%">x</b>
`73%` and 73%
a 9-to-1 majority
x: 12:34
the 20th century
the top ten
ninety-nine per cent
thousandths of it
the two thirds that remain
""".strip().split("\n")

FREE = """
dated 2024
the 1990s
2020–24 against 2010–14
2020/21
from 2015 to 2024
in 2024, the last year
23 December 2025
December 2025
on 3 March
December 23, 2025
2025-07-14
Figure 3 and Figures 4 to 6
Table 2
one of them
no one knows
one by one
one snapshot shows age
everyone
each one
One may have several codes.
the one measure
the one in which it is drawn
one another
One point a year
on the one hand
second to none, to the second
the second is about motives
a few seconds
first, the dates
the two agree
of the two, these two
third-party requests
8D and MP3 and sha256
an MP3 of it
`SELECT 73`
```
73
```
[the page](figure-73.html)
https://example.org/73
<a href="x73.html" id="p7">here</a>
<!-- 73 -->
a single, an album
both are
none of these
often, most, many
""".strip().split("\n")

COMPARE = """
Most tracks are short
Fewer artists hold it
Popularity falls with age
The median has fallen
Durations grew
Songs are getting shorter
Danceable tracks dominate
Tracks crowd at whole minutes
Releases rise
the highest share
It is nearly all
They hardly differ from it; hardly
The share is the same
The majority is new
Shares are above the mean
Followers are spread more unequally
The number doubles
A minority holds it
It has increased since
no longer what it was
Opera comes first
Twice the number
""".strip().split("\n")

PLAIN = """
Tracks by key and mode
How many tracks there are
Do songs crowd at whole minutes?
Whether tracks crowd there is not known
times as many tracks
in a year or more
as much as that
Popularity over tracks
A count of the catalogue
Key and mode are a guess
""".strip().split("\n")


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_is_found(text: str) -> None:
    assert list(figures(masked(text)[0]))


@pytest.mark.parametrize("text", "\n".join(FREE).replace("```\n73\n```", "```73```").split("\n"))
def test_what_is_no_figure_is_let_through(text: str) -> None:
    assert [found.words for found in figures(masked(text)[0])] == []


@pytest.mark.parametrize("text", COMPARE)
def test_a_comparison_is_found(text: str) -> None:
    assert list(comparisons(masked(text)[0]))


@pytest.mark.parametrize("text", PLAIN)
def test_what_does_not_compare_is_let_through(text: str) -> None:
    assert [found.words for found in comparisons(masked(text)[0])] == []


@pytest.mark.parametrize(
    "text", ["below 10.5", "below 10%", "below 10 million", "below 10 per cent", "below 100", "at all, below 10–20"]
)
def test_a_phrase_is_not_part_of_another_figure(text: str) -> None:
    assert masked(text, ["below 10"])[1] == set()


@pytest.mark.parametrize("text", ["score below 10.", "Below 10, and", "below\n10 tracks"])
def test_a_phrase_stands_with_any_space_and_case(text: str) -> None:
    plain, used = masked(text, ["below 10"])
    assert used == {"below 10"} and list(figures(plain)) == []


def test_the_longer_phrase_goes_first() -> None:
    plain, used = masked("150 or more, 50 or more", ["50 or more", "150 or more"])
    assert used == {"50 or more", "150 or more"} and list(figures(plain)) == []


def test_the_words_beside_a_figure_are_told() -> None:
    (found,) = figures("As it is, about 42 tracks were lost.")
    assert (found.words, found.figure) == ("is, about 42 tracks were lost.", "42")


@pytest.mark.parametrize(
    ("figure", "number"),
    [("half", 0.5), ("50%", 0.5), ("0.5", 0.5), ("1,000", 1000), ("two", 2), ("Twenty", 20), ("3:00", None)],
)
def test_the_value_of_a_figure(figure: str, number: float | None) -> None:
    assert value(figure) == number
