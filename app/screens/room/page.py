"""The interview room: the question, who is speaking, one clock, the dots. Nothing else moves."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.look.keys import Keys
from app.look.level_meter import LevelMeter
from app.look.page import Page
from app.look.room_clock import RoomClock
from app.look.text import button, card, label, row, set_role
from app.look.theme import Theme
from app.look.words import Standing
from app.screens.room.facts import ClockFacts, Leaving, RoomFacts
from app.screens.room.hints import KEYS, LONGEST_KEYS, PROBE_KEYS, STILL
from app.screens.room.layout import Longest, Parts, RoomLayout
from app.screens.room.turn_dots import TurnDots
from app.state.settings import CLOCK_STYLES
from interviewer.interview import Event, State
from interviewer.timing import clock_text

STILL_SECONDS = 6.0

STATUS = {
    State.READY: ("Ready", "calm"),
    State.ASKING: ("The interviewer is speaking", "calm"),
    State.THINKING: ("Time to think", "calm"),
    State.ARMED: ("Get ready", "calm"),
    State.RECORDING: ("● Recording", "record"),
    State.DECLINED: ("Fair enough, next one.", "calm"),
    State.DEVICE_LOST: ("Nothing is being recorded", "bad"),
    State.DONE: ("Done", "calm"),
}

MAIN = {
    State.READY: "Begin",
    State.ASKING: "Skip the voice",
    State.DECLINED: "Next",
    State.DONE: "Read the debrief",
}

EVENTS = {
    "room.next": Event.PASS,
    "room.redo": Event.REDO,
    "room.repeat": Event.REPEAT,
    "room.decline": Event.DECLINE,
    "room.leave": Event.LEAVE,
}


class RoomPage(Page):
    """Shows the facts it is given; keys become wishes. Works without a mouse."""

    is_room = True

    pressed = Signal(object)
    hint_wished = Signal()
    bookmark_wished = Signal(float)
    try_again_wished = Signal()
    leave_chosen = Signal(object)
    debrief_wished = Signal()
    clock_style_changed = Signal(str)

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme, width=860)
        self._keys = keys
        keys.changed.connect(self._repeat_keys)
        self._facts: RoomFacts | None = None
        self._elapsed = 0.0
        self._style = CLOCK_STYLES[0]
        self._still = False
        self._dots = TurnDots(theme)
        self._part = label("", "label")
        self._question = Standing()
        self._question.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._status = label("", "calm")
        self._meter = LevelMeter(theme)
        self._clock = RoomClock(theme)
        self._line = Standing()
        set_role(self._line, "muted")
        self._hint_frame, hint_inside = card(margin=14)
        self._hint = label("", wraps=True)
        hint_inside.addWidget(self._hint)
        self._problem_frame, problem_inside = card("notice", 14)
        self._problem = label("", wraps=True)
        problem_inside.addWidget(self._problem)
        self._leave_frame = self._build_leave()
        self._key_line = Standing()
        set_role(self._key_line, "small")
        self._main = button("Begin", "main")
        self._main.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space is the room's key, wherever the focus is
        self._main.clicked.connect(self._main_clicked)
        self._fitted: tuple[object, ...] = ()
        """What the layout was chosen for."""
        said = (self._status, self._meter, self._clock, self._line)
        frames = (self._hint_frame, self._problem_frame, self._leave_frame)
        parts = Parts(self._dots, self._part, self._question, *said, frames, self._main, self._key_line)
        self._layout = RoomLayout(parts, self._across, self.body, theme)

    def give_air(self) -> None:
        """The layout has airs of its own."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Lays the room out anew when the window, the look or what is to be seen is another."""
        facts = self._facts
        if facts is None:
            return
        now = (facts.turns, facts.hint, facts.problem, facts.state is State.LEAVING, facts.state is State.DONE)
        wanted = (self.size(), self._style, *now)
        if wanted != self._fitted:
            self._fitted = wanted
            is_leaving = facts.state is State.LEAVING
            prompts = [turn.prompt for turn in facts.turns if turn is facts.turn or not is_leaving]
            longest_keys = [self._keys.said(text) for text in LONGEST_KEYS]
            longest = Longest(
                prompts, STATUS[State.RECORDING][0], self._keys.said(STILL), longest_keys, [*MAIN.values()]
            )
            is_all_seen = self._layout.fit(self.contentsRect().size(), longest)
            policies = Qt.ScrollBarPolicy  # a bar would take room from what fits without one
            self.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOff if is_all_seen else policies.ScrollBarAsNeeded)

    def _build_leave(self) -> QWidget:
        frame, inside = card("notice", 16, 12)
        inside.addWidget(label("Keep what you recorded?", "heading"))
        inside.addWidget(
            label("Esc takes you back to the room. Any recording carries on meanwhile.", "small", wraps=True)
        )
        self._keep = button("Keep")
        self._later = button("Keep and go on later")
        self._throw = button("Throw away")
        for choice, leaving in (
            (self._keep, Leaving.KEEP),
            (self._later, Leaving.LATER),
            (self._throw, Leaving.THROW_AWAY),
        ):
            choice.clicked.connect(lambda _=False, chosen=leaving: self.leave_chosen.emit(chosen))
        inside.addLayout(row(self._keep, self._later, self._throw, 1))
        return frame

    def set_theme(self, theme: Theme, text_percent: int) -> None:
        super().set_theme(theme, text_percent)
        for part in (self._dots, self._meter, self._clock):
            part.set_theme(theme)
        self._layout.set_look(theme, text_percent)
        self._fitted = ()
        self._fit()

    def _repeat_keys(self) -> None:
        self._fitted = ()
        if self._facts:
            self.show_facts(self._facts)

    def set_clock_style(self, style: str) -> None:
        self._style = style
        self._clock.set_style(style)
        self._fit()

    def show_facts(self, facts: RoomFacts) -> None:
        """A new state, or something new in the same one."""
        was_leaving = self._facts is not None and self._facts.state is State.LEAVING
        self._facts = facts
        turn, state = facts.turn, facts.state
        self._dots.show_turns(facts.turns, facts.index)
        self._part.setText(self._part_text())
        self._question.setText(self._question_text())
        self.setAccessibleName(f"{self._part.text()} {self._question.text()}".strip())
        if state is not State.LEAVING:
            text, role = STATUS[state]
            self._status.setText(self._status_text(text))
            set_role(self._status, role)
        if state is not State.RECORDING and state is not State.LEAVING:
            self._elapsed = 0.0
            self._line.setText("")
            self._clock.show_time(0.0, turn.target_seconds, None)
        self._clock.setVisible(state not in (State.DONE, State.READY))
        self._meter.setVisible(state not in (State.DONE, State.DEVICE_LOST))
        self._show_frame(self._hint_frame, self._hint, "" if state is State.LEAVING else facts.hint)
        self._show_frame(self._problem_frame, self._problem, facts.problem)
        self._leave_frame.setVisible(state is State.LEAVING)
        self._key_line.setText(self._keys_text())
        self._main.setText(self._main_text())
        self._main.setVisible(state not in (State.LEAVING, State.DEVICE_LOST))
        self._fit()
        if state is State.LEAVING and not was_leaving:
            self._keep.setFocus()
            QTimer.singleShot(0, lambda: self.ensureWidgetVisible(self._leave_frame))  # once it has its place
        elif was_leaving and state is not State.LEAVING:
            self.setFocus()

    def show_clock(self, clock: ClockFacts) -> None:
        """Twenty times a second while a microphone is open."""
        self._meter.show_level(clock.dbfs, clock.dbfs + 6)
        if not self._facts or self._facts.state not in (State.RECORDING, State.LEAVING):
            return
        self._elapsed = clock.elapsed_seconds
        self._clock.show_time(clock.elapsed_seconds, self._facts.turn.target_seconds, clock.reading)
        line = self._keys.said(STILL) if clock.still_seconds >= STILL_SECONDS else ""
        if self._line.text() != line:
            self._line.setText(line)

    def _part_text(self) -> str:
        assert self._facts
        if self._facts.state in (State.DONE, State.READY):
            return ""
        turn = self._facts.turn
        if turn.section:
            return f"{turn.section.title} · up to {clock_text(turn.target_seconds)}"
        probes = [other for other in self._facts.turns if other.is_probe]
        return f"Follow-up {probes.index(turn) + 1} of {len(probes)} · up to {clock_text(turn.target_seconds)}"

    def _question_text(self) -> str:
        assert self._facts
        state = self._facts.state
        if state is State.READY:
            sections = sum(not turn.is_probe for turn in self._facts.turns)
            whole = sum(turn.target_seconds for turn in self._facts.turns if not turn.is_probe)
            words = {5: "Five parts"}.get(sections, f"{sections} parts")
            begin = self._keys.said("{room.next} to begin.")
            return f"{words}, about {max(1, round(whole / 60))} minutes, then the follow-ups. {begin}"
        if state is State.DONE:
            return f"That was {clock_text(self._facts.recorded_seconds)}. Your notes are nearly ready."
        return self._facts.turn.prompt

    def _status_text(self, text: str) -> str:
        assert self._facts
        if self._facts.state is State.THINKING:
            return f"Think: {self._facts.count_down}"
        if self._facts.state is State.ARMED:
            return f"Recording in {self._facts.count_down}" if self._facts.count_down > 0 else "Opening the microphone"
        return text

    def _keys_text(self) -> str:
        assert self._facts
        state = self._facts.state
        return self._keys.said(PROBE_KEYS.get(state, KEYS[state]) if self._facts.turn.is_probe else KEYS[state])

    def _main_text(self) -> str:
        assert self._facts
        if self._facts.state is State.RECORDING:
            is_last = self._facts.index + 1 >= len(self._facts.turns)
            return "Finish" if is_last else "Next"
        return MAIN.get(self._facts.state, "Start now")

    def _show_frame(self, frame: QWidget, text_label: QWidget, text: str) -> None:
        text_label.setText(text)  # type: ignore[attr-defined]
        frame.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command, place = self._keys.pressed(event, "room")
        state = self._facts.state if self._facts else State.DONE
        if event.isAutoRepeat():
            return
        if state is State.LEAVING:
            if command == "room.leave":
                self.pressed.emit(Event.STAY)
            else:
                super().keyPressEvent(event)
        elif state is State.DONE and command in ("room.next", "room.finish"):
            self.debrief_wished.emit()
        elif state is State.DEVICE_LOST and command == "room.lost":
            self.pressed.emit(Event.STOP) if place else self.try_again_wished.emit()
        elif command in EVENTS:
            self.pressed.emit(EVENTS[command])
        elif command == "room.finish":
            self.pressed.emit(Event.FINISH if state is State.RECORDING else Event.PASS)
        elif command == "room.hint":
            self.hint_wished.emit()
        elif command == "room.mark":
            self.bookmark_wished.emit(self._elapsed)
        elif command == "room.clock":
            self.clock_style_changed.emit(CLOCK_STYLES[(CLOCK_STYLES.index(self._style) + 1) % len(CLOCK_STYLES)])
        else:
            super().keyPressEvent(event)

    def _main_clicked(self) -> None:
        if self._facts and self._facts.state is State.DONE:
            self.debrief_wished.emit()
        else:
            self.pressed.emit(Event.PASS)
        self.setFocus()
