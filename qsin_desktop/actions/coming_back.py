"""A drive that was away is back at its place: the visit is opened anew under the window that has it open."""

from __future__ import annotations

from qsin_desktop.domain.errors import Damage
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.database_state import refuse_torn, tips_in
from qsin_desktop.store.durable import is_folder, is_there
from qsin_desktop.store.faults import PlaceGone
from qsin_desktop.store.folder import VisitFolder, WriterLock
from qsin_desktop.store.looking import look
from qsin_desktop.store.visit_store import VisitStore
from qsin_desktop.store.writer_lock import DriveGone


class ChangedMeanwhile(PlaceGone):
    """What lies there now is not what was open."""

    brief = "changed meanwhile"

    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{title}” is back at its place, but not as it was when its drive went away: somebody else "
            "wrote in it, or its last entries are missing. Nothing was written. Close it, save the words in "
            "the window elsewhere when asked, and open it again."
        )


def come_back(folder: VisitFolder, data_key: DataKey, store: VisitStore, lock: WriterLock) -> None:
    """Take lock and database anew, if the journal ends where it did.

    Raises `DriveGone` while it is away, `ChangedMeanwhile`, `LockedByOther` or a disk's refusal; then nothing
    is written and the next try begins again.
    """
    key = data_key.database_key
    if not is_folder(folder.path) or not is_there(folder.database):
        raise DriveGone(folder.path)
    lock.renew()
    try:
        refuse_torn(folder, data_key, look(folder.database, key, folder.title))
        known = {device: tip.seq for device, tip in store.tips.items()}
        if tips_in(folder.database, key) != known:
            raise ChangedMeanwhile(folder.title)
    except Damage:
        raise ChangedMeanwhile(folder.title) from None
    store.file.connect_anew()
