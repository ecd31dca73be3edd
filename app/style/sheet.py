"""How controls look: one sheet for the whole window, whose colours are those of the palette."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from app.style.icons import icon
from app.style.theme import DARK, TextSize, set_text_size, theme_in_use

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"

TICK = "tick"
"""Stands in the sheet for the drawing of a tick in the colour that is read on the accent's."""

PRIMARY = "primary"
"""The property of the one button of a page or a dialog that leads on."""

SHEET = f"""
QPushButton, QToolButton {{
    background: palette(button); color: palette(button-text); border: 1px solid palette(mid); border-radius: 6px;
    padding: 4px 10px;
}}
QPushButton {{ qproperty-iconSize: 22px 16px; }}
QToolButton[toolButtonStyle="2"] {{ qproperty-iconSize: 22px 16px; }}
QToolButton {{ padding: 4px 8px; }}
QToolButton[autoRaise="true"] {{ background: transparent; border-color: transparent; padding: 4px 6px; }}
QPushButton:hover, QToolButton:hover {{ background: palette(alternate-base); }}
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {{
    background: palette(alternate-base); border-color: palette(mid);
}}
QPushButton:checked, QToolButton:checked {{ border-color: palette(highlight); }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid palette(highlight); padding: 3px 9px; }}
QToolButton:focus {{ padding: 3px 7px; }}
QToolButton[autoRaise="true"]:focus {{ padding: 3px 5px; }}
QPushButton:disabled, QToolButton:disabled {{ color: palette(placeholder-text); background: transparent; }}
QPushButton[{PRIMARY}="true"], QPushButton:default {{
    background: palette(highlight); color: palette(highlighted-text); border-color: palette(highlight);
}}
QPushButton[{PRIMARY}="true"]:hover, QPushButton:default:hover {{ border-color: palette(text); }}
QPushButton[{PRIMARY}="true"]:focus, QPushButton:default:focus {{ border-color: palette(placeholder-text); }}
QPushButton[{PRIMARY}="true"]:disabled, QPushButton:default:disabled {{
    background: palette(alternate-base); color: palette(placeholder-text); border-color: palette(alternate-base);
}}
QToolButton[popupMode="2"] {{ padding-right: 1.35em; }}
QToolButton::menu-indicator {{
    image: url({(ICONS / "down.svg").as_posix()}); width: 0.8em; height: 0.8em;
    subcontrol-origin: border; subcontrol-position: center right; right: 5px;
}}
QLineEdit {{
    background: palette(base); border: 1px solid palette(mid); border-radius: 6px; padding: 4px 8px;
    selection-background-color: palette(highlight); selection-color: palette(highlighted-text);
}}
QLineEdit:focus {{ border: 2px solid palette(highlight); padding: 3px 7px; }}
QComboBox QLineEdit {{ border: none; padding: 0; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0; }}
QComboBox {{
    background: palette(base); border: 1px solid palette(mid); border-radius: 6px; padding: 4px 1.9em 4px 8px;
}}
QComboBox:hover {{ background: palette(alternate-base); }}
QComboBox:focus {{ border: 2px solid palette(highlight); padding: 3px 1.85em 3px 7px; }}
QComboBox:disabled {{ color: palette(placeholder-text); }}
QComboBox::drop-down {{ border: none; width: 1.6em; }}
QComboBox::down-arrow {{ image: url({(ICONS / "down.svg").as_posix()}); width: 0.9em; height: 0.9em; }}
QAbstractSpinBox {{
    background: palette(base); border: 1px solid palette(mid); border-radius: 6px; padding: 4px 1.9em 4px 8px;
}}
QAbstractSpinBox:focus {{ border: 2px solid palette(highlight); padding: 3px 1.85em 3px 7px; }}
QAbstractSpinBox:disabled {{ color: palette(placeholder-text); }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    background: transparent; border: none; width: 1.6em; subcontrol-origin: border;
}}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-arrow {{ image: url({(ICONS / "up.svg").as_posix()}); width: 0.8em; height: 0.8em; }}
QAbstractSpinBox::down-arrow {{ image: url({(ICONS / "down.svg").as_posix()}); width: 0.8em; height: 0.8em; }}
QDateEdit::drop-down {{
    background: transparent; border: none; width: 1.6em; subcontrol-origin: border; subcontrol-position: center right;
}}
QDateEdit::down-arrow {{ image: url({(ICONS / "down.svg").as_posix()}); width: 0.9em; height: 0.9em; }}
QCheckBox, QRadioButton {{ spacing: 6px; }}
QCheckBox::indicator, QRadioButton::indicator {{
    width: 0.9em; height: 0.9em; background: palette(base); border: 1px solid palette(placeholder-text);
}}
QCheckBox::indicator {{ border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: 0.48em; }}
QCheckBox::indicator:checked {{
    background: palette(highlight); border-color: palette(highlight); image: url({TICK});
}}
QRadioButton::indicator:checked {{
    border: 0.28em solid palette(highlight); border-radius: 0.47em; width: 0.48em; height: 0.48em;
}}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: palette(mid); }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: palette(mid); border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: palette(placeholder-text); }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSlider:horizontal {{ min-height: 22px; }}
QSlider::groove:horizontal {{ height: 4px; background: palette(mid); border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: palette(highlight); border-radius: 2px; }}
QSlider::handle:horizontal {{
    background: palette(base); border: 1px solid palette(placeholder-text); border-radius: 8px;
    width: 14px; margin: -6px 0;
}}
QSlider::handle:horizontal:focus {{ border: 2px solid palette(highlight); width: 12px; }}
QProgressBar {{ background: palette(alternate-base); border: none; border-radius: 4px; }}
QProgressBar::chunk {{ background: palette(highlight); border-radius: 4px; }}
QMenuBar {{ background: palette(window); border: none; }}
QMenuBar::item {{ background: transparent; padding: 5px 10px; border-radius: 4px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: palette(alternate-base); color: palette(text); }}
QMenu {{ background: palette(base); border: 1px solid palette(mid); padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 8px; border-radius: 4px; color: palette(text); }}
QMenu::item:selected {{ background: palette(alternate-base); }}
QMenu::item:disabled {{ color: palette(placeholder-text); }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::indicator {{
    width: 0.9em; height: 0.9em; margin-left: 8px; background: palette(base);
    border: 1px solid palette(placeholder-text); border-radius: 3px;
}}
QMenu::indicator:checked {{ background: palette(highlight); border-color: palette(highlight); image: url({TICK}); }}
QMenu::indicator:exclusive {{ border-radius: 0.48em; }}
QMenu::indicator:exclusive:checked {{
    background: palette(base); border: 0.28em solid palette(highlight); border-radius: 0.47em;
    width: 0.48em; height: 0.48em; image: none;
}}
QMenu::separator {{ height: 1px; background: palette(mid); margin: 4px 8px; }}
QToolTip {{ background: palette(base); color: palette(text); border: 1px solid palette(mid); padding: 4px 6px; }}
QTreeView::item, QTableView::item {{ padding: 4px 6px; }}
QHeaderView::section {{
    background: palette(base); color: palette(placeholder-text); border: none; border-bottom: 1px solid palette(mid);
    padding: 6px 8px;
}}
"""


def install_sheet(application: QApplication) -> None:
    """Give the application the sheet; what fonts a window has, its controls go on to inherit."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
    application.setStyleSheet(_sheet())
    # Controls keep the colours that the sheet gave them: it is given again where those of the palette are others.
    theme_in_use().changed.connect(lambda: application.setStyleSheet(_sheet()))


def _sheet() -> str:
    """Return the sheet for the scheme in use: a sheet cannot colour a drawing as it does what it paints itself."""
    name = "tick_on_dark" if theme_in_use().colours is DARK else "tick_on_light"
    return SHEET.replace(f"url({TICK})", f"url({(ICONS / f'{name}.svg').as_posix()})")


def is_primary(button: QPushButton) -> bool:
    """Say whether a button is the one that leads on."""
    return bool(button.property(PRIMARY) == "true")


def make_primary(button: QPushButton) -> QPushButton:
    """Let a button be seen as the one that leads on, and return it; there is one at most in what is seen at once."""
    button.setProperty(PRIMARY, "true")
    if button.icon().name():
        button.setIcon(icon(button.icon().name(), QPalette.ColorRole.HighlightedText))
    set_text_size(button, TextSize.BODY, QFont.Weight.DemiBold)
    return button
