"""How the answer was spoken: figures, folded into a few lines, and sounds worth checking by ear."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.look.key_hint import KeyHint
from app.look.keys import Keys
from app.look.text import button, label, row, set_role
from interviewer.findings.delivery import Delivery
from interviewer.findings.session_reading import Spoken
from interviewer.timing import clock_text

MOST_SOUNDS = 6


class DeliveryCard(QFrame):
    """Emits the Sound to hear, and what the person said of it."""

    play_wished = Signal(object)
    decided = Signal(object, bool)

    def __init__(self, spoken: Spoken, hedges: int, keys: Keys) -> None:
        super().__init__()
        self.setProperty("role", "card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(6)
        for remark in spoken.delivery.remarks():
            inside.addWidget(label(remark, "finding", wraps=True))
        for line in _lines(spoken.delivery, hedges):
            inside.addWidget(label(line, wraps=True))
        if spoken.sounds:
            question = KeyHint(keys, "Was this an um or an uh? {debrief.filler} yes, {debrief.no_filler} no")
            set_role(question, "label")
            inside.addWidget(question)
        for sound in spoken.sounds[:MOST_SOUNDS]:
            hear = button(f"▶ {clock_text(sound.start)}", name=f"Hear the sound at {clock_text(sound.start)}")
            hear.clicked.connect(lambda _=False, chosen=sound: self.play_wished.emit(chosen))
            yes, no = button("Yes"), button("No")
            yes.clicked.connect(lambda _=False, chosen=sound: self.decided.emit(chosen, True))
            no.clicked.connect(lambda _=False, chosen=sound: self.decided.emit(chosen, False))
            inside.addLayout(row(hear, yes, no, 1))


def _lines(measured: Delivery, hedges: int) -> list[str]:
    lines = []
    if measured.pace is not None:
        sections = ", ".join(f"{section.title} {_about(pace)}" for section, pace in measured.section_paces.items())
        lines.append(f"Pace: about {_about(measured.pace)} words a minute" + (f" ({sections})." if sections else "."))
    if measured.slowest and measured.fastest:
        (slow, least), (fast, most) = measured.slowest, measured.fastest
        lines.append(
            f"Slowest ten seconds: {_about(least)} at {clock_text(slow)}; "
            f"fastest: {_about(most)} at {clock_text(fast)}."
        )
    lines.append(f"Speaking: {round(100 * measured.speaking_share)}% of the time from first to last word.")
    if measured.first_word_seconds is not None:
        lines.append(f"First word after {measured.first_word_seconds:.1f} s.")
    if measured.pauses:
        where = ", ".join(
            f"{pause.end - pause.start:.0f} s at {clock_text(pause.start)}" for pause in measured.pauses[:5]
        )
        lines.append(f"Long pauses: {where}.")
    lines.append(f"Fillers: {measured.filler_words()}. Six to ten in a hundred words are usual in speech.")
    if hedges:
        lines.append(f"Hedges (maybe, I think, sort of): {hedges}.")
    return lines


def _about(pace: float) -> int:
    return 5 * round(pace / 5)
