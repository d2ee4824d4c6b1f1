"""The style sheet for stock widgets: only what Fusion and a palette cannot draw.

A rule for `.QPushButton`, with the dot, leaves our painted buttons alone. The marks inside boxes (arrows,
ticks) are the files of `resources/marks`, since a sheet can show nothing else.
Fonts are never set here (a sheet would override `setFont`), and focus is a thicker edge with the padding
taken back, because Fusion's own focus frame shows as an inner bar once a sheet pads a widget.
"""

from __future__ import annotations

from PySide6.QtGui import QColor

from qsin_desktop.assets import resource
from qsin_desktop.ui.look import Look

_BOXES = "QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox"
_BOX_FOCUS = "QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus"
_BOX_OFF = (
    "QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled,"
    " QAbstractSpinBox:disabled, QComboBox:disabled"
)
_INDICATORS = ", ".join(
    f"{kind}::indicator{{0}}" for kind in (".QCheckBox", "QAbstractItemView", "QMenu", "QGroupBox")
)


def style_sheet(look: Look) -> str:
    """Made anew for each look; lengths are multiplied by the text factor."""
    parts = (_boxes, _buttons, _ticks, _views, _bars, _menus, _tabs)
    return "\n".join(part(look) for part in parts)


def _boxes(look: Look) -> str:
    c, px = look.palette, look.px
    return f"""
{_BOXES} {{ background: {_hex(c.surface)}; color: {_hex(c.text)}; border: 1px solid {_hex(c.control_line)};
  border-radius: {px(8)}px; padding: {px(6)}px {px(9)}px; selection-background-color: {_hex(c.selection)};
  selection-color: {_hex(c.text)}; }}
QPlainTextEdit, QTextEdit {{ padding: {px(7)}px {px(6)}px {px(3)}px {px(6)}px; }}
QComboBox, QAbstractSpinBox {{ padding-right: {px(28)}px; }}
QComboBox, QLineEdit, QAbstractSpinBox {{ min-height: {px(20)}px; }}
{_BOX_FOCUS} {{ border: 2px solid {_hex(c.focus_ring)}; padding: {px(6) - 1}px {px(9) - 1}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{
  padding: {px(7) - 1}px {px(6) - 1}px {px(3) - 1}px {px(6) - 1}px; }}
QComboBox:focus, QAbstractSpinBox:focus {{ padding-right: {px(28) - 1}px; }}
{_BOX_OFF} {{ background: {_hex(c.disabled_surface)}; color: {_hex(c.disabled_text)};
  border-color: {_hex(c.line)}; }}
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] {{
  background: {_hex(c.background)}; border-color: {_hex(c.line)}; }}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus, QPlainTextEdit[bare="true"],
QPlainTextEdit[bare="true"]:focus {{ background: transparent; border: none; padding: 0; min-height: 0; }}
QAbstractItemView QLineEdit, QAbstractItemView QComboBox {{ border-radius: 0; padding: 0 {px(4)}px;
  min-height: 0; }}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: none; background: transparent; width: {px(26)}px; }}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {{ image: {_mark("down", "soft", look)};
  width: {px(14)}px; height: {px(14)}px; }}
QComboBox::down-arrow:disabled {{ image: {_mark("down", "faint", look)}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent;
  width: {px(24)}px; subcontrol-origin: border; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin-top: 2px; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin-bottom: 2px; }}
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow {{ width: {px(11)}px; height: {px(11)}px; }}
QAbstractSpinBox::up-arrow {{ image: {_mark("up", "soft", look)}; }}
QAbstractSpinBox::down-arrow {{ image: {_mark("down", "soft", look)}; }}
QAbstractSpinBox::up-arrow:off {{ image: {_mark("up", "faint", look)}; }}
QAbstractSpinBox::down-arrow:off {{ image: {_mark("down", "faint", look)}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBoxPrivateContainer {{ background: {_hex(c.surface)}; border: none; }}
QComboBox QAbstractItemView {{ background: {_hex(c.surface)}; border: 1px solid {_hex(c.line)};
  padding: {px(4)}px; outline: 0;
  selection-background-color: {_hex(c.accent_wash)}; selection-color: {_hex(c.accent)}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(28)}px; padding: 0 {px(8)}px; border: none;
  border-radius: {px(6)}px; }}
QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:focus {{ border: none;
  background: {_hex(c.accent_wash)}; color: {_hex(c.accent)}; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; min-height: 0; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
"""


