"""Who acts in a clause, and whether it is said to have happened. The guards that phrases alone cannot give."""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from interviewer.stems import PAST_FORMS, stem, stemmed, word_set
from interviewer.text import Token, tokens


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
_NOT = word_set("not never no nobody none nothing neither nor without hardly barely cannot nowhere")
_CAUSING = stemmed("ask tell get have let make help watch want need convince expect see order beg")
_INTENT = stemmed("fail want plan hope mean intend try go about suppose promise forget refuse decline tempt")
_OBJECTS = word_set("them him her someone somebody everyone us you") | PEOPLE
_UNREAL = word_set("would should might may ought wouldn't shouldn't")
_REACH = 5
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
    known: frozenset[str]
    """The stems, for a quick look."""


@lru_cache(maxsize=2_000)
def read_clauses(text: str, offset: int = 0) -> Clauses:
    """Reads one sentence. `offset` is where it stands in the whole text."""
    words = tokens(text, offset)
    stems = tuple(stem(word.text) for word in words)
    clause = _clause_numbers(words)
    actors = _actors(words, stems, clause)
    places = range(len(words))
    negated = [_is_negated(words, clause, place, actors[place]) for place in places]
    unreal = [_is_unreal(words, stems, clause, place, actors[place]) for place in places]
    for place in places:
        for before in _carried_on(words, clause, place):
            # "I could have sent a message and let them handle it": neither was done
            unreal[place] |= unreal[before]
    return Clauses(words, stems, actors, tuple(negated), tuple(unreal), clause, frozenset(stems))


def _carried_on(words: tuple[Token, ...], clause: tuple[int, ...], place: int) -> range:
    """The clause that an "and" without a subject of its own carries on; nothing elsewhere."""
    start = clause.index(clause[place])
    if not start or words[start].text not in ("and", "or"):
        return range(0)
    if any(_pronoun(words, each) not in (None, Actor.THING) for each in range(start, place)):
        return range(0)
    return range(clause.index(clause[start - 1]), start)


def clause_around(clauses: Clauses, first: int, last: int) -> tuple[int, int]:
    """The first and last token of the clauses in which two places lie, without the signs and joins at their edges."""
    start = min(place for place in range(first + 1) if clauses.clause[place] == clauses.clause[first])
    end = max(place for place in range(last, len(clauses.tokens)) if clauses.clause[place] == clauses.clause[last])
    following = end + 1
    if end - start < SHORT and following < len(clauses.tokens) and clauses.tokens[following].text in _COMPLEMENTS:
        end = max(
            place
            for place in range(following, len(clauses.tokens))
            if clauses.clause[place] == clauses.clause[following]
        )
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


def _actors(words: tuple[Token, ...], stems: tuple[str, ...], clause: tuple[int, ...]) -> tuple[Actor | None, ...]:
    actors: list[Actor | None] = []
    before: Actor | None = None  # the last who could act, for "I pulled the logs and traced it"
    start = 0
    for number in sorted(set(clause)):
        places = [place for place in range(start, len(words)) if clause[place] == number]
        start = places[-1] + 1
        actor = _opening_actor(words, places, before)
        for place in places:
            found = _pronoun(words, place)
            if found and not _is_object(words, place):
                actor = found
            if actor is not None and actor is not Actor.THING:
                before = actor
            actors.append(_caused(words, stems, places, place) or actor)
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
    return before in _PREPOSITIONS - _JOINS and words[place].text not in ("i", "we", "they")


def _opening_actor(words: tuple[Token, ...], places: list[int], before: Actor | None) -> Actor | None:
    """Who acts in a clause until a pronoun says otherwise."""
    rest = [place for place in places if words[place].is_word and words[place].text not in _JOINS]
    while rest and words[rest[0]].text in _LIGHT:
        if (
            words[rest[0]].text in ("no", "not")
            and len(rest) > 1
            and words[rest[1]].text in _DETERMINERS | MANAGERS | PEOPLE
        ):
            break
        rest = rest[1:]
    if not rest:
        return before
    first = words[rest[0]].text
    if _looks_done(first):
        return before or (Actor.ME if places[0] == 0 else None)
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


def _caused(words: tuple[Token, ...], stems: tuple[str, ...], places: list[int], place: int) -> Actor | None:
    """In "I asked them to trace it" it is they who trace."""
    earlier = [each for each in places if each < place]
    for at, each in enumerate(earlier):
        if stems[each] in _CAUSING and any(words[later].text in _OBJECTS for later in earlier[at + 1 : at + 5]):
            return None if words[place].text in _OBJECTS or words[place].text == "to" else Actor.THEY
    return None


def _is_negated(words: tuple[Token, ...], clause: tuple[int, ...], place: int, actor: Actor | None) -> bool:
    if actor is Actor.NOBODY:
        return True
    earlier = [each for each in range(max(0, place - _REACH), place) if clause[each] == clause[place]]
    for each in earlier:
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


def _is_unreal(
    words: tuple[Token, ...], stems: tuple[str, ...], clause: tuple[int, ...], place: int, actor: Actor | None
) -> bool:
    same = [each for each in range(place) if clause[each] == clause[place]]
    if same and words[same[0]].text in ("if", "unless", "whether", "imagine", "suppose"):
        return True
    for each in same[-_REACH:]:
        text = words[each].text
        if text in _UNREAL or (text == "could" and (actor is not Actor.ME or words[each + 1].text == "have")):
            return True  # "I could reproduce it" tells what was done, "so that they could handle it" what might be
        if stems[each] in _INTENT and each + 1 < place and words[each + 1].text == "to":
            return True
    return False
