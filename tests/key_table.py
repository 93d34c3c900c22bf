"""The README's table of keys, made from the table of commands.

python -m tests.key_table
"""

from app.look.commands import SCREENS, commands_of
from app.look.key_names import shown_key


def key_table() -> str:
    """One line a screen, as Markdown."""
    lines = ["| Where | Keys |", "|---|---|"]
    for screen, title in SCREENS.items():
        told = (f"`{command.family or shown_key(command.keys[0])}` {command.words}" for command in commands_of(screen))
        lines.append(f"| {title} | {' · '.join(told)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(key_table(), end="")
