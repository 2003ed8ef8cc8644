"""Market lists of the sample."""

from __future__ import annotations

import random

from report.synthetic import randomness
from report.synthetic.catalogue import Albums

_SERVED = (
    "AD AE AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CG CH CI CL "
    "CM CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW "
    "GY HK HN HR HT HU ID IE IL IN IQ IS IT JM JO JP KE KG KH KI KM KN KR KW KZ LA LB LC LI LK LR LS LT "
    "LU LV LY MA MC MD ME MG MH MK ML MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE "
    "PG PH PK PL PS PT PW PY QA RO RS RW SA SB SC SE SG SI SK SL SM SN SR ST SV SZ TD TG TH TJ TL TN TO "
    "TR TT TV TW TZ UA UG US UY UZ VC VE VN VU WS XK ZA ZM ZW"
)
_CODES = tuple(_SERVED.split())
_HOMES = ("US", "DE", "BR", "JP", "FR", "IN", "GB", "MX", "NL", "TR")
_EVERYWHERE, UNAVAILABLE, EMPTY, _FIRST_OTHER = 0, 1, 2, 3
_GONE = ((1960, 0.09), (2000, 0.06), (2015, 0.04), (2025, 0.025))
"""Share of albums that are in no market, by release year."""


def make_lists(rng: random.Random, count: int) -> list[str]:
    """Distinct market lists, comma-separated: everywhere, `unavailable`, the empty one, then others."""
    lists = dict.fromkeys([",".join(_CODES), "unavailable", ""])
    while len(lists) < max(count, 12):
        kind, place = rng.random(), rng.random()
        if kind < 0.15:
            served = [_HOMES[int(place * len(_HOMES))]]
        elif kind < 0.75:
            served = list(_CODES)
            for _ in range(1 + int(place**3 * 40)):
                served.pop(int(rng.random() * len(served)))
        else:
            served = [code for code in _CODES if rng.random() < place]
        lists.setdefault(",".join(served))
    return list(lists)


def album_markets(rng: random.Random, albums: Albums, list_count: int) -> list[int]:
    """For each album the index of its market list."""
    chosen = []
    for year in albums.years:
        kind, place = rng.random(), rng.random()
        if kind < randomness.interpolate(_GONE, year):
            chosen.append(UNAVAILABLE)
        elif kind < 0.80:
            chosen.append(_EVERYWHERE)
        elif kind < 0.998:
            chosen.append(_FIRST_OTHER + int(place * place * (list_count - _FIRST_OTHER)))
        else:
            chosen.append(EMPTY)
    return chosen


def track_markets(rng: random.Random, albums: list[int], by_album: list[int]) -> list[int]:
    """For each track the index of its market list: its album's, or none for a few on available albums."""
    return [by_album[album] if rng.random() < 0.985 else UNAVAILABLE for album in albums]