def _buttons(look: Look) -> str:
    c, px = look.palette, look.px
    return f"""
.QPushButton {{ background: {_hex(c.surface)}; color: {_hex(c.text)}; border: 1px solid {_hex(c.line)};
  border-radius: {px(8)}px; padding: {px(7)}px {px(14)}px; min-width: {px(56)}px; outline: 0; }}
.QPushButton:hover {{ background: {_hex(c.hover)}; }}
.QPushButton:pressed {{ background: {_hex(c.pressed)}; }}
.QPushButton:default {{ background: {_hex(c.accent)}; color: {_hex(c.on_accent)};
  border-color: {_hex(c.accent)}; }}
.QPushButton:default:hover {{ background: {_hex(c.accent_hover)}; }}
.QPushButton:focus {{ border: 2px solid {_hex(c.focus_ring)}; padding: {px(7) - 1}px {px(14) - 1}px; }}
.QPushButton:default:focus {{ border: 2px solid {_hex(c.text)}; }}
.QPushButton:disabled {{ background: {_hex(c.disabled_surface)}; color: {_hex(c.disabled_text)};
  border-color: {_hex(c.line)}; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {px(6)}px;
  padding: {px(4)}px; outline: 0; }}
QToolButton:hover {{ background: {_hex(c.hover)}; }}
QToolButton:pressed, QToolButton:checked {{ background: {_hex(c.accent_wash)}; }}
QToolButton:focus {{ border-color: {_hex(c.focus_ring)}; }}
"""


def _ticks(look: Look) -> str:
    """Qt heeds the first of two selectors with one dotted class in a rule: each state has its own."""
    c, px = look.palette, look.px
    return f"""
.QCheckBox, .QRadioButton {{ spacing: {px(8)}px; padding: {px(3)}px; border: 1px solid transparent;
  border-radius: {px(6)}px; outline: 0; }}
.QCheckBox:focus, .QRadioButton:focus {{ border-color: {_hex(c.focus_ring)}; }}
.QCheckBox:disabled, .QRadioButton:disabled {{ color: {_hex(c.disabled_text)}; }}
.QRadioButton[informs="true"]:disabled {{ color: {_hex(c.soft_text)}; }}
.QCheckBox::indicator, .QRadioButton::indicator, QAbstractItemView::indicator, QMenu::indicator,
QGroupBox::indicator {{
  width: {px(16)}px; height: {px(16)}px; background: {_hex(c.surface)};
  border: 1px solid {_hex(c.control_line)}; border-radius: {px(4)}px; }}
.QRadioButton::indicator, QMenu::indicator:exclusive {{ border-radius: {px(16) // 2 + 1}px; }}
{_INDICATORS.format(":checked")}, .QRadioButton::indicator:checked {{
  background: {_hex(c.accent)}; border-color: {_hex(c.accent)}; }}
{_INDICATORS.format(":indeterminate")} {{
  background: {_hex(c.accent)}; border-color: {_hex(c.accent)}; }}
{_INDICATORS.format(":checked")} {{ image: {_mark("tick", "on-accent", look)}; }}
{_INDICATORS.format(":indeterminate")} {{ image: {_mark("dash", "on-accent", look)}; }}
.QRadioButton::indicator:checked, QMenu::indicator:exclusive:checked {{
  image: {_mark("dot", "on-accent", look)}; }}
{_INDICATORS.format(":disabled")}, .QRadioButton::indicator:disabled {{ border-color: {_hex(c.line)};
  background: {_hex(c.disabled_surface)}; }}
{_INDICATORS.format(":checked:disabled")}, .QRadioButton::indicator:checked:disabled {{
  background: {_hex(c.control_line)}; }}
QGroupBox {{ border: 1px solid {_hex(c.line)}; border-radius: {px(10)}px; margin-top: {px(10)}px;
  padding: {px(12)}px; }}
QGroupBox::title {{ subcontrol-origin: margin; left: {px(12)}px; padding: 0 {px(4)}px; }}
"""


