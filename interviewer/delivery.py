"""How an answer was spoken: pace, pauses, fillers. Said as description, never as a verdict on the person.

Pauses come from the voice in the recording, never from word times. Fillers are counted honestly: what was written down
is only the least there was, for recognisers leave most of them out (product.md C2, C3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from interviewer.pattern import Section
from interviewer.timing import RATE_HZ, Span, clock_text
from interviewer.transcript import Word

LEAST_SECONDS = 10.0
"""A pace is told of no shorter run."""
FIRST_WORD_SECONDS = 5.0
"""Starting within this is nothing to mention (Levinson and Torreira 2015, by product.md C1)."""
SOUNDS = frozenset({"um", "uh", "er", "erm", "hm", "uhm", "umm", "uhh", "hmm", "mm"})
SURE = 0.5
"""A filler that the recogniser believes in less is not counted as heard: models make them up as well."""
PROBABLE_SECONDS = (0.2, 1.2)
WORD_TAIL_SECONDS = 0.15
BESIDE_PAUSE_SECONDS = 0.15
CLUSTER = (3, 10.0)
"""So many fillers within so many seconds are heard as a burst."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Thresholds, from product.md C1: Orai, Read and InterviewVoice on pace, Laske and DiGennaro Reed 2024 on fillers,

    Lundholm Fors 2015 on pauses.
    """

    quiet_pace: tuple[float, float] = (120.0, 175.0)
    firm_pace: tuple[float, float] = (100.0, 190.0)
    pause_seconds: float = 4.0
    pause_inside_seconds: float = 2.0
    fillers_noted: float | None = 5.0
    """A minute; None says nothing about fillers."""
    fillers_remarked: float = 10.0


STANDARD = Profile()
RELAXED = Profile((80.0, 200.0), (60.0, 230.0), 8.0, 6.0, None)
"""For people who stutter or speak English as a second language: the content is checked all the same."""
PROFILES = {"standard": STANDARD, "relaxed": RELAXED}


@dataclass(frozen=True, slots=True)
class Pause:
    """Seconds on the clock of the take. `is_inside` when the sentence was not over."""

    start: float
    end: float
    is_inside: bool


@dataclass(frozen=True, slots=True)
class Filler:
    """A sound that fills. `word` is empty for one that is only probable."""

    start: float
    end: float
    word: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one take was spoken. Paces are words a minute, None where too little was said."""

    profile: Profile
    pace: float | None
    section_paces: Mapping[Section, float]
    slowest: tuple[float, float] | None
    """Where ten seconds were slowest: start in seconds, and the pace."""
    fastest: tuple[float, float] | None
    speaking_share: float
    first_word_seconds: float | None
    pauses: tuple[Pause, ...]
    heard: tuple[Filler, ...]
    probable: tuple[Filler, ...]
    confirmed: tuple[Filler, ...]
    minutes: float = field(default=0.0)
    """Of speech."""

    @property
    def at_least(self) -> int:
        return len(self.heard) + len(self.confirmed)

    @property
    def perhaps(self) -> int:
        return self.at_least + len(self.probable)

    def filler_words(self) -> str:
        """The count as it may honestly be told."""
        worth = _sounds(len(self.probable))
        if not self.at_least:
            return f"none in the transcript, {worth} worth checking" if self.probable else "none in the transcript"
        more = f", perhaps {self.perhaps}" if self.probable else ""
        return f"at least {self.at_least}{more}"

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
        if self.pace is None:
            return []
        (low, high), (least, most) = self.profile.quiet_pace, self.profile.firm_pace
        about = f"about {5 * round(self.pace / 5)} words a minute"
        if self.pace < least or self.pace > most:
            way = "slow enough that listeners may drift" if self.pace < least else "fast enough to lose listeners"
            return [f"The pace was {about}: {way}."]
        return (
            [f"The pace was {about}; most listeners are at ease between 120 and 175."]
            if not low <= self.pace <= high
            else []
        )

    def _pause_remarks(self) -> list[str]:
        if not self.pauses:
            return []
        longest = max(self.pauses, key=lambda pause: pause.end - pause.start)
        where = "inside a sentence" if longest.is_inside else "between sentences"
        many = f"{len(self.pauses)} long pauses" if len(self.pauses) > 1 else "One long pause"
        return [f"{many}; the longest, {longest.end - longest.start:.0f} s {where}, at {clock_text(longest.start)}."]

    def _filler_remarks(self) -> list[str]:
        if self.profile.fillers_noted is None or not self.minutes:
            return []
        rate = self.at_least / self.minutes
        if rate <= self.profile.fillers_noted:
            return []
        much = "more than most listeners pass over" if rate > self.profile.fillers_remarked else "a few more than usual"
        return [f"Fillers: {self.filler_words()}, {much}."]


