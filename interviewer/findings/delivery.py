"""How an answer was spoken: pace, pauses by the voice, fillers in three classes. Description, never a verdict."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf, isfinite

from interviewer.pattern import Section
from interviewer.timing import RATE_HZ, Span, clock_text
from interviewer.transcript import Word
from interviewer.voiced import Row, Voiced, within

LEAST_SECONDS = 10.0
"""Neither a pace nor a rate of fillers is told of a shorter run (C1, vendor bands)."""
SOUNDS = frozenset({"um", "uh", "er", "erm", "hm", "uhm", "umm", "uhh", "hmm", "mm"})
SURE = 0.5
"""A written filler that the recogniser believes in less is only probable: such words never create a fault (C1)."""
SHORTEST_SECONDS = 0.15
"""With less voice under it a written filler was made up, however sure: in a loop the recogniser gives words no time.
Without this 7 of 800 takes made like those of benchmarks/fillers.py had one too many; with it none, nor of 600 new."""
PROBABLE_SECONDS = (0.2, 1.2)
"""How long voice without a word is, to be probably a filler (C3)."""
WORD_TAIL_SECONDS = 0.15
BESIDE_PAUSE_SECONDS = 0.15
CLUSTER = (3, 10.0)
"""So many fillers within so many seconds are heard as a burst (C1, Altura). Of fewer no rate is told either."""
SAME_SECONDS = 0.015
"""A decision belongs to the sound that begins this near: the start has been rounded to 0.01 once or twice since."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Thresholds, all from product.md C1. Paces are words a minute."""

    quiet_pace: tuple[float, float] = (120.0, 175.0)
    """Nothing is said inside: the bands of Orai, Speech Away, InterviewVoice and Read."""
    firm_pace: tuple[float, float] = (100.0, 190.0)
    pause_seconds: float = 4.0
    """Four seconds hurt: Lundholm Fors 2015."""
    pause_inside_seconds: float = 2.0
    """Inside a sentence a pause sounds less fluent than between two: Kahng."""
    fillers_noted: float | None = 5.0
    """A minute; None says nothing about fillers. Five did no harm, twelve did: Laske and DiGennaro Reed 2024."""
    fillers_remarked: float = 10.0


STANDARD = Profile()
RELAXED = Profile((80.0, 200.0), (60.0, 230.0), 8.0, 6.0, None)
"""For people who stutter or speak English as a second language: the content is checked all the same."""
PROFILES = {"standard": STANDARD, "relaxed": RELAXED}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True, slots=True)
class Pause:
    """Seconds on the clock of the take. `is_inside` when the sentence was not over."""

    start: float
    end: float
    is_inside: bool


