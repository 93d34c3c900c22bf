"""The debrief's sound: its wave, cursor, loop and selection, and what the person changes there by hand."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.screens.debrief.corrections import Editing
from app.screens.debrief.page import DebriefPage
from app.screens.debrief.reading import Reading
from app.screens.debrief.waveform import Picture
from app.screens.services import Services
from app.sound.player import Player
from audio.peaks import STEP_FRAMES, peaks_of
from interviewer.edges import pauses_of
from interviewer.findings.delivery import plain
from interviewer.pattern import Section
from interviewer.session import Session
from interviewer.timeline import Piece, Timeline, timeline_of
from interviewer.timing import RATE_HZ, Span
from interviewer.transcript import Word


class Listening(QObject):
    """Lives on the GUI thread; belongs to the debrief."""

    notice = Signal(str)

    def __init__(self, page: DebriefPage, services: Services) -> None:
        super().__init__()
        self._page = page
        self._archive = archive = services.archive
        self._preferences = preferences = services.preferences
        self._works = services.reader
        lease = services.lease
        self._timeline = Timeline(())
        self._peaks: dict[str, bytes] = {}
        self._reading: Reading | None = None
        self._word: tuple[str, Word] | None = None
        """The take and the word that are being put right."""
        self.player = Player(lease)
        self._editing = Editing(archive)
        self._connect()
        percent = preferences.settings.volume
        lease.set_volume(percent / 100)
        page.player.show_volume(percent)
        page.player.volume_changed.connect(lambda now: lease.set_volume(now / 100))

    def _connect(self) -> None:
        page, player, editing, bar = self._page, self.player, self._editing, self._page.player
        page.session_actions.story_chosen.connect(lambda story: editing.tell_story(page.session_id, story))
        page.answers.note_written.connect(editing.write_note)
        page.play_wished.connect(player.play_take)
        player.moved.connect(page.show_position)
        player.playing_changed.connect(bar.show_playing)
        player.problem.connect(self.notice)
        bar.toggle_wished.connect(player.toggle)
        bar.step_wished.connect(lambda seconds: player.seek(player.position + round(seconds * RATE_HZ)))
        bar.finding_wished.connect(self._next_finding)
        bar.loop_wished.connect(self._loop)
        bar.limit_wished.connect(self._limit)
        bar.speed_wished.connect(lambda way: bar.show_speed(player.step_speed(way)))
        bar.speed_chosen.connect(player.set_speed)
        bar.volume_changed.connect(self._set_volume)
        bar.mark_wished.connect(self._mark)
        bar.correct_wished.connect(self._ask_for_word)
        bar.corrected.connect(self._correct)
        bar.edge_wished.connect(self._begin_section)
        bar.nudge_wished.connect(self._nudge)
        bar.undo_wished.connect(lambda: editing.undo(page.session_id))
        bar.wave.seek_wished.connect(player.seek)
        bar.wave.selected.connect(self._select)
        bar.wave.edge_moved.connect(self._move_edge)

    def load(self, session: Session) -> None:
        """Another session, from its beginning."""
        self._editing.begin(session.id)
        self._word = None
        self._page.player.leave_word()
        self._timeline, self._reading, self._peaks = timeline_of(session), None, {}
        self.player.load(self._timeline, lambda take: self._path(session.id, take))
        self._page.player.wave.show_selection(None)
        self._page.player.loop.setChecked(False)
        self._draw(session)
        self._look(session)

    def find(self, words: str) -> None:
        """Puts the cursor where the first of these words was said."""
        session = self._archive.get(self._page.session_id)
        asked = plain(words.strip().partition(" ")[0])
        for take in dict.fromkeys(piece.take for piece in self._timeline.pieces) if asked else ():
            transcript = session.take(take).transcript
            for word in transcript.words if transcript else ():
                if plain(word.text).startswith(asked):
                    self.player.seek(self._timeline.at(take, round(word.start * RATE_HZ)) or 0)
                    return

    def show(self, session: Session, reading: Reading | None) -> None:
        """The same session as it is now: its sections, and what its words prove."""
        self._timeline, self._reading = timeline_of(session), reading
        self.player.reload(self._timeline)
        self._draw(session)

    def _path(self, session_id: str, take: str) -> Path:
        return self._archive.path(session_id, self._archive.get(session_id).take(take).file)

    def _look(self, session: Session) -> None:
        """The wave comes from the files, which are long."""
        takes = {piece.take: self._path(session.id, piece.take) for piece in self._timeline.pieces}

        def looked(peaks: dict[str, bytes]) -> None:
            if session.id == self._page.session_id and self._archive.holds(session.id):
                self._peaks = peaks
                self._draw(self._archive.get(session.id))

        there = {take: path for take, path in takes.items() if take not in self._peaks}
        if there:
            self._works.do(lambda: _peaks(there), looked, "drawing the wave")

    def _draw(self, session: Session) -> None:
        """The wave with its pauses, marks and findings."""

        def places(moments: list[tuple[str, int]]) -> tuple[int, ...]:
            found = (self._timeline.at(take, frame) for take, frame in moments)
            return tuple(sorted(place for place in found if place is not None))

        pauses = places([(take.id, pause) for take in session.takes for pause in pauses_of(take)])
        marks = places([(take.id, mark) for take in session.takes for mark in take.bookmarks])
        self._page.show_picture(Picture(self._timeline, self._peaks, STEP_FRAMES, pauses, marks, places(self._found())))
        self._page.show_position(self.player.position)

    def _found(self) -> list[tuple[str, int]]:
        """Where the findings that have a quote are."""
        findings = self._reading.analysis.findings if self._reading else ()
        quotes = [finding.quote for finding in findings]
        return [(quote.take, round(quote.start * RATE_HZ)) for quote in quotes if quote.start is not None]

    def _piece(self) -> Piece | None:
        return self._timeline.piece_at(self.player.position)

    def _next_finding(self, way: int) -> None:
        """The next or the last finding before the cursor, played from there."""
        here = self.player.position
        found = sorted({place for moment in self._found() if (place := self._timeline.at(*moment)) is not None})
        beyond = [place for place in found if (place > here + 1 if way > 0 else place < here - RATE_HZ)]
        if beyond:
            self.player.play(beyond[0] if way > 0 else beyond[-1])

    def _loop(self) -> None:
        """The selection, or else the section under the cursor, again and again; or no longer."""
        player, wave, piece = self.player, self._page.player.wave, self._piece()
        if player.loop:
            self._select(None)
        elif wave.selection or piece:
            player.loop = wave.selection or (Span(piece.start, piece.end) if piece else None)
            wave.show_selection(player.loop)
            if player.loop:
                player.play(player.loop.start, player.loop.end)
        self._page.player.loop.setChecked(bool(player.loop))

    def _select(self, span: Span | None) -> None:
        """Another stretch, or none: a loop goes with it."""
        if self.player.loop and span:
            self.player.loop = span
            self.player.play(span.start, span.end)
        else:
            self.player.loop = None
        self._page.player.wave.show_selection(span)
        self._page.player.loop.setChecked(bool(self.player.loop))

    def _limit(self, is_begin: bool) -> None:
        """The selection begins or ends at the cursor."""
        here, now = self.player.position, self._page.player.wave.selection
        start, end = (here, now.end if now else self._timeline.frames) if is_begin else (now.start if now else 0, here)
        if start < end:
            self._select(Span(start, end))

    def _set_volume(self, percent: int) -> None:
        self._preferences.change(replace(self._preferences.settings, volume=percent))

    # By hand

    def _mark(self) -> None:
        if place := self._timeline.place(self.player.position):
            self._editing.toggle_bookmark(self._page.session_id, place)

    def _ask_for_word(self) -> None:
        self._word = self._page.chosen_word()
        if self._word:
            self.player.stop()
            self._page.player.ask_for_word(self._word[1].text)
        else:
            self.notice.emit("There is no word at this point. Play up to one, or put the text cursor on it.")

    def _correct(self, text: str) -> None:
        if self._word:
            take, word = self._word
            self._editing.correct(self._page.session_id, take, word, text)

    def _move_edge(self, piece: Piece, position: int) -> None:
        if piece.section:
            frame = piece.span.start + position - piece.start
            self._editing.move_edge(self._page.session_id, piece.take, piece.section, frame)

    def _begin_section(self, section: Section) -> None:
        place = self._timeline.place(self.player.position)
        if place and not self._editing.begin_section(self._page.session_id, section, place):
            self.notice.emit(f"{section.title} has a recording of its own, so it cannot begin in this one.")

    def _nudge(self, way: int) -> None:
        piece, place = self._piece(), self._timeline.place(self.player.position)
        if piece and place and piece.section:
            self._editing.nudge(self._page.session_id, piece.section, place, way)


def _peaks(takes: Mapping[str, Path]) -> dict[str, bytes]:
    """The peaks of each take that is there: a private session may be gone by now."""
    found = {}
    for take, path in takes.items():
        with suppress(OSError):
            found[take] = peaks_of(path)
    return found
