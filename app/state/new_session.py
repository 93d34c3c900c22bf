"""A new, empty session from what is chosen now."""

import random
from datetime import datetime

from app.state.settings import Settings
from interviewer.level import Level
from interviewer.pattern import Pattern
from interviewer.session import Session, Story


def new_session(session_id: str, pattern: Pattern, level: Level, settings: Settings) -> Session:
    """With the pattern's targets for the level, or the person's own, and a seed for what is drawn."""
    own = settings.own_targets(pattern.id, level)
    return Session(
        id=session_id,
        pattern=pattern.id,
        principle=pattern.principle,
        level=level,
        started=datetime.now().isoformat(timespec="minutes"),
        seed=random.randrange(1_000_000),
        targets=pattern.targets(level, own),
        total_seconds=pattern.total_seconds(level, own),
        story=Story(settings.story),
    )
