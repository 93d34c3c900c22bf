"""Asks for a file without holding up the window: where to write, or what to read."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_write(
    parent: QWidget, title: str, name: str, kinds: Mapping[str, str], then: Callable[[Path, str], None]
) -> None:
    """Hands the chosen path and the ending of its kind to `then`. `kinds` are endings by what a person calls them."""
    dialog = _dialog(parent, title, [f"{what} (*.{ending})" for what, ending in kinds.items()])
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    endings = list(kinds.values())

    def kind() -> str:
        return endings[dialog.nameFilters().index(dialog.selectedNameFilter())]

    def rename() -> None:
        dialog.setDefaultSuffix(kind())

    def chosen(path: str) -> None:
        ending = Path(path).suffix.removeprefix(".")
        then(Path(path), ending if ending in endings else kind())

    dialog.filterSelected.connect(rename)
    rename()
    dialog.selectFile(f"{name}.{endings[0]}")
    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_what_to_read(parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Hands the chosen path to `then`."""
    dialog = _dialog(parent, title, [])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()


def _dialog(parent: QWidget, title: str, filters: list[str]) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if filters:
        dialog.setNameFilters(filters)
    return dialog
