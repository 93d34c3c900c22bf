"""Colours, type and spacing: tokens, and the one style sheet made from them. Light and dark."""

from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from interviewer.pattern import Section


@dataclass(frozen=True, slots=True)
class Theme:
    """Colour tokens. Text on its own background has a contrast of at least 4.5 to 1."""

    name: str
    window: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    record: str
    good: str
    warn: str
    bad: str
    situation: str
    task: str
    action: str
    result: str
    reflection: str

    def section(self, section: Section) -> QColor:
        return QColor(getattr(self, section.value))


LIGHT = Theme(
    name="light",
    window="#f6f5f1",
    surface="#ffffff",
    raised="#eeece5",
    line="#d6d2c6",
    text="#1f2328",
    muted="#5b6068",
    accent="#1f5f8b",
    on_accent="#ffffff",
    record="#c22f2f",
    good="#22704a",
    warn="#8a5a00",
    bad="#b02a2a",
    situation="#3c6e9f",
    task="#7a5aa6",
    action="#2a7f6f",
    result="#a8641a",
    reflection="#a14a6b",
)

DARK = Theme(
    name="dark",
    window="#15181c",
    surface="#1d2126",
    raised="#282d34",
    line="#3a414a",
    text="#eceae4",
    muted="#a6acb5",
    accent="#7db9e3",
    on_accent="#0f1418",
    record="#ff7b72",
    good="#7fd1a3",
    warn="#e9b44c",
    bad="#ff8f87",
    situation="#7fb2e0",
    task="#b79ae0",
    action="#6cc7b3",
    result="#e3a869",
    reflection="#e090b0",
)

CONTRAST = Theme(
    name="contrast",
    window="#000000",
    surface="#000000",
    raised="#1c1c1c",
    line="#ffffff",
    text="#ffffff",
    muted="#e0e0e0",
    accent="#ffe14d",
    on_accent="#000000",
    record="#ff9a94",
    good="#8dffb5",
    warn="#ffd27a",
    bad="#ffaba6",
    situation="#8fd0ff",
    task="#d9b8ff",
    action="#7ff0d8",
    result="#ffc37a",
    reflection="#ffa8cc",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}

ASSETS = Path(__file__).parent / "assets"

BASE_POINT_SIZE = 11.0


def chosen_theme(choice: str) -> Theme:
    """The theme for a setting: light, dark, high contrast, or what the system says."""
    if choice == "system":
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return THEMES.get(choice, LIGHT)


def apply_theme(application: QApplication, theme: Theme, text_percent: int) -> None:
    """Fonts, palette and style sheet for the whole program."""
    application.setStyle("Fusion")
    font = QFont(application.font())
    font.setPointSizeF(BASE_POINT_SIZE * text_percent / 100)
    application.setFont(font)
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.surface),
        (roles.AlternateBase, theme.raised),
        (roles.Text, theme.text),
        (roles.Button, theme.raised),
        (roles.ButtonText, theme.text),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on_accent),
        (roles.PlaceholderText, theme.muted),
        (roles.ToolTipBase, theme.surface),
        (roles.ToolTipText, theme.text),
        (roles.Link, theme.accent),
        (roles.Accent, theme.accent),
    ):
        palette.setColor(role, QColor(colour))
    application.setPalette(palette)
    application.setStyleSheet(style_sheet(theme, text_percent))


def style_sheet(theme: Theme, text_percent: int) -> str:
    """Qt's style sheet for a theme, with its texts at a size."""
    sheet = _SHEET.replace("@assets@", ASSETS.as_posix())
    for token in fields(theme):
        sheet = sheet.replace(f"@{token.name}@", str(getattr(theme, token.name)))
    for size in (9, 10, 11, 12, 13, 15, 18, 20, 24, 30, 44):
        sheet = sheet.replace(f"@{size}pt@", f"{size * text_percent / 100:.1f}pt")
    for size in (12, 16, 18):
        sheet = sheet.replace(f"@{size}px@", f"{size * text_percent // 100}px")
    return sheet


