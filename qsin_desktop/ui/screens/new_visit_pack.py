"""What a new visit is judged against: a standards pack, shipped or from a file, and a rule set."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QListWidget, QWidget

from qsin_desktop.actions.choosing import find_pack, rules_for, shipped_packs
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import Pack, RollUp, Rules, Tone
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import secondary
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.words import count, joined
from qsin_desktop.ui.workplace import Workplace

_ROLL_UPS = {
    RollUp.WORST: "The network takes the worst rating of its sites, unless it is set with a reason.",
    RollUp.MAJORITY: "The network takes the rating that most sites have, unless it is set with a reason.",
    RollUp.NONE: "The network is always rated by itself.",
}


class PackCard(Card):
    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("The standards", padding=20, parent=parent)
        self._workplace = workplace
        self._packs: list[Pack] = [find_pack(choice.id) for choice in shipped_packs()]
        self.box = QComboBox(self)
        self.box.addItems([pack.title for pack in self._packs])
        self.browse = secondary("From a file…", "folder-open", self)
        self.browse.clicked.connect(self._browse)
        self.rules = QComboBox(self)
        self.pack_field = Field("Standards pack", self.box, parent=self)
        self.rules_field = Field("Rules", self.rules, parent=self)
        self.errors = QListWidget(self)
        self.errors.setAccessibleName("Errors in the file")
        self.errors.setMaximumHeight(look_of().px(150))
        self.errors.setWordWrap(True)
        self.errors.hide()
        self.notice = NoticeBox(Tone.PARTLY, "", "", self)
        self._lay_out()
        self.box.currentIndexChanged.connect(lambda _index: self._show_pack())
        self.rules.currentIndexChanged.connect(lambda _index: self._show_rules())
        self._show_pack()

    def _lay_out(self) -> None:
        self.body.setSpacing(14)
        self.body.addWidget(self.pack_field)
        self.body.addLayout(row(self.browse, 1))
        for widget in (self.errors, self.notice, self.rules_field):
            self.body.addWidget(widget)

    @property
    def pack(self) -> Pack:
        return self._packs[self.box.currentIndex()]

    @property
    def chosen_rules(self) -> Rules:
        return rules_for(self.pack)[max(0, self.rules.currentIndex())]

    def _show_pack(self) -> None:
        pack = self.pack
        size = (
            f"{count(len(pack.standards), 'standard')}, {count(len(pack.criteria), 'criterion', 'criteria')}"
        )
        self.pack_field.set_hint(joined(f"Edition {pack.edition}", size))
        self.notice.set_words("An outline" if pack.outline else "To be known", pack.notice)
        self.notice.setVisible(bool(pack.notice))
        self.rules.clear()
        self.rules.addItems([rules.title for rules in rules_for(pack)])

    def _show_rules(self) -> None:
        rules = self.chosen_rules
        scale = ", ".join(point.label for point in rules.scale)
        self.rules_field.set_hint(f"{scale}. {_ROLL_UPS[rules.roll_up]}")

    def _browse(self) -> None:
        kinds = "Standards packs (*.yaml *.yml);;All files (*)"
        path = self._workplace.asking.file(self, "Standards pack", "pack", kinds)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Checked beside the person's work; what is wrong with it is listed by line."""
        self.pack_field.accept()
        self.errors.hide()
        self.browse.setEnabled(False)
        self._workplace.jobs.run(
            f"Checking “{path.name}”",
            lambda _report, _is_cancelled: find_pack(path),
            done=self._took,
            refused=self._refused,
        )

    def _took(self, pack: Pack) -> None:
        self.browse.setEnabled(True)
        self._packs.append(pack)
        self.box.addItem(pack.title)
        self.box.setCurrentIndex(self.box.count() - 1)

    def _refused(self, refusal: Refusal) -> None:
        self.browse.setEnabled(True)
        errors = tuple(str(error) for error in getattr(refusal, "errors", ()))
        self.pack_field.refuse(refusal.sentence)
        self.errors.clear()
        self.errors.addItems([error[:1].upper() + error[1:] for error in errors])
        self.errors.setVisible(len(errors) > 1)
        self.browse.setFocus()
