"""Values on which dialects of SQL differ without a word."""

from __future__ import annotations

TITLES = [
    "LİVE", "lıve", "Song (LİVE)", "Song (lıve)", "ſleep", "Reverb \u212aaraoke", "Karaoke", "ГЛАВА 1", "ᲀлава",
    "глаᲀа",
    "CAPÍTULO 3", "capi\u0301tulo", "live\n", "remix\r\n", "x\u0870live", "x\U00031350live", "\U00031350 rain",
    "sped up\u00a0", "STRASSE live", "Straße (Live)", "oliveⅣ live", "live\u0301", "8D audio", "8d", "SLEEP\u200d",
    "ΣLIVEΣ", "LO-FI", "lo\u00adfi", "brown noise!", "ﬁlive", "remiX²", "²remix", "①live", "\u1c89live", "\ua7cblive",
    "Σ sleep", "İRAİN", "rain İ", "SlEePıng", "coverİ", "🎵live🎵", "e\u0301 live", "\u0130\u0131 karaoke", "", " ",
    None, "live\u2028", "'live'", "\\live\\", "$live$", "a`b live", "%live_", "live\u0085", "live\t",
]  # fmt: skip
CODES = [
    "usabc2012345", "US-ABC-20-12345", "deßA2012345", "US ABC 20 12345", "USABC2012345\n", "uſabc2012345",
    "ıtabc2012345", "USABC201234５", "USÄBC2012345", "", None, "GBAYE6800011", "ﬁAB2012345", "usabç2012345",
    "ZZZZZ9999999", "AA0000000000",
]  # fmt: skip
NUMBERS = [
    "12.0", "1e1", " 7 ", "\t8\n", "50.5", "1_0", "0x10", "+30", "007", "9.99999999999999999", "NaN", "inf", "1.0d",
    "2f", "", "５", "100", "101", "-1", "1e400", "true", "3.", ".5e1", "49.99999999", "\u00a05", "1,0", "0.5d", "0.5f",
    "5e-1", "0.5 ", "Infinity", "-inf", "nan", "0.123456499999999999", "0.0000005", "0.1234565", "0.9999995", "1",
    "1.0000001", "0x1p-1", "0_5", ".5", "5.", "\u00a00.5", "0,5", "0.25e0", "1e", "e1", "1e+2", "-0", "- 1", "1 2",
    "++1", "1__0", "_1", "1_", "0b1", "1.5e1", "15e-1", "1E1", "12345678901234567890", "9007199254740993", "0.1e2_0",
    "1f", "1L", "1.", ".", "Inf", "INFINITY", "+inf", "nan ", "1\x0b", "\x0c1", "\u20091", "1e1.0", "99.5", "1\x1f",
    "\x1f2", "4\u0085", "1e-400", "5e-324", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "1e18", "1e19", "0.1", "0.2", "0.30000000000000004", "2.5", "3.5", "-2.5", "1_000.5", "1d", "D", "TRUE", None,
]  # fmt: skip
NAMES = [
    "ΟΔΥΣΣΕΑΣ", "İstanbul", "Straße", "plain\u00a0", "  Both ", "ǅungla", "ᲀ", "\u1c89x", "A\u3000", "\tTab",
    "K\u212a", "ẞ",
]  # fmt: skip
LABELS = [
    "οδυσσέας", "οδυσσεας", "οδυσσεασ", "istanbul", "i̇stanbul", "strasse", "straße", "plain", "Both", "ǆungla", "в",
    "\u1c8ax", "\u1c89x", "a", "Tab", "\tTab", "kk", "ß", "ss", "123 Records DK", "77 Records DK5\n", "x Records DK",
    " ", "\u00a0", "77 Records DK5", None,
]  # fmt: skip
DATES = [
    "2020", "2020\n", "2020-01", "2020-01-01", "2020-", "20201", "1899", "２０２０", "2020\r", "", "x2020",
    "2020\u0085",
    "2019-12\n",
]  # fmt: skip
MARKETS = ["de, us,DE,ıt,ſe,,", "unavailable\u00a0", "ß,SS", "US", "", "\u3000", "US,us,DE"]


def spread(values: list, count: int) -> list:
    """As many of the values, from the first on and again."""
    return [values[n % len(values)] for n in range(count)]