def _views(look: Look) -> str:
    c, px = look.palette, look.px
    return f"""
QListWidget[rows="true"] {{ background: {_hex(c.surface)}; border: 1px solid {_hex(c.control_line)};
  border-radius: {px(8)}px; padding: {px(4)}px; outline: 0; }}
QListWidget[rows="true"]:focus {{ border: 2px solid {_hex(c.focus_ring)}; padding: {px(4) - 1}px; }}
QListWidget[rows="true"]::item, QListWidget[rows="true"]::item:focus {{ padding: 0 {px(8)}px;
  border: none; border-radius: {px(6)}px; }}
QListWidget[rows="true"]::item:selected {{ background: {_hex(c.accent_wash)}; color: {_hex(c.text)}; }}
QTableView, QTreeView, QListView {{ background: {_hex(c.surface)}; border: none;
  gridline-color: {_hex(c.line)}; outline: 0; selection-background-color: {_hex(c.accent_wash)};
  selection-color: {_hex(c.text)}; alternate-background-color: {_hex(c.background)}; }}
QTableView::item {{ padding: 0 {px(8)}px; border-bottom: 1px solid {_hex(c.line)}; }}
QTableView::item:selected, QListView::item:selected {{ background: {_hex(c.accent_wash)};
  color: {_hex(c.text)}; }}
QTableView::item:focus, QListView::item:focus {{ border: 2px solid {_hex(c.focus_ring)}; }}
QHeaderView {{ background: {_hex(c.surface)}; border: none; }}
QHeaderView::section {{ background: {_hex(c.surface)}; color: {_hex(c.soft_text)}; border: none;
  border-bottom: 1px solid {_hex(c.line)}; padding: {px(6)}px {px(8)}px; }}
QTableCornerButton::section {{ background: {_hex(c.surface)}; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QSplitter::handle {{ background: {_hex(c.line)}; }}
"""


def _bars(look: Look) -> str:
    c, px = look.palette, look.px
    wide, inner = px(12), px(12) // 2 - 2
    return f"""
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {wide}px; }}
QScrollBar:horizontal {{ height: {wide}px; }}
QScrollBar::handle {{ background: {_hex(c.line)}; border-radius: {inner}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {_hex(c.control_line)}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; }}
"""


def _menus(look: Look) -> str:
    c, px = look.palette, look.px
    return f"""
QMenu {{ background: {_hex(c.surface)}; color: {_hex(c.text)}; border: 1px solid {_hex(c.line)};
  padding: {px(5)}px; }}
QMenu::item {{ padding: {px(7)}px {px(26)}px {px(7)}px {px(12)}px; border-radius: {px(6)}px; }}
QMenu::item:selected {{ background: {_hex(c.accent_wash)}; color: {_hex(c.accent)}; }}
QMenu::item:disabled {{ color: {_hex(c.disabled_text)}; }}
QMenu::icon {{ left: {px(8)}px; }}
QMenu::separator {{ height: 1px; background: {_hex(c.line)}; margin: {px(5)}px {px(8)}px; }}
QToolTip {{ background: {_hex(c.text)}; color: {_hex(c.surface)}; border: 1px solid {_hex(c.text)};
  padding: {px(4)}px {px(6)}px; }}
"""


def _tabs(look: Look) -> str:
    c, px = look.palette, look.px
    return f"""
QTabWidget::pane {{ border: none; border-top: 1px solid {_hex(c.line)}; }}
QTabBar {{ outline: 0; }}
QTabBar::tab {{ background: transparent; color: {_hex(c.soft_text)}; padding: {px(8)}px {px(14)}px;
  border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {_hex(c.text)}; }}
QTabBar::tab:selected {{ color: {_hex(c.accent)}; border-bottom-color: {_hex(c.accent)}; }}
QTabBar::tab:focus {{ background: {_hex(c.accent_wash)}; border-radius: {px(6)}px; }}
"""


def _hex(colour: QColor) -> str:
    return colour.name()


def _mark(name: str, ink: str, look: Look) -> str:
    scheme = "dark" if look.palette.dark else "light"
    return f'url("{resource("marks", f"{name}-{ink}-{scheme}.svg").as_posix()}")'
