"""What keeps a file from being signed or a credential from being used, each with its sentence."""

from __future__ import annotations

from qsin_desktop.domain.errors import Refusal, shown

_NOTHING = "Nothing was signed."


class CredentialUnusable(Refusal):
    """`why` goes on after the credential's name."""

    def __init__(self, name: str, why: str, advice: str = "") -> None:
        super().__init__(f"“{shown(name)}” {why}. {_NOTHING}{f' {advice}' if advice else ''}")


class NoCredential(CredentialUnusable):
    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "is not a credential (a PKCS#12 file, mostly ending in .p12 or .pfx), or it is damaged",
            "Choose the file that holds your certificate and its private key.",
        )


class PemGiven(CredentialUnusable):
    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "is a PEM file (a key or certificate written as text), and this program signs with PKCS#12 files",
            "Ask whoever gave it to you for a .p12 or .pfx file that holds certificate and key.",
        )


class WrongPassword(CredentialUnusable):
    def __init__(self, name: str, *, given: bool) -> None:
        if given:
            super().__init__(name, "does not open with this password", "Type it again.")
        else:
            super().__init__(
                name, "is protected by a password and none was given", "Give the password of the file."
            )


class NoPrivateKey(CredentialUnusable):
    def __init__(self, name: str) -> None:
        super().__init__(
            name, "holds no private key, so nothing can be signed with it", "Export it again with its key."
        )


class SeveralKeys(CredentialUnusable):
    def __init__(self, name: str, keys: int) -> None:
        super().__init__(
            name,
            f"holds {keys} private keys, and which one is meant cannot be told",
            "Export the one that you sign with into a file of its own.",
        )


class NotInTime(CredentialUnusable):
    """The certificate has run out, or is not valid yet by this laptop's clock."""


class NotForSigning(CredentialUnusable):
    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "was not issued for signing documents (its key usage allows neither digital signature nor "
            "content commitment)",
            "Ask its issuer for one that was.",
        )


class KeyUnfit(CredentialUnusable):
    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            name,
            what,
            "Ask its issuer for one with an RSA key, or one on a usual elliptic curve (P-256, P-384).",
        )


class TokenUnusable(Refusal):
    def __init__(self, why: str, advice: str) -> None:
        self.why, self.advice = why, advice
        super().__init__(f"{why}. {_NOTHING} {advice}")


class TokenStopped(Refusal):
    def __init__(self) -> None:
        super().__init__(f"The card or key fob was not waited for any longer. {_NOTHING}")


class CannotSign(Refusal):
    """The file or the field takes no signature."""

    def __init__(self, why: str, advice: str = "") -> None:
        super().__init__(f"{why}. {_NOTHING}{f' {advice}' if advice else ''}")


class CannotMakeCredential(Refusal):
    def __init__(self, why: str) -> None:
        super().__init__(f"{why} No credential was made.")


class TimestampFailed(Refusal):
    """`advice` is a sentence of its own."""

    def __init__(self, why: str, advice: str = "") -> None:
        super().__init__(
            f"No timestamp was added: {why}. The file is as it was.{f' {advice}' if advice else ''}"
        )


class TimestampStopped(Refusal):
    def __init__(self) -> None:
        super().__init__("No timestamp was added: it was cancelled. The file is as it was.")
