"""Quantities in speech: every figure that measures something, the changes among them, and what number a quote says."""

import re
from dataclasses import dataclass

from interviewer.stems import PAST_FORMS, word_set
from interviewer.text import Token, tokens


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a text, end excluded."""

    text: str
    start: int
    end: int


_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: float(n) for n, word in enumerate(_UNITS)} | {word: 20.0 + 10 * n for n, word in enumerate(_TENS)}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "grand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "fifth": 0.2, "tenth": 0.1}
_PARTS |= {f"{word}s": value for word, value in _PARTS.items() if word != "half"} | {"halves": 0.5}
_TIMES = {"twice": 2.0, "double": 2.0, "triple": 3.0}
_TIME_UNITS = word_set(
    "second seconds minute minutes hour hours day days week weeks month months quarter quarters year years night "
    "nights shift shifts morning evening"
)
_MONEY = word_set("dollar dollars euro euros pound pounds buck bucks cent cents k")
_MEASURES = _TIME_UNITS | _MONEY | word_set("percent per % times fold points degrees metres meters miles kilos")
_NAMES = word_set(
    "team level section room version phase step number page chapter grade sde route line bay ward floor gate unit "
    "track class tier priority sev type option item building block bus flight"
)
_BEFORE_A_YEAR = word_set("in since of from by until during before after early late year summer winter spring autumn")
_NO_NOUN = word_set(
    "the a an of and or but to in on at by for from with was were is are be been had has have did do that which who "
    "when if so because as than then i we they he she it you my our their his her more less fewer after before every "
    "each per later ago too also instead over under across into out off up down about all not no it's this there "
    "actually basically compared plus while where until um uh back already together again"
)
_RATE = word_set("a an per each every")
_LOOSE = word_set("couple few several")


def figures(text: str) -> tuple[Quote, ...]:
    """Every stretch that says a measuring quantity, with its unit. Not ordinals, dates, years or names."""
    words = tokens(text)
    found = []
    place = 0
    while place < len(words):
        end = _figure_end(words, place)
        if end > place:
            found.append(Quote(text[words[place].start : words[end - 1].end], words[place].start, words[end - 1].end))
            place = end
        else:
            place += 1
    return tuple(found)


def word_at(words: tuple[Token, ...], place: int) -> str:
    """The word at a place; empty past either end."""
    return words[place].text if 0 <= place < len(words) else ""


def _figure_end(words: tuple[Token, ...], place: int) -> int:
    """One past the last token of the figure that begins here; `place` itself where none does."""
    end = _number_end(words, place)
    if end == place:
        return place
    if word_at(words, end) in ("or", "-", "–") and word_at(words, place - 1) != "from":
        end = max(end, _number_end(words, end + 1) if _number_end(words, end + 1) > end + 1 else end)
    joint = word_at(words, end)
    if joint == "of" and word_at(words, end + 1) == "the" and _number_end(words, end + 2) > end + 2:
        return _unit_end(words, place, _number_end(words, end + 2))
    if joint in ("of", "in") and _number_end(words, end + 1) > end + 1:
        end = _number_end(words, end + 1)
    elif joint == "out" and word_at(words, end + 1) == "of" and _number_end(words, end + 2) > end + 2:
        end = _number_end(words, end + 2)
    elif joint == "of" and word_at(words, end + 1) in ("them", "us", "it", "those", "the", "our", "my", "all"):
        end += 2 if word_at(words, end + 1) in ("them", "us", "it", "those", "all") else 0
    return _unit_end(words, place, end)


def _number_end(words: tuple[Token, ...], place: int) -> int:
    if place >= len(words):
        return place
    word, before, after = words[place].text, word_at(words, place - 1), word_at(words, place + 1)
    if words[place].is_number and word[0] in "$0123456789":
        return _digits_end(words, place)
    if word in ("a", "an"):
        if after in ("half", "third", "quarter", "hundred", "thousand", "million", "dozen", "fifth", "tenth"):
            return _words_end(words, place + 1)
        if after in _TIME_UNITS and [word_at(words, place + n) for n in (2, 3, 4)] == ["and", "a", "half"]:
            return place + 5
        return place
    if word == "point" and after in _SMALL:
        return _words_end(words, place)
    if word in _TIMES and (word == "twice" or after in ("the", "that", "digit", "what")):
        return place + 1
    if word in ("half", "halves") and before not in ("a", "other", "second", "first"):
        return place + 1
    if word == "one" and not _is_counting_one(before, after):
        return place
    if word in _SMALL or (word in _SCALES and word not in ("dozen",) and before in _LOOSE):
        return _words_end(words, place)
    return place


def _is_counting_one(before: str, after: str) -> bool:
    return after in ("percent", "per", "point", "hundred", "thousand", "million", "hour", "minute", "second") or (
        before in ("to", "from", "under", "below", "least") and after not in ("of", "the", "side", "another", "person")
    )


def _digits_end(words: tuple[Token, ...], place: int) -> int:
    word, before, after = words[place].text, word_at(words, place - 1), word_at(words, place + 1)
    is_glued = place + 1 < len(words) and words[place + 1].start == words[place].end
    if is_glued and (after in ("st", "nd", "rd", "th", "am", "pm", ":", "/")):
        return place
    if after in ("am", "pm", "o'clock") or before in _NAMES or before in (":", "#"):
        return place
    is_year = re.fullmatch(r"(19|20)\d\d", word) and after not in _MEASURES
    if is_year and (before in _BEFORE_A_YEAR or after in ("", ".", ",")):
        return place
    end = place + 1
    while word_at(words, end) in ("hundred", "thousand", "million", "billion", "grand", "k"):
        end += 1
    return end


def _words_end(words: tuple[Token, ...], place: int) -> int:
    """Past a row of number words."""
    if word_at(words, place - 1) in _NAMES:
        return place
    end = place
    while end < len(words):
        word = words[end].text
        is_number = word in _SMALL or word in _SCALES or word in _PARTS
        is_joint = word in ("point", "-") or (word == "and" and word_at(words, end - 1) in _SCALES)
        if is_number or (is_joint and word_at(words, end + 1) in _SMALL | _SCALES | _PARTS):
            end += 1
        elif word == "and" and word_at(words, end + 1) == "a" and word_at(words, end + 2) in ("half", "quarter"):
            end += 3
        else:
            break
    return end


def _unit_end(words: tuple[Token, ...], place: int, end: int) -> int:
    """Past the unit, what is counted, and the rate."""
    unit = word_at(words, end)
    if unit == "%" or unit in ("percent", "percentage"):
        end += 1
        if word_at(words, end) in ("point", "points"):
            end += 1
    elif unit == "per" and word_at(words, end + 1) == "cent":
        end += 2
    elif unit in _MONEY or unit in _TIME_UNITS or unit in ("times", "fold"):
        end += 1
        if (
            word_at(words, end) == "and"
            and word_at(words, end + 1) == "a"
            and word_at(words, end + 2) in ("half", "quarter")
        ):
            end += 3
    elif _is_counted(words, end) and not words[place].text.startswith("$") and words[end - 1].text[-1] != "%":
        end += 1
    if word_at(words, end) in _RATE and word_at(words, end + 1) in _TIME_UNITS:
        end += 2
    return end


def _is_counted(words: tuple[Token, ...], place: int) -> bool:
    word = word_at(words, place)
    is_verb = word in PAST_FORMS or (word.endswith("ed") and len(word) > 4)
    return bool(word) and word.isalpha() and word not in _NO_NOUN and not is_verb


def value(text: str) -> float | None:
    """The number a quote says: "zero point three percent" is 0.3, "$8K" 8000, "half" 0.5. None where it says none."""
    words = [word.text for word in tokens(text.replace("per cent", "percent"))]
    for place, word in enumerate(words):
        if found := re.fullmatch(r"\$?([\d,]*\d(?:\.\d+)?)%?([km])?", word):
            number = float(found.group(1).replace(",", "")) * {"k": 1e3, "m": 1e6}.get(found.group(2) or "", 1.0)
            for scale in words[place + 1 :]:
                if scale not in _SCALES:
                    break
                number *= _SCALES[scale]
            return number
        if word in ("none", "point") or word in _SMALL | _SCALES | _PARTS | _TIMES:
            return _spoken(words[place:])
    return None


def _spoken(words: list[str]) -> float:
    """A number in words, as far as it goes."""
    if words[0] in ("none",):
        return 0.0
    if words[0] in _TIMES:
        return _TIMES[words[0]]
    whole, rest, decimals = 0.0, 0.0, ""
    is_decimal = False
    for place, word in enumerate(words):
        if word == "point":
            is_decimal, decimals = True, "."
        elif is_decimal and word in _SMALL and _SMALL[word] < 10:
            decimals += str(int(_SMALL[word]))
        elif word in _SMALL:
            rest += _SMALL[word]
        elif word in _SCALES:
            rest = (rest + float(f"0{decimals}" if decimals else 0)) or 1.0
            decimals, is_decimal = "", False
            if word == "hundred":
                rest *= 100
            else:
                whole, rest = whole + rest * _SCALES[word], 0.0
        elif word in _PARTS:
            rest = rest * _PARTS[word] if rest and words[place - 1] != "a" else rest + _PARTS[word]
        elif word not in ("and", "-", "a"):
            break
    return whole + rest + (float(f"0{decimals}") if len(decimals) > 1 else 0.0)