def _sounds(count: int) -> str:
    names = ("no", "one", "two", "three", "four", "five", "six")
    return f"{names[count] if count < len(names) else count} sound{'' if count == 1 else 's'}"


def delivery(
    words: Sequence[Word],
    voiced: Sequence[Span],
    sections: Mapping[Section, tuple[float, float]],
    profile: Profile = STANDARD,
    confirmed: Mapping[float, bool] | None = None,
) -> Delivery:
    """Measures one take. `sections` are seconds; `confirmed` says by rounded start which probable fillers were ones."""
    decided = confirmed or {}
    spans = [(span.start / RATE_HZ, span.end / RATE_HZ) for span in voiced]
    spoken = sum(end - start for start, end in spans)
    whole = spans[-1][1] - spans[0][0] if spans else 0.0
    said = [word for word in words if plain(word.text) not in SOUNDS]
    windows = _windows(said, whole)
    sounds = _probable(words, spans)
    return Delivery(
        profile=profile,
        pace=_pace(said, spans, (0.0, float("inf"))),
        section_paces={
            section: pace for section, limits in sections.items() if (pace := _pace(said, spans, limits)) is not None
        },
        slowest=min(windows, key=lambda each: each[1], default=None),
        fastest=max(windows, key=lambda each: each[1], default=None),
        speaking_share=spoken / whole if whole else 0.0,
        first_word_seconds=spans[0][0] if spans else None,
        pauses=_pauses(words, spans, profile),
        heard=tuple(
            Filler(word.start, word.end, plain(word.text))
            for word in words
            if plain(word.text) in SOUNDS and word.probability >= SURE
        ),
        probable=tuple(sound for sound in sounds if round(sound.start, 2) not in decided),
        confirmed=tuple(sound for sound in sounds if decided.get(round(sound.start, 2))),
        minutes=whole / 60,
    )


def plain(word: str) -> str:
    """A word without the signs around it, in lower case."""
    return word.strip(".,!?;:…-–\"'").lower()


def _pace(said: Sequence[Word], spans: Sequence[tuple[float, float]], limits: tuple[float, float]) -> float | None:
    """Words a minute from the first to the last voice within limits."""
    low, high = limits
    inside = [(max(start, low), min(end, high)) for start, end in spans if start < high and end > low]
    seconds = inside[-1][1] - inside[0][0] if inside else 0.0
    count = sum(low <= (word.start + word.end) / 2 < high for word in said)
    return 60 * count / seconds if seconds >= LEAST_SECONDS and count else None


def _windows(said: Sequence[Word], whole: float) -> list[tuple[float, float]]:
    """Runs of ten seconds that begin with a word: start, and words a minute."""
    if whole < LEAST_SECONDS or not said:
        return []
    last = said[-1].end
    starts = [word.start for word in said if word.start + LEAST_SECONDS <= last]
    return [
        (start, 6.0 * sum(start <= word.start < start + LEAST_SECONDS for word in said) * 10.0 / LEAST_SECONDS)
        for start in starts
    ]


def _pauses(words: Sequence[Word], spans: Sequence[tuple[float, float]], profile: Profile) -> tuple[Pause, ...]:
    found = []
    for (_, start), (end, _) in pairwise(spans):
        before = [word for word in words if (word.start + word.end) / 2 < start]
        is_inside = bool(before) and not before[-1].text.rstrip("\"'”’").endswith((".", "!", "?"))
        if end - start >= (profile.pause_inside_seconds if is_inside else profile.pause_seconds):
            found.append(Pause(start, end, is_inside))
    return tuple(found)


def _probable(words: Sequence[Word], spans: Sequence[tuple[float, float]]) -> list[Filler]:
    """Voice in which no word lies, beside a pause: a sound that the recogniser left out."""
    if not words:
        return []
    shortest, longest = PROBABLE_SECONDS
    found = []
    for place, (start, end) in enumerate(spans):
        pause_before = place == 0 or start - spans[place - 1][1] >= BESIDE_PAUSE_SECONDS
        pause_after = place + 1 == len(spans) or spans[place + 1][0] - end >= BESIDE_PAUSE_SECONDS
        for low, high in _empty(words, start, end):
            is_beside = (low <= start + 0.01 and pause_before) or (high >= end - 0.01 and pause_after)
            if is_beside and shortest <= high - low <= longest:
                found.append(Filler(low, high))
    return found


def _empty(words: Sequence[Word], start: float, end: float) -> list[tuple[float, float]]:
    """The stretches of a voiced span that no word covers, a word's tail granted."""
    place, found = start, []
    for word in words:
        if word.end + WORD_TAIL_SECONDS <= start or word.start >= end:
            continue
        if word.start > place:
            found.append((place, word.start))
        place = max(place, word.end + WORD_TAIL_SECONDS)
    if place < end:
        found.append((place, end))
    return found
