"""Who acts in a clause, and whether it is said to have happened. The guards that phrases alone cannot give."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from interviewer.language.stems import PAST_FORMS, stem, stemmed, word_set
from interviewer.language.text import Sentence, Token, tokens


class Actor(Enum):
    """Who does what the verb says."""

    ME = "I"
    WE = "we"
    MANAGER = "manager"
    THEY = "they"
    NOBODY = "nobody"
    THING = "it"


MANAGERS = word_set("manager boss supervisor director leadership management vp head cto ceo principal")
PEOPLE = word_set(
    "people team teams group colleague colleagues coworker coworkers engineer engineers developer developers lead "
    "leads owner owners customer customers client clients merchant merchants user users partner partners nurse "
    "nurses doctor doctors teacher teachers student students pupil pupils parent parents staff crew squad guy guys "
    "everyone everybody someone somebody anyone anybody person friend chef cook driver drivers patient patients "
    "reviewer reviewers analyst accountant intern mentor support platform vendor supplier stakeholders stakeholder "
    "org company auditor auditors accountants officer officers clerk clerks agent agents contractor contractors "
    "inspector pharmacist technician technicians waiter waiters guest guests resident residents passenger "
    "passengers caller callers professor professors analysts designer designers tester testers admin admins vendors "
    "suppliers editor editors worker workers operator operators surgeon surgeons mother father sister brother mum "
    "dad finance neighbour neighbours"
)

_PRONOUNS = {
    **dict.fromkeys(("i", "i'm", "i'd", "i've", "i'll"), Actor.ME),
    **dict.fromkeys(("we", "we'd", "we've", "we'll", "we're"), Actor.WE),
    **dict.fromkeys(
        [
            "they",
            "they'd",
            "they've",
            "they'll",
            "they're",
            "he",
            "she",
            "he'd",
            "she'd",
            "he's",
            "she's",
            "who",
            "you",
            "you'd",
        ],
        Actor.THEY,
    ),
    **dict.fromkeys(("someone", "somebody", "everyone", "everybody", "people"), Actor.THEY),
    **dict.fromkeys(word_set("it it's it'd this there there's what which"), Actor.THING),
    **dict.fromkeys(("nobody", "none"), Actor.NOBODY),
}
OUR_GROUPS = word_set("team group crew department company unit shift squad ward kitchen")
_LEADERS = word_set("lead head chief leader")
_BREAKS = word_set(", ; : — – ( ) - . ! ? …")
_JOINS = word_set(
    "and but so because since while when whereas although though until before after if unless that which who "
    "whose where or then whether plus"
)
_LIGHT = word_set(
    "um uh er erm well also then just simply actually basically really first second third next later finally "
    "eventually personally immediately quickly soon once now still already only even always never often quietly "
    "carefully again afterwards instead therefore however honestly frankly proactively okay ok like yeah yes no "
    "not had have been has did do then there"
)
ARTICLES = word_set("the a an my our your their his her its this that these those any")
_DETERMINERS = ARTICLES | word_set(
    "some each every both all most many several one two three four five no another other"
)
_PREPOSITIONS = word_set(
    "in on at by for with from to of about after before during over under within without into through across "
    "between as against until since besides"
)
_WHO = _DETERMINERS | MANAGERS | PEOPLE
_NOT = word_set("not never no nobody none nothing neither nor without hardly barely cannot nowhere")
_CAUSING = stemmed("ask tell get have let make help watch want need convince expect see order beg")
_INTENT = stemmed("fail want plan hope mean intend try go about suppose promise forget refuse decline tempt")
_OBJECTS = word_set("them him her someone somebody everyone us you") | PEOPLE
_UNREAL = word_set("would should might may ought wouldn't shouldn't")
_TO_OTHERS = _PREPOSITIONS - _JOINS
_REACH = 5
_CAUSED = 4
"""So many words after "asked" stands who was asked."""
SHORT = 4
"""A clause of fewer words says little without what it introduces: "I noticed" without "that orders were late"."""
_COMPLEMENTS = word_set("that how why what because")


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence read for its guards. All tuples have one entry a token."""

    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    actors: tuple[Actor | None, ...]
    is_negated: tuple[bool, ...]
    is_unreal: tuple[bool, ...]
    """Only imagined, intended or demanded: "I would", "if", "I wanted to"."""
    clause: tuple[int, ...]
    """Numbers that only rise."""
    places: Mapping[str, tuple[int, ...]]
    """Where each stem stands."""


