"""Names of the sample: artists, titles, labels, genres. All are made of syllables and word lists."""

from __future__ import annotations

import random

from report.synthetic import randomness
from report.synthetic.calibration import Published

_STARTS = "bel bru cal dar dov fen gla hal ist jor kel lan mor nim oba per qua rov sel tav uma vel wex yor zan"
_ENDS = "a adi am ara eth ek ell en ika il ing io ira is ka lo mar met mir na nor o ova quist ra rin sk ta tov us"
_QUALITIES = (
    "Amber Borrowed Broken Distant Electric Empty Foreign Golden Half Hidden Hollow Last Late Lost Lunar "
    "Paper Pale Quiet Red Restless Salt Second Silver Slow Small Southern Still Tender Velvet Violet "
    "Wild Winter Young"
)
_THINGS = (
    "Afternoon Anchor Arcade Bicycle Boulevard Bridge Candle Carousel City Compass Corridor Driver "
    "Engine Field Fire Garden Ghost Harbour Heart Hour Island Kitchen Ladder Lantern Letter Machine "
    "Mirror Mountain Ocean Orchard Postcard Radio Railway River Road Room Season Signal Station Stranger "
    "Summer Telephone Train Valley"
)
_ELSEWHERE = (
    "Тихая река|Поезд на север|Окно во двор|夜の駅|青い手紙|波の音楽|겨울 정원|작은 섬|نافذة البحر|"
    "طريق الليل|חלון לים|Café da tarde|Corazón de papel|Über den Dächern|Été sans fin|Çiçek yolu|"
    "Żółty tramwaj|Noć na reci|Đêm thành phố|दूर का शहर|Το τελευταίο τρένο|🌙 lune 🌙|Ｗｉｎｄｏｗ　９５|"
    "E\u0301te\u0301"
)
_FUNCTIONAL = (
    "White Noise|Brown Noise|Rain on a Tin Roof|Gentle Rain|Thunder and Rain|Ocean Waves|Deep Sleep|"
    "Sleep Music|Meditation for Calm|Lullaby for Baby|Lofi Study Beat|Fan Sounds|Night Forest|"
    "432 Hz Meditation"
)
_LABEL_ENDINGS = ("Records", "Music", "Recordings", "Distribution", "Sound", "Audio")
_CHAPTERS = "Kapitel {}|Kapitel {}|Chapter {}|Teil {} - Der Hafen|Capítulo {}|Chapitre {}|Глава {}"
_STYLES = (
    "ambient ballad bass beat blues brass choir country dance drone drill folk funk garage hop house "
    "jazz metal opera pop punk rap rave reggae rock ska soul step swing techno trance trap waltz wave "
    "zouk"
)
_PLACES = (
    "alpine baltic boreal canal coastal delta desert dream dust eastern fjord glass harbour high island "
    "lake lowland midnight moor neon northern old polar prairie river rural steppe sunset tidal tundra "
    "urban western"
)

_MARKERS = {
    "": 8650,
    " (feat. {})": 320,
    " - {} Remix": 230,
    " - Live": 170,
    " - Remastered": 90,
    " (Instrumental)": 85,
    " - Radio Edit": 70,
    " - Extended Mix": 60,
    " (Acoustic)": 55,
    " (Demo)": 30,
    " - Karaoke Version": 30,
    " (Cover)": 25,
    " (Live at the {} Hall)": 25,
    " (Type Beat)": 14,
    " - Originally Performed by {} (Karaoke)": 12,
}
_MARKERS_SINCE_2020 = {
    " (sped up)": 70,
    " - Slowed + Reverb": 55,
    " (Slowed)": 45,
    " - Sped Up": 30,
    " - lofi": 20,
    " (Nightcore)": 9,
    " (8D Audio)": 8,
}
HOSTILE_TITLES = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://invalid.example","click")',
    "\u200fמימין לשמאל\u202e reversed",
    '"quoted", with a comma; and {{ braces }}',
    "line one\nline two\ttab",
    "'; DROP TABLE tracks; --",
    "   ",
)


