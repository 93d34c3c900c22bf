"""The story bank: kept whole, and set aside when it is damaged."""

from pathlib import Path

import pytest

from content.principles import principles
from interviewer.disk.story_file import OwnStory, StoryFile, new_story
from interviewer.errors import PracticeError
from interviewer.pattern import Section

STORY = OwnStory("story-1", "Der Zähler ☂", {Section.ACTION: "logs\nfix"}, ("Earn Trust", "Dive Deep"))


def test_it_is_kept(tmp_path: Path) -> None:
    bank = StoryFile(tmp_path / "new")
    assert bank.read() == ()
    bank.write([STORY, new_story("")])
    assert bank.read()[0] == STORY
    assert len({new_story("").id for _ in range(50)}) == 50


@pytest.mark.parametrize("text", ["", "{", "[]", '{"stories": [{"id": 1}]}', '{"stories": [{"id": "a", "title": "b",'])
def test_a_damaged_one_is_set_aside_not_lost(tmp_path: Path, text: str) -> None:
    bank = StoryFile(tmp_path)
    bank.path.write_text(text)
    with pytest.raises(PracticeError, match="set aside"):
        bank.read()
    (aside,) = tmp_path.glob("stories.damaged-*")
    assert aside.read_text() == text
    assert bank.read() == ()


def test_there_are_sixteen_principles_in_our_words() -> None:
    names = [principle.name for principle in principles()]
    assert len(names) == len(set(names)) == 16
    assert "Earn Trust" in names
    assert all(20 < len(principle.meaning) < 110 for principle in principles())
