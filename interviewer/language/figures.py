"""Quantities in speech: every figure that measures something, what number a quote says, and in what kind of unit."""

import re
from dataclasses import dataclass

from interviewer.language.stems import PAST_FORMS, word_set
from interviewer.language.text import Token, tokens


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a text, end excluded."""

    text: str
    start: int
    end: int


Words = tuple[Token, ...]
_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_SMALL = {word: float(n if n <= 20 else 10 * n - 180) for n, word in enumerate(_COUNTED.split())}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "grand": 1e3, "k": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "fifth": 0.2, "tenth": 0.1}
_PARTS |= {f"{word}s": value for word, value in _PARTS.items() if word != "half"} | {"halves": 0.5}
_NUMBERS = frozenset(_SMALL | _SCALES | _PARTS)
_TIMES = {"once": 1.0, "twice": 2.0, "double": 2.0, "triple": 3.0} | {f"{word}fold": _SMALL[word] for word in _SMALL}
_PERIODS = word_set("second minute hour day week month quarter year night shift morning evening weekend sprint")
_PERIODS |= {f"{period}s" for period in _PERIODS}
_MONEY = word_set("dollar dollars euro euros pound pounds buck bucks cent cents pence quid usd eur gbp grand")
_NO_NOUN = PAST_FORMS | word_set(
    "the a an of and or but to in on at by for from with is are be been has have do that which who when if so because "
    "as than then i we they he she it you my our his her more less fewer after before every each per later ago too "
    "also instead over under across into out off up down about all not no it's this there actually basically plus "
    "while um uh back already together again without within now only still just can could will would should may might "
    "must does never always ever how what why these those some any between against since through during around like "
    "right last next versus their them us your its behind we're they're both say know percent early late ahead"
)
_NOT_COUNTING = _NO_NOUN.union(_PARTS, _TIMES)
_DIGITS = re.compile(r"\$?([\d,]*\d(?:\.\d+)?)%?([km])?")
_COMMA = re.compile(r",(?!\d)")
_LABEL = re.compile(
    r"(?i)(?:\b(?:team|level|section|room|version|phase|step|number|page|chapter|grade|sde|flight|line|ward|gate|class|"
    r"tier|priority|sev|type|option|item|part|round|square|plan|stage|slide|question|zone|release|error|port|windows|"
    r"python|java|table|ticket|incident|case|year|pr|(?:jan|febr)uary|march|april|may|june|july|august|septem|octo|novem|"
    r"decem)(?:ber)?s?\s+|#|[a-z\d][.:/_-]|[a-z])$"
)
_DAY_LABEL = re.compile(r"(?i)(?<!each )(?<!every )(?<!per )(?<!a )\b(?:day|week|month|sprint|shift)\s+$")
_AT = re.compile(r"(?i)(?<!stood )(?<!stayed )(?<!held )\b(?:at|until|till|past)\s+$")
_POINTING = re.compile(r"(?i)\b(?:the|these|those|other|first|last|next|our|my|their)\s+$")
_DATE = re.compile(
    r"(?i)\s*(?:st|nd|rd|th|am|pm|a\.m|p\.m|o['’]clock)\b|\s+past\b|\s+in\s+the\s+(?:morning|afternoon|evening)|[:/.]\d|"
    r"-(?:factor|way|sided|to|on|term|tier|part)\b|\s+(?:jan|febr)uary|\s+(?:april|june|july|august|septem|octo|novem|decem)"
)


def figures(text: str) -> tuple[Quote, ...]:
    """Every stretch that says a measuring quantity, with its unit. Not ordinals, dates, times of day or names."""
    words = tokens(_COMMA.sub(";", text))
    found = []
    place = 0
    while place < len(words):
        if (number := _number_end(words, place)) > place and not _is_name(text, words, place, number):
            end = _unit_end(words, place, _joined_end(words, place, number))
            found.append(Quote(text[words[place].start : words[end - 1].end], words[place].start, words[end - 1].end))
            number = end
        place = max(number, place + 1)
    return tuple(found)


def word_at(words: Words, place: int) -> str:
    """The word at a place; empty past either end."""
    return words[place].text if 0 <= place < len(words) else ""


def _number_end(words: Words, place: int) -> int:
    """One past the number that begins here, its unit left out; `place` itself where none begins."""
    word, before, after = word_at(words, place), word_at(words, place - 1), word_at(words, place + 1)
    if word in ("€", "£", "minus") and after not in ("€", "£", "minus"):
        return end if (end := _number_end(words, place + 1)) > place + 1 else place
    if word and words[place].is_number and word[0] in "$0123456789":
        end = place + 1
        while word_at(words, end) in _SCALES:
            end += 1
        return _half_end(words, end)
    if word in ("a", "an"):  # a day and a half, a third, a hundred; not a third time, a quarter later, a grand plan
        if after in ("third", "fifth", "tenth", "quarter", "grand"):
            return place if _is_noun(words, place + 2) or word_at(words, place + 2) in ("ago", "later") else place + 2
        end = _half_end(words, place + 2) if after in _PERIODS else _row_end(words, place + 1)
        return end if end > place + 2 or after == "half" or after in _SCALES else place
    if word in ("double", "triple"):
        return place + (after in ("the", "that", "digit", "what"))
    if word in _TIMES:
        return place + (word_at(words, place + 2) in _PERIODS if word == "once" else before != "think")
    if word == "half":  # "half five" is a time of day
        return place + (before not in ("a", "other", "second", "first")) * (2 if after in _SMALL else 1)
    if word == "one" and not _is_counting_one(words, place):
        return place
    is_point = word == "point" and after in _SMALL and before not in ("this", "that", "the", "some", "one")
    is_row = is_point or word in _SMALL or word in ("hundred", "thousand", "million", "billion")
    return _row_end(words, place) if is_row else place


def _is_counting_one(words: Words, place: int) -> bool:
    """Whether "one" counts: one in four, one percent, down to one; not one of the engineers, no one, to one person."""
    before, after, then = word_at(words, place - 1), word_at(words, place + 1), word_at(words, place + 2)
    if after in ("percent", "per", "point", "hundred", "thousand", "million", "hour", "minute", "second", "third"):
        return True
    if after in ("to", "or", "in", "of", "out"):
        number = word_at(words, place + 2 + (after == "out"))
        return before != "the" and (number[:1].isdigit() or (number in _SMALL and (after, number) != ("to", "one")))
    if before == "to":
        return not after.isalpha() or any(word_at(words, place - n) in ("from", "down") for n in range(2, 8))
    is_period = (after == "-" and then in _PERIODS) or _half_end(words, place + 1) > place + 1
    is_period |= after in _PERIODS and before in ("in", "within", "inside", "for", "only", "just", "about", "over")
    return is_period or (before in ("under", "below", "least") and after not in ("side", "another", "person"))


def _half_end(words: Words, end: int) -> int:
    """Past "and a half"."""
    is_half = word_at(words, end) == "and" and word_at(words, end + 1) == "a"
    return end + 3 if is_half and word_at(words, end + 2) in ("half", "quarter", "third") else end


def _row_end(words: Words, place: int) -> int:
    """Past a row of number words."""
    end, step = place, 1
    while step:
        word, after, before = word_at(words, end), word_at(words, end + 1), word_at(words, end - 1)
        is_joint = word in ("point", "-") or (word == "and" and before in _SCALES)
        is_part = word in _PARTS and (end == place or before in _SMALL or before == "-")
        is_row = word in _SMALL or word in _SCALES or is_part or (is_joint and after in _NUMBERS)
        step = 1 if is_row else _half_end(words, end) - end
        end += step
    return end


def _is_name(text: str, words: Words, place: int, end: int) -> bool:
    """Whether a number is a label, a date, a year, a time of day, or points back ("the two"): no measure."""
    word, after = words[place].text, _unit_end(words, place, _joined_end(words, place, end))
    lead = text[max(0, words[place].start - 16) : words[place].start]
    if _LABEL.search(lead) or _DATE.match(text, words[end - 1].end):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", word) and end == place + 1:
        return after == end or not words[after - 1].text.endswith(("s", "%", "people"))
    if word == "half" or after > end:
        return word == "half" and word_at(words, place + 1) in _SMALL
    hour, minutes = value(word) or 0, _SMALL.get(words[end - 1].text, 0)
    is_time = 1 <= hour <= 12 and (_AT.search(lead) if end == place + 1 else end == place + 2 and 10 <= minutes < 60)
    return bool(is_time or _DAY_LABEL.search(lead) or (word in _SMALL and end == place + 1 and _POINTING.search(lead)))


def _joined_end(words: Words, place: int, end: int) -> int:
    """Past a second number that belongs to the first: "three or four", "ten to fifteen", "three of the twelve"."""
    joint, after = word_at(words, end), word_at(words, end + 1)
    if joint == "of" and after in ("them", "us", "it", "those", "all"):
        return end + 2
    start = end + 2 if joint in ("of", "out") and after in ("of", "the", "our", "my") else end + 1
    if word_at(words, place - 1) == "from" or (second := _number_end(words, start)) == start:
        return end
    if joint in ("to", "and"):
        one, other = (value(" ".join(each.text for each in row)) for row in (words[place:end], words[end + 1 : second]))
        return (
            second if (one or 0) < (other or 0) and (joint == "to" or word_at(words, place - 1) == "between") else end
        )
    is_share = joint == "in" and (words[place].text == "one" or _unit_end(words, end + 1, second) == second)
    return second if is_share or joint in ("of", "out", "or", "-", "–") else end


def _unit_end(words: Words, place: int, end: int) -> int:
    """Past the unit, what is counted, and the rate."""
    unit, after, is_money = word_at(words, end), word_at(words, end + 1), words[place].text[0] in "$€£"
    is_glued = end < len(words) and words[end].start == words[end - 1].end
    if unit == "-" and is_glued and after.isalpha():
        return end + 2
    if unit in ("%", "percent", "percentage") or (unit, after) == ("per", "cent"):
        end += 2 if after in ("point", "points", "cent") else 1
    elif unit in _PERIODS:
        end = _half_end(words, end + 1)
        more = end + (word_at(words, end) == "and")
        if word_at(words, more) in _SMALL and word_at(words, _row_end(words, more)) in _PERIODS:
            end = _row_end(words, more) + 1
    elif unit in _MONEY or unit in ("times", "fold") or (is_glued and unit.isalpha()):
        end, is_money = end + 1, unit in _MONEY
    elif words[end - 1].text == "half" and unit in ("a", "an", "the", "our", "my") and _is_noun(words, end + 1):
        end += 2
    elif not is_money and words[end - 1].text not in _NOT_COUNTING and words[end - 1].text[-1] != "%":
        end = _noun_end(words, end)
    rate, after = word_at(words, end), word_at(words, end + 1)
    is_rate = rate in ("a", "an", "per", "each", "every", "/") and after in _PERIODS
    return end + 2 if is_rate or (after.isalpha() and (rate == "per" or (is_money and rate in ("a", "an")))) else end


def _noun_end(words: Words, end: int) -> int:
    """Past what is counted: a noun, or one or two words and a plural."""
    for ahead in (1, 2):
        word, beside = word_at(words, end + ahead), word_at(words, end + ahead - 1)
        if not beside.isalpha() or beside in _NO_NOUN or beside.endswith(("s", "ly", "people", "staff")):
            break
        if len(word) > 3 and word[-1] == "s" and word[-2] != "s" and word not in _NO_NOUN | _PERIODS:
            return end + ahead + 1
    return end + _is_noun(words, end)


def _is_noun(words: Words, place: int) -> bool:
    word = word_at(words, place)
    return word.isalpha() and word not in _NO_NOUN and not (word.endswith(("ed", "ly")) and len(word) > 4)


def kind(text: str) -> str:
    """What a quote measures: percent, money or plain. Two quotes say the same figure where `value` and `kind` agree."""
    is_money = any(word.text in _MONEY or word.text[0] in "$€£" for word in tokens(text))
    return "percent" if re.search(r"(?i)%|\bper\s?cent", text) else "money" if is_money else "plain"


def value(text: str) -> float | None:
    """The number a quote says: "zero point three percent" is 0.3, "$8K" 8000, "half" 0.5. None where it says none."""
    words = [word.text for word in tokens(_COMMA.sub(";", text))]
    for place, word in enumerate(words):
        if word in _TIMES or word == "none":
            return _TIMES.get(word, 0.0)
        if word in _PERIODS and words[place + 1 : place + 4] == ["and", "a", "half"]:
            return 1.5
        if word == "point" or word in _NUMBERS or _DIGITS.fullmatch(word):
            return _spoken(words[place:])
    return None


def _spoken(words: list[str]) -> float:
    """A number in words, as far as it goes; it may begin in digits."""
    digits = _DIGITS.fullmatch(words[0])
    rest = float(digits[1].replace(",", "")) * {"k": 1e3, "m": 1e6}.get(digits[2], 1.0) if digits else 0.0
    whole, decimals = 0.0, ""
    for place, word in list(enumerate(words))[1 if digits else 0 :]:
        if word == "point":
            decimals = "."
        elif decimals and _SMALL.get(word, 10.0) < 10:
            decimals += str(int(_SMALL[word]))
        elif word in _SMALL and not digits:
            rest += _SMALL[word]
        elif word in _SCALES:
            rest, decimals = (rest + float(f"0{decimals}0")) or 1.0, ""
            whole, rest = (whole, rest * 100) if word == "hundred" else (whole + rest * _SCALES[word], 0.0)
        elif word in _PARTS:
            rest = rest * _PARTS[word] if rest and words[place - 1] != "a" else rest + _PARTS[word]
        elif word not in ("and", "-", "a"):
            break
    return whole + rest + float(f"0{decimals}0")