class Vocabulary:
    """Fictional words, for names of people, bands and labels."""

    def __init__(self, rng: random.Random) -> None:
        starts, ends = rng.choices(_STARTS.split(), k=900), rng.choices(_ENDS.split(), k=900)
        words = (start + end for start, end in zip(starts, ends, strict=True))
        self.words = list(dict.fromkeys(word.capitalize() for word in words))
        self._rng = rng

    def _pick(self, count: int) -> list[str]:
        return self._rng.choices(self.words, k=count)

    def artists(self, count: int) -> list[str]:
        """Names of `count` artists, the last the various-artists one; a few names occur twice."""
        names = []
        forms = self._rng.choices(range(8), k=count)
        things = self._rng.choices(_THINGS.split(), k=count)
        for form, first, second, thing in zip(forms, self._pick(count), self._pick(count), things, strict=True):
            match form:
                case 0:
                    names.append(first + second.lower())
                case 1:
                    names.append(f"The {first} {thing}s")
                case 2:
                    names.append(f"{first} & the {thing}s")
                case 3:
                    names.append(f"{thing} {second}")
                case _:
                    names.append(f"{first} {second}")
        names[0] = "<b>Bel & Dov</b>"
        names[-1] = "Various Artists"
        return names

    def labels(self, count: int) -> list[str]:
        """Names of `count` labels; an early, large one has characters that need escaping."""
        endings = self._rng.choices(_LABEL_ENDINGS, k=count)
        names = [f"{word} {ending}" for word, ending in zip(self._pick(count), endings, strict=True)]
        names[min(4, count - 1)] = 'Kel <&> Sons "Sound"'
        return names

    def titles(self, count: int) -> list[str]:
        """Titles of `count` recordings or albums."""
        qualities = self._rng.choices(_QUALITIES.split(), k=count)
        things = self._rng.choices(_THINGS.split(), k=count)
        forms = self._rng.choices(range(40), k=count)
        elsewhere = _ELSEWHERE.split("|")
        titles = []
        for quality, thing, form in zip(qualities, things, forms, strict=True):
            if form < 24:
                titles.append(f"{quality} {thing}")
            elif form < 32:
                titles.append(thing)
            elif form < 38:
                titles.append(f"The {thing} Is {quality}")
            else:
                titles.append(elsewhere[int(self._rng.random() * len(elsewhere))])
        return titles

    def markers(self, years: list[int]) -> list[str]:
        """What stands behind a title, mostly nothing, for tracks of these release years."""
        count = len(years)
        until = randomness.draw(self._rng, _MARKERS, count)
        since = randomness.draw(self._rng, _MARKERS | _MARKERS_SINCE_2020, count)
        words = self._pick(count)
        return [
            (new if year > 2020 else old).replace("{}", word)
            for year, old, new, word in zip(years, until, since, words, strict=True)
        ]


def chapter(place: int, album: int) -> str:
    """The title of an audiobook's `place`-th track."""
    chapters = _CHAPTERS.split("|")
    return chapters[album % len(chapters)].format(place)


def functional(place: int, album: int) -> str:
    """The title of the `place`-th track of an album of noise, sleep or study sounds."""
    sounds = _FUNCTIONAL.split("|")
    title = sounds[(album * 5 + place // 4) % len(sounds)]
    return f"{title}, Pt. {place}" if place > 1 else title


def genres(published: Published, count: int) -> dict[str, float]:
    """`count` genres with weights: the published artists, then ever fewer for named and made-up genres."""
    weights = {genre: float(artists) for genre, artists in published.genre_artists.items()}
    least = min(weights.values())
    made_up = [f"{place} {style}" for style in _STYLES.split() for place in _PLACES.split()]
    others = [genre for genre in dict.fromkeys(published.genre_names + made_up) if genre not in weights]
    others = others[: max(count - len(weights), 0)]
    for rank, genre in enumerate(others):
        weights[genre] = least * 0.95 * (1 - rank / len(others)) ** 3
    return weights
