"""The operating system's keyring as a convenience: it may be missing, locked or forgetful."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Final, Protocol

from qsin_desktop.domain.errors import Refusal

SERVICE: Final = "QSIN Desktop visit"

log = logging.getLogger(__name__)


class KeyringUnavailable(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This computer's keyring cannot be used, so the visit always asks for its passphrase here. "
            "The passphrase works as before."
        )


class SecretShelf(Protocol):
    """Keeps short texts under an account name. `put` raises `KeyringUnavailable`; the others never raise."""

    def put(self, account: str, secret: str) -> None: ...

    def get(self, account: str) -> str | None: ...

    def forget(self, account: str) -> None: ...


class OsKeyring:
    """Windows Credential Manager, the macOS Keychain or a Secret Service, through the `keyring` library."""

    def put(self, account: str, secret: str) -> None:
        try:
            import keyring

            if keyring.get_keyring().priority < 1:  # no keyring at all, or one that writes plain files
                raise KeyringUnavailable
            keyring.set_password(SERVICE, account, secret)
            if keyring.get_password(SERVICE, account) != secret:
                raise KeyringUnavailable
        except KeyringUnavailable:
            raise
        except Exception as fault:
            # Backends raise whatever their system does: D-Bus, COM and Keychain errors of many kinds.
            log.info("keyring not used: %s", type(fault).__name__)
            raise KeyringUnavailable from fault

    def get(self, account: str) -> str | None:
        try:
            import keyring

            return keyring.get_password(SERVICE, account)
        except Exception as fault:  # noqa: BLE001  # as above
            log.info("keyring not read: %s", type(fault).__name__)
            return None

    def forget(self, account: str) -> None:
        with suppress(Exception):  # it may be gone already, or its keyring may be
            import keyring

            keyring.delete_password(SERVICE, account)