_SHEET = """
* { outline: none; }
QWidget { color: @text@; font-size: @11pt@; }
QMainWindow, QStackedWidget, QScrollArea, QWidget#page, QWidget#column { background: @window@; border: none; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: @24pt@; font-weight: 600; }
QLabel[role="title"][isLow="true"] { font-size: @15pt@; }
QLabel[role="heading"] { font-size: @15pt@; font-weight: 600; }
QLabel[role="question"] { font-size: @20pt@; }
QLabel[role="stem"] { font-size: @15pt@; }
QLabel[role="verdict"] { font-size: @18pt@; font-weight: 600; }
QLabel[role="finding"] { font-size: @12pt@; font-weight: 600; }
QLabel[role="quote"] { font-style: italic; }
QLabel[role="clock"] { font-size: @44pt@; font-weight: 300; }
QLabel[role="muted"] { color: @muted@; }
QLabel[role="small"] { color: @muted@; font-size: @10pt@; }
QLabel[role="label"] { color: @muted@; font-size: @10pt@; font-weight: 600; }
QLabel[role="record"] { color: @record@; font-size: @13pt@; font-weight: 600; }
QLabel[role="calm"] { color: @muted@; font-size: @13pt@; }
QLabel[role="good"] { color: @good@; font-weight: 600; }
QLabel[role="warn"] { color: @warn@; font-weight: 600; }
QLabel[role="bad"] { color: @bad@; font-weight: 600; }
QLabel[role="key"] { background: @raised@; border: 1px solid @line@; border-radius: 4px; padding: 1px 6px;
    font-size: @10pt@; }
QFrame[role="card"] { background: @surface@; border: 1px solid @line@; border-radius: 10px; }
QFrame[role="notice"] { background: @raised@; border: 1px solid @warn@; border-radius: 8px; }
QFrame[role="banner"] { background: @raised@; border: none; border-top: 2px solid @warn@;
    border-bottom: 2px solid @warn@; }
QLabel[role="said"] { font-size: @10pt@; }
QFrame[role="foot"] { background: @surface@; border: none; border-top: 1px solid @line@; }
QFrame[role="rule"] { background: @line@; border: none; max-height: 1px; min-height: 1px; }
QPushButton { background: @surface@; border: 1px solid @line@; border-radius: 7px; padding: 7px 14px; }
QPushButton:hover { background: @raised@; }
QPushButton:focus { border: 2px solid @accent@; padding: 6px 13px; }
QPushButton:disabled { color: @muted@; background: @raised@; }
QPushButton[role="large"] { padding: 10px 22px; font-size: @12pt@; border: 2px solid @line@; }
QPushButton[role="large"]:focus { border: 2px solid @accent@; }
QPushButton[role="option"] { padding: 0; text-align: left; }
QPushButton[role="option"]:checked { background: @raised@; border: 2px solid @accent@; }
QPushButton[role="main"] { background: @accent@; color: @on_accent@; border: 2px solid @accent@; font-weight: 600;
    padding: 10px 22px; font-size: @12pt@; }
QPushButton[role="main"]:focus { border: 2px solid @text@; }
QPushButton[role="main"]:disabled { background: @raised@; color: @muted@; border-color: @line@; }
QPushButton[role="plain"] { background: transparent; border: 1px solid transparent; color: @accent@; padding: 5px 8px;
    text-align: left; }
QPushButton[role="plain"]:hover { border-color: @line@; }
QPushButton[role="plain"]:focus { border: 2px solid @accent@; padding: 4px 7px; }
QPushButton[role="close"] { background: transparent; border: 1px solid transparent; padding: 1px 8px;
    font-size: @15pt@; }
QPushButton[role="close"]:hover { border-color: @line@; }
QPushButton[role="close"]:focus { border: 2px solid @accent@; padding: 0 7px; }
QPushButton[role="row"] { background: @surface@; border: 1px solid @line@; border-radius: 8px; padding: 10px 14px;
    text-align: left; }
QPushButton[role="row"]:hover { background: @raised@; }
QPushButton[role="row"]:focus { border: 2px solid @accent@; padding: 9px 13px; }
QPushButton[role="choice"]:checked { background: @accent@; color: @on_accent@; border-color: @accent@; }
QPushButton[role="choice"]:checked:focus { border: 2px solid @text@; }
QComboBox, QSpinBox, QLineEdit, QDateEdit { background: @surface@; border: 1px solid @line@; border-radius: 6px;
    padding: 5px 8px; min-height: 1.4em; selection-background-color: @accent@; selection-color: @on_accent@; }
QComboBox:focus, QAbstractSpinBox:focus, QLineEdit:focus { border: 2px solid @accent@; padding-top: 4px;
    padding-bottom: 4px; padding-left: 7px; }
QComboBox { padding-right: 28px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow { image: url("@assets@/down-@name@.svg");
    width: @12px@; height: @12px@; }
QAbstractSpinBox::up-arrow { image: url("@assets@/up-@name@.svg"); width: @12px@; height: @12px@; }
QAbstractSpinBox { padding-right: 26px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 24px; }
QComboBox QAbstractItemView { background: @surface@; color: @text@; border: 1px solid @line@;
    selection-background-color: @accent@; selection-color: @on_accent@; }
QCheckBox { spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox::indicator { width: @16px@; height: @16px@; border: 1px solid @muted@; border-radius: 4px;
    background: @surface@; }
QCheckBox::indicator:checked { background: @accent@; border-color: @accent@; image: url("@assets@/check-@name@.svg"); }
QCheckBox:focus { border-color: @accent@; }
QPlainTextEdit[role="typing"] { background: @surface@; border: 1px solid @line@; padding: 8px; }
QPlainTextEdit { background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 2px;
    selection-background-color: @accent@; selection-color: @on_accent@; }
QPlainTextEdit:focus { border-color: @accent@; }
QTableView { background: @surface@; border: 1px solid @line@; border-radius: 8px; selection-background-color: @accent@;
    selection-color: @on_accent@; alternate-background-color: @raised@; }
QListWidget { background: @surface@; border: 1px solid @line@; border-radius: 8px; padding: 4px;
    selection-background-color: @accent@; selection-color: @on_accent@; }
QListWidget:focus { border: 2px solid @accent@; padding: 3px; }
QListWidget::item { padding: 4px 6px; border-radius: 4px; }
QListWidget::item:selected { background: @accent@; color: @on_accent@; }
QSlider::groove:horizontal { height: 4px; background: @line@; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent@; border-radius: 2px; }
QSlider::handle:horizontal { background: @accent@; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
QSlider:focus { border: 2px solid @accent@; border-radius: 4px; }
QTableView:focus { border: 2px solid @accent@; }
QTableView::item { padding: 0 8px; border: none; }
QHeaderView::section { background: @raised@; color: @muted@; border: none; border-bottom: 1px solid @line@;
    padding: 6px 8px; font-weight: 600; }
QTableCornerButton::section { background: @raised@; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: @line@; border-radius: 5px; min-height: 36px; margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; }
QScrollBar::handle:horizontal { background: @line@; border-radius: 5px; min-width: 36px; margin: 1px; }
QToolTip { background: @surface@; color: @text@; border: 1px solid @line@; padding: 4px; }
"""