def read_clauses(sentence: Sentence) -> Clauses:
    """Reads one sentence, once."""
    read: Clauses | None = sentence.notes.get(read_clauses)
    if read is None:
        read = sentence.notes[read_clauses] = _read(tokens(sentence.text, sentence.start))
    return read


def _read(words: tuple[Token, ...]) -> Clauses:
    """One walk over the words, with no look back further than a few of them or the beginning of a clause: recognised
    speech may have no full stop for an hour."""
    stems = tuple(stem(word.text) for word in words)
    clause = _clause_numbers(words)
    spans = _spans(clause)
    actors = _actors(words, stems, spans)
    negated: list[bool] = []
    unreal: list[bool] = []
    before = range(0)
    for span in spans:
        negated += [_is_negated(words, span.start, place, actors[place]) for place in span]
        unreal += [_is_unreal(words, stems, span.start, place, actors[place]) for place in span]
        if any(unreal[before.start : before.stop]):
            # "I could have sent a message and let them handle it": neither was done
            for place in _carried_on(words, span):
                unreal[place] = True
        before = span
    places: dict[str, list[int]] = {}
    for place, each in enumerate(stems):
        places.setdefault(each, []).append(place)
    known = {each: tuple(where) for each, where in places.items()}
    return Clauses(words, stems, actors, tuple(negated), tuple(unreal), clause, known)


def _carried_on(words: tuple[Token, ...], span: range) -> range:
    """The words of a clause that an "and" without a subject of its own ties to the one before; none elsewhere."""
    if not span.start or words[span.start].text not in ("and", "or"):
        return range(0)
    subjects = (place for place in span if _pronoun(words, place) not in (None, Actor.THING))
    return range(span.start, next(subjects, span.stop - 1) + 1)


def clause_around(clauses: Clauses, first: int, last: int) -> tuple[int, int]:
    """The first and last token of the clauses in which two places lie, without the signs and joins at their edges."""
    start = bisect_left(clauses.clause, clauses.clause[first])
    end = bisect_right(clauses.clause, clauses.clause[last]) - 1
    following = end + 1
    if end - start < SHORT and following < len(clauses.tokens) and clauses.tokens[following].text in _COMPLEMENTS:
        end = bisect_right(clauses.clause, clauses.clause[following]) - 1
    while start < first and (not clauses.tokens[start].is_word or clauses.tokens[start].text in _JOINS):
        start += 1
    while end > last and not clauses.tokens[end].is_word:
        end -= 1
    return start, end


def _clause_numbers(words: tuple[Token, ...]) -> tuple[int, ...]:
    numbers, number = [], 0
    for word in words:
        if word.text in _BREAKS or word.text in _JOINS:
            number += 1
        numbers.append(number)
    return tuple(numbers)


def _spans(clause: tuple[int, ...]) -> list[range]:
    """Where each clause lies."""
    begins = [place for place, number in enumerate(clause) if not place or number != clause[place - 1]]
    return [range(begin, end) for begin, end in pairwise([*begins, len(clause)])]


def _actors(words: tuple[Token, ...], stems: tuple[str, ...], spans: list[range]) -> tuple[Actor | None, ...]:
    actors: list[Actor | None] = []
    before: Actor | None = None  # the last who could act, for "I pulled the logs and traced it"
    for span in spans:
        actor = _opening_actor(words, span, before)
        caused = _caused(words, stems, span)
        for place in span:
            found = _pronoun(words, place)
            if found and not _is_object(words, place):
                actor = found
            if actor is not None and actor is not Actor.THING:
                before = actor
            is_theirs = place >= caused and words[place].text not in _OBJECTS and words[place].text != "to"
            actors.append(Actor.THEY if is_theirs else actor)
    return tuple(actors)