@dataclass(frozen=True, slots=True)
class Filler:
    """A sound that fills, in seconds on the clock of the take. `word` is empty where none was written."""

    start: float
    end: float
    word: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one take was spoken. Paces are words a minute without fillers, None where too little was said; the share
    (0 to 1) and the minutes are taken from the first to the last voice."""

    profile: Profile
    pace: float | None
    section_paces: Mapping[Section, float]
    slowest: tuple[float, float] | None
    """Where ten seconds were slowest: start in seconds, and the pace."""
    fastest: tuple[float, float] | None
    speaking_share: float
    first_word_seconds: float | None
    """From the start of the recording. Within 5 s is fine (C1), and more is shown without a remark."""
    pauses: tuple[Pause, ...]
    heard: tuple[Filler, ...]
    probable: tuple[Filler, ...]
    confirmed: tuple[Filler, ...]
    minutes: float

    @property
    def at_least(self) -> int:
        return len(self.heard) + len(self.confirmed)

    @property
    def perhaps(self) -> int:
        return self.at_least + len(self.probable)

    def filler_words(self) -> str:
        """The count as it may honestly be told."""
        worth = len(self.probable)
        if self.at_least:
            return f"at least {self.at_least}" + (f", perhaps {self.perhaps}" if worth else "")
        sounds = f", {(*NUMBERS, worth)[min(worth, len(NUMBERS))]} sound{'' if worth == 1 else 's'} worth checking"
        return "none in the transcript" + (sounds if worth else "")

    def clusters(self) -> tuple[float, ...]:
        """Where bursts of fillers begin, in seconds."""
        count, seconds = CLUSTER
        starts = sorted(filler.start for filler in (*self.heard, *self.confirmed))
        found: list[float] = []
        for first, last in zip(starts, starts[count - 1 :], strict=False):
            if last - first <= seconds and (not found or first - found[-1] > seconds):
                found.append(first)
        return tuple(found)

    def remarks(self) -> tuple[str, ...]:
        """What is worth a word: only where a threshold is passed."""
        return (*self._pace_remarks(), *self._pause_remarks(), *self._filler_remarks())

    def _pace_remarks(self) -> list[str]:
        (low, high), (least, most) = self.profile.quiet_pace, self.profile.firm_pace
        if self.pace is None or low <= self.pace <= high:
            return []
        if self.pace < least:
            return [f"The pace was {_about(self.pace, least, 5)} words a minute: slow enough that listeners may drift."]
        if self.pace > most:
            return [f"The pace was {_about(self.pace, most, 5)} words a minute: listeners may miss some of it."]
        pace = _about(self.pace, low if self.pace < low else high, 5)
        return [f"The pace was {pace} words a minute; anything from {low:.0f} to {high:.0f} is fine."]

    def _pause_remarks(self) -> list[str]:
        if not self.pauses:
            return []
        longest = max(self.pauses, key=lambda pause: pause.end - pause.start)
        where = "inside a sentence" if longest.is_inside else "between sentences"
        many = f"{len(self.pauses)} long pauses, the longest" if len(self.pauses) > 1 else "One long pause:"
        return [f"{many} about {longest.end - longest.start:.0f} s {where}, at {clock_text(longest.start)}."]

    def _filler_remarks(self) -> list[str]:
        noted, remarked = self.profile.fillers_noted, self.profile.fillers_remarked
        if noted is None or self.at_least < CLUSTER[0]:
            return []
        found = []
        rate = self.at_least / self.minutes if 60 * self.minutes >= LEAST_SECONDS else 0.0
        if rate > noted:
            much = _about(rate, remarked if rate > remarked else noted, 1)
            study = "listeners in a study did not mind five" + (", but did mind twelve" if rate > remarked else "")
            found.append(f"Fillers: {self.filler_words()}, {much} a minute; {study}.")
        if bursts := self.clusters():
            found.append(f"Three or more fillers came within ten seconds at {', '.join(map(clock_text, bursts[:5]))}.")
        return found


def _about(value: float, bound: float, step: int) -> str:
    """A rounded figure that never contradicts the bound it has passed."""
    near = step * round(value / step)
    has_passed = near < bound if value < bound else near > bound
    return f"about {near}" if has_passed else f"just {'under' if value < bound else 'over'} {bound:.0f}"


def delivery(
    words: Sequence[Word],
    voiced: Sequence[Span],
    sections: Mapping[Section, tuple[float, float]],
    profile: Profile = STANDARD,
    confirmed: Mapping[float, bool] | None = None,
) -> Delivery:
    """Measures one take, in a time that grows as the take does. `voiced` is in order, `sections` are seconds;
    `confirmed` says by rounded start which probable fillers were ones."""
    voice = Voiced(tuple((span.start / RATE_HZ, span.end / RATE_HZ) for span in voiced))
    spans = voice.spans
    whole = spans[-1][1] - spans[0][0] if spans else 0.0
    said = [word for word in words if plain(word.text) not in SOUNDS]
    middles = sorted(map(_middle, said))
    paces = {section: _pace(middles, voice, *limits) for section, limits in sections.items()}
    windows = _windows(said, whole)
    sounds = [*_written((word for word in words if word.probability < SURE), voice), *_probable(words, spans)]
    decided = _decided(sorted(sounds, key=lambda sound: sound.start), confirmed or {})
    return Delivery(
        profile=profile,
        pace=_pace(middles, voice, 0.0, inf),
        section_paces={section: pace for section, pace in paces.items() if pace is not None},
        slowest=min(windows, key=lambda each: each[1], default=None),
        fastest=max(windows, key=lambda each: each[1], default=None),
        speaking_share=sum(end - start for start, end in spans) / whole if whole else 0.0,
        first_word_seconds=spans[0][0] if spans else None,
        pauses=_pauses(words, spans, profile),
        heard=tuple(_written((word for word in words if word.probability >= SURE), voice)),
        probable=tuple(sound for sound, was_one in decided if was_one is None),
        confirmed=tuple(sound for sound, was_one in decided if was_one),
        minutes=whole / 60,
    )


def plain(word: str) -> str:
    """A word without the signs around it, in lower case."""
    return word.strip(".,!?;:…-–\"'").lower()


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2


def _written(words: Iterable[Word], voice: Voiced) -> list[Filler]:
    """The fillers among the words that have enough voice under them, from where that begins."""
    found = []
    for word in words:
        if (text := plain(word.text)) in SOUNDS:
            under = voice.cuts(word.start, word.end)
            begun = (start for start, end in under if round(end - start, 6) >= SHORTEST_SECONDS)
            found += [Filler(start, word.end, text) for start in [*begun][:1]]
    return found


def _decided(sounds: Sequence[Filler], confirmed: Mapping[float, bool]) -> list[tuple[Filler, bool | None]]:
    """Each sound with what the person said of the one that begins there, the earliest said first; None when nothing."""
    said = sorted((key, place, was_one) for place, (key, was_one) in enumerate(confirmed.items()) if isfinite(key))
    keys = [key for key, _, _ in said]
    decided = []
    for sound in sounds:
        low, high = sound.start - 2 * SAME_SECONDS, sound.start + 2 * SAME_SECONDS
        near = said[bisect_left(keys, low) : bisect_right(keys, high)]
        same = [(place, was_one) for key, place, was_one in near if abs(key - sound.start) <= SAME_SECONDS]
        decided.append((sound, min(same)[1] if same else None))
    return decided


def _pace(middles: Sequence[float], voice: Voiced, low: float, high: float) -> float | None:
    """Words a minute from the first to the last voice within limits; `middles` of the words are sorted."""
    seconds, count = voice.seconds(low, high), within(middles, low, high)
    return 60 * count / seconds if seconds >= LEAST_SECONDS and count else None


def _windows(said: Sequence[Word], whole: float) -> list[tuple[float, float]]:
    """Runs of ten seconds that begin with a word: start, and words a minute."""
    starts = [word.start for word in said] if whole >= LEAST_SECONDS else []
    full = [start for start in starts if start + LEAST_SECONDS <= said[-1].end]
    ordered = sorted(starts)
    return [(at, 60 / LEAST_SECONDS * within(ordered, at, at + LEAST_SECONDS)) for at in full]


def _pauses(words: Sequence[Word], spans: Sequence[tuple[float, float]], profile: Profile) -> tuple[Pause, ...]:
    found, middles = [], Row([_middle(word) for word in words])
    for (_, start), (end, _) in pairwise(spans):
        before = middles.last_below(start)
        is_inside = before >= 0 and not words[before].text.rstrip("\"'”’").endswith((".", "!", "?"))
        if round(end - start, 6) >= (profile.pause_inside_seconds if is_inside else profile.pause_seconds):
            found.append(Pause(start, end, is_inside))
    return tuple(found)


def _probable(words: Sequence[Word], spans: Sequence[tuple[float, float]]) -> list[Filler]:
    """Voice in which no word lies, beside a pause: a sound that the recogniser left out."""
    shortest, longest = PROBABLE_SECONDS
    found, edges = [], [(-inf, -inf), *spans, (inf, inf)]
    near = _near(words, spans)
    for (_, before), (start, end), (after, _), under in zip(edges, spans, edges[2:], near, strict=False):
        has_pauses = round(start - before, 6) >= BESIDE_PAUSE_SECONDS, round(after - end, 6) >= BESIDE_PAUSE_SECONDS
        lows = [start, *accumulate((word.end + WORD_TAIL_SECONDS for word in under), max)]
        for low, high in zip(lows, [*(word.start for word in under), end], strict=True):
            is_beside = (low <= start + 0.01 and has_pauses[0]) or (high >= end - 0.01 and has_pauses[1])
            if is_beside and shortest <= round(high - low, 6) <= longest:
                found.append(Filler(low, high))
    return found if words else []


def _near(words: Sequence[Word], spans: Sequence[tuple[float, float]]) -> Iterator[list[Word]]:
    """The words that each stretch of voice touches, in their order: one sweep over both."""
    coming = sorted(range(len(words)), key=lambda place: words[place].start, reverse=True)
    under: list[int] = []
    for start, end in spans:
        while coming and words[coming[-1]].start < end:
            under.append(coming.pop())
        under = sorted(place for place in under if words[place].end + WORD_TAIL_SECONDS > start)
        yield [words[place] for place in under if words[place].start < end]
