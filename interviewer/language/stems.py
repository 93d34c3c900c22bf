"""Words without their endings, so that "traced", "tracing" and "traces" meet. For comparing only, never shown."""

from functools import lru_cache

_FORMS = """
be am is are was were been being | have has had having | do does did done doing | go goes went gone going
say said says | tell told telling | see saw seen seeing | find found finding | write wrote written writing
bring brought | build built | buy bought | catch caught | choose chose chosen | come came | cut | deal dealt
draw drew drawn | drive drove driven | fall fell fallen | feel felt | get got gotten getting | give gave given
grow grew grown | hear heard | hold held | keep kept | know knew known | lead led | leave left
lose lost losing | make made making | mean meant | meet met | pay paid | put | read | run ran running
rise rose risen | send sent | set setting | show showed shown | sit sat | speak spoke spoken | spend spent
stand stood | take took taken taking | teach taught | think thought | understand understood | win won
begin began begun | break broke broken | wear wore | hang hung | ring rang rung | ride rode ridden
fly flew flown | shake shook | lend lent | sleep slept | sweep swept | lay laid | feed fed | wake woke
sing sang | swim swam | drink drank | shut | spread | split | hit | quit | bend bent | strike struck
become became | fight fought | seek sought | forget forgot forgotten | hide hid hidden | throw threw thrown
hurt | let | tear tore | steal stole | eat ate eaten | freeze froze frozen | dig dug digging | stick stuck
sink sank sunk | swear swore | write-up | shrink shrank shrunk | sell sold | man men | woman women
person people | child children | analysis analyses | datum data
realise realised realising realize realized realizing realizes realises
organise organize organised organized organisation organization organisational organizational
communicate communicated communicating communication communications
investigate investigated investigating investigation | agree agreed agreement agreeing
assign assigned assignment | reproduce reproduced reproduction reproducible
transparent transparently transparency | proactive proactively | happy happier happily
""".replace("\n", " | ")

_KNOWN = {form: group[0] for group in (part.split() for part in _FORMS.split("|")) if group for form in group}


def word_set(text: str) -> frozenset[str]:
    """The words of a text, each once: how the lists of this program are written down."""
    return frozenset(text.split())


PAST_FORMS = word_set(
    "was were had did went said told saw found wrote brought built bought caught chose came cut dealt drew drove "
    "fell felt got gave grew heard held kept knew led left lost made meant met paid put read ran rose sent set "
    "showed sat spoke spent stood took taught thought understood won began broke dug sold shrank hung stuck rang "
    "rode flew shook lent slept swept laid fed woke sang drank shut spread split hit quit bent struck became fought "
    "sought hid threw tore froze"
)
"""Irregular pasts: with "-ed", what a verb in a story looks like."""

_CONTRACTIONS = ("n't", "'s", "'d", "'ll", "'ve", "'re", "'m")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a word in lower case. Not a word of the language; equal for the forms of one word."""
    for tail in _CONTRACTIONS:
        if word.endswith(tail) and len(word) > len(tail):
            word = word.removesuffix(tail)
    if word in _KNOWN:
        word = _KNOWN[word]
    return _bare(word)


def _bare(word: str) -> str:
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("ies") or word.endswith("ied"):
        return f"{word[:-3]}i"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for tail in ("ing", "ed", "ly"):
        rest = word.removesuffix(tail)
        if rest != word and len(rest) >= 3 and set(rest) & set("aeiouy"):
            word = rest
            break
    word = word.removesuffix("e") if len(word) > 3 else word
    if word.endswith("y"):
        word = f"{word[:-1]}i"
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def stemmed(text: str) -> frozenset[str]:
    """The stems of the words of a text."""
    return frozenset(map(stem, text.split()))