def _pronoun(words: tuple[Token, ...], place: int) -> Actor | None:
    text = words[place].text
    if text == "no" and place + 1 < len(words) and words[place + 1].text == "one":
        return Actor.NOBODY
    if text == "one" and place and words[place - 1].text in ("no", "any"):
        return Actor.NOBODY
    return _PRONOUNS.get(text)


def _is_object(words: tuple[Token, ...], place: int) -> bool:
    """After a preposition "you", "it", "people" and "this" are no subjects."""
    before = words[place - 1].text if place else ""
    return before in _TO_OTHERS and words[place].text not in ("i", "we", "they")


def _opening_actor(words: tuple[Token, ...], span: range, before: Actor | None) -> Actor | None:
    """Who acts in a clause until a pronoun says otherwise."""
    rest = [place for place in span if words[place].is_word and words[place].text not in _JOINS]
    light = 0
    while light < len(rest) and words[rest[light]].text in _LIGHT:
        if words[rest[light]].text in ("no", "not") and len(rest) > light + 1 and words[rest[light + 1]].text in _WHO:
            break
        light += 1
    rest = rest[light:]
    if not rest:
        return before
    first = words[rest[0]].text
    if _looks_done(first):
        return before or (Actor.ME if span.start == 0 else None)
    if first in _PREPOSITIONS or first.endswith("ing"):
        return before
    noun = {words[place].text.removesuffix("'s") for place in rest[: 6 if first in _DETERMINERS else 3]}
    opening = [words[place].text.removesuffix("'s") for place in rest[:6]]
    until = next((at for at, text in enumerate(opening) if _looks_done(text)), len(opening))
    noun &= set(opening[:until]) or noun
    is_none = first in ("no", "not")
    if first in ("my", "our") and noun & OUR_GROUPS and not noun & _LEADERS:
        return Actor.WE
    if noun & MANAGERS or (first in ("my", "our") and noun & _LEADERS):
        return Actor.NOBODY if is_none else Actor.MANAGER
    if noun & PEOPLE:
        return Actor.NOBODY if is_none else Actor.THEY
    return Actor.THING


def _looks_done(word: str) -> bool:
    return (word.endswith("ed") and len(word) > 3 and word != "need") or word in PAST_FORMS


def _caused(words: tuple[Token, ...], stems: tuple[str, ...], span: range) -> int:
    """From which word of a clause on others act: in "I asked them to trace it" it is they who trace. Past its end
    where nobody is asked."""
    asked = -1 - _CAUSED
    for place in span:
        if place - asked <= _CAUSED and words[place].text in _OBJECTS:
            return place + 1
        if stems[place] in _CAUSING:
            asked = place
    return span.stop


def _is_negated(words: tuple[Token, ...], start: int, place: int, actor: Actor | None) -> bool:
    """`start` is where the clause begins."""
    if actor is Actor.NOBODY:
        return True
    for each in range(max(start, place - _REACH), place):
        text = words[each].text
        if text in _NOT or text.endswith("n't"):
            following = words[each + 1].text if each + 1 < len(words) else ""
            if not (text == "not" and following in ("only", "just", "merely")) and text + following != "nodoubt":
                return True
        if text in ("instead", "rather") and words[each + 1].text in ("of", "than"):
            return True
    if words[place].text in _PREPOSITIONS:
        return False
    return place + 1 < len(words) and words[place + 1].text in ("nothing", "nobody", "none", "no")


def _is_unreal(words: tuple[Token, ...], stems: tuple[str, ...], start: int, place: int, actor: Actor | None) -> bool:
    """`start` is where the clause begins."""
    if start < place and words[start].text in ("if", "unless", "whether", "imagine", "suppose"):
        return True
    for each in range(max(start, place - _REACH), place):
        text = words[each].text
        if text in _UNREAL or (text == "could" and (actor is not Actor.ME or words[each + 1].text == "have")):
            return True  # "I could reproduce it" tells what was done, "so that they could handle it" what might be
        if stems[each] in _INTENT and each + 1 < place and words[each + 1].text == "to":
            return True
    return False
