"""Signs a report from the window, step by step: open the credential, make the final report, sign, record.

run = SigningRun(desk, order, parent);  run.begin();  run.cancel()
`tried`: the place for the final report was tried, and is not to be taken again where it was refused.
Signals: step(str) what goes on now, moved(done, total), signed(SignedFile), refused(Refusal), stopped()
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from qsin_desktop.actions import signing
from qsin_desktop.actions.closing_reasons import kept_reasons
from qsin_desktop.actions.credentials import Credential
from qsin_desktop.actions.outside import CannotWriteThere
from qsin_desktop.actions.reporting import Document, DocumentKind, draw, record_export
from qsin_desktop.actions.signing import SignedFile
from qsin_desktop.background.jobs import IsCancelled, Job
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import Appearance
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.ui.desk import Desk

_OPENING, _MAKING, _SIGNING = "Opening the credential", "Making the final report", "Signing"


@dataclass(frozen=True)
class Order:
    """`make`: the final report is made at `path` first, which seals the visit; else `path` is signed."""

    opener: Callable[[IsCancelled], Credential]
    signer: str
    appearance: Appearance
    path: Path
    make: bool = False
    in_spite_of: str = ""


class SigningRun(QObject):
    step = Signal(str)
    moved = Signal(object, object)
    signed = Signal(object)
    refused = Signal(object)
    stopped = Signal()

    def __init__(self, desk: Desk, order: Order, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._order = desk, order
        self._job: Job | None = None
        self._cancelled = False
        self.tried = False

    def begin(self) -> None:
        self.step.emit(_OPENING)
        opener = self._order.opener
        self._job = self._desk.jobs.run(
            _OPENING,
            lambda _report, _is_cancelled: opener(lambda: self._cancelled),
            done=self._opened,
            refused=self.refused.emit,
            stopped=self.stopped.emit,
        )

    def cancel(self) -> None:
        """What was recorded before stays, as the seal does; no half-made file is left."""
        self._cancelled = True
        if self._job is not None:
            self._job.cancel()

    def _opened(self, credential: Credential) -> None:
        if self._cancelled:
            self.stopped.emit()
        elif self._order.make:
            self._make(credential)
        else:
            self._sign(credential)

    def _make(self, credential: Credential) -> None:
        visit, path = self._desk.visit, self._order.path
        try:
            snapshot = signing.seal_for_signing(
                visit,
                credential,
                to=path,
                in_spite_of=self._order.in_spite_of,
                reasons=kept_reasons(visit),
            )
        except Refusal as refusal:
            self.tried = isinstance(refusal, CannotWriteThere)
            self.refused.emit(refusal)
            return
        sealed = FieldKey("seal", visit.visit_id, "sealed")
        self._desk.feed.tell(Change("", "Seal the visit", (sealed,)), self)
        self.tried = True
        self.step.emit(_MAKING)
        self._job = self._desk.jobs.run(
            _MAKING,
            lambda report, is_cancelled: draw(
                snapshot, DocumentKind.REPORT, path, progress=report, cancelled=is_cancelled
            ),
            done=lambda document: self._made(document, credential),
            refused=self.refused.emit,
            on_progress=lambda done, total, _detail: self.moved.emit(done, total),
            stopped=self.stopped.emit,
        )

    def _made(self, document: Document, credential: Credential) -> None:
        change = self._desk.act(lambda: record_export(self._desk.visit, document), origin=self)
        if self._cancelled or change is None:
            self.stopped.emit()
        else:
            self._sign(credential)

    def _sign(self, credential: Credential) -> None:
        order = self._order
        try:
            job = signing.prepare(
                self._desk.visit,
                order.path,
                signer=order.signer,
                credential=credential,
                appearance=order.appearance,
            )
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        self.step.emit(_SIGNING)
        self._job = self._desk.jobs.run(
            _SIGNING,
            lambda _report, is_cancelled: signing.carry_out(job, cancelled=is_cancelled),
            done=self._done,
            refused=self.refused.emit,
            stopped=self.stopped.emit,
        )

    def _done(self, signed: SignedFile) -> None:
        """The file is signed: what the trail says of it comes at once, also after a late cancel."""
        self._desk.act(lambda: signing.record(self._desk.visit, signed), origin=self)
        self.signed.emit(signed)
