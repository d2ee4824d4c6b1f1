"""A credential on a smart card or key fob, through the maker's PKCS#11 module; the key never leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509

from qsin_desktop.domain.errors import shown
from qsin_desktop.signing.credentials import Credential, registered
from qsin_desktop.signing.refusals import TokenUnusable

if TYPE_CHECKING:
    from pyhanko.sign import Signer


@dataclass(frozen=True)
class TokenPlace:
    """`label` names the token where the module knows several, `certificate` one of several on it."""

    module: Path
    label: str = ""
    certificate: str = ""

    @property
    def name(self) -> str:
        return self.label or self.module.name


def open_token(place: TokenPlace, pin: str) -> Credential:
    """Looks for the certificate and its key, and lets go of the token again. Raises `TokenUnusable`."""
    with _session(place, pin) as session:
        certificate, label, identifier = _certificate(session, place)
    chain: tuple[x509.Certificate, ...] = ()

    @contextmanager
    def signer() -> Iterator[Signer]:
        from pyhanko.sign.pkcs11 import PKCS11Signer

        with _session(place, pin) as session:
            made = PKCS11Signer(
                session,
                signing_cert=registered_one(certificate),
                key_id=identifier or None,
                key_label=None if identifier else label,
                ca_chain=[],
                use_raw_mechanism=_is_elliptic(certificate),
            )
            yield made

    return Credential(place.name, certificate, chain, signer)


def registered_one(certificate: x509.Certificate) -> Any:
    return next(iter(registered([certificate])))


def _is_elliptic(certificate: x509.Certificate) -> bool:
    from cryptography.hazmat.primitives.asymmetric import ec

    return isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)


@contextmanager
def _session(place: TokenPlace, pin: str) -> Iterator[Any]:
    import pkcs11
    from pkcs11 import exceptions as told

    if not place.module.is_file():
        raise TokenUnusable(
            f"There is no PKCS#11 module “{shown(str(place.module))}”",
            "Give the library that came with the card or key fob (.dll, .so or .dylib).",
        )
    try:
        module = pkcs11.lib(str(place.module))
        tokens = [slot.get_token() for slot in module.get_slots(token_present=True)]
        token = _chosen([t for t in tokens if _initialised(t)], place)
        session = token.open(user_pin=pin)
    except told.PinIncorrect:
        raise TokenUnusable(
            f"The PIN is not that of the token “{shown(place.name)}”",
            "Try again with care: tokens lock themselves after a few wrong ones.",
        ) from None
    except told.PinLocked:
        raise TokenUnusable(
            f"The token “{shown(place.name)}” has locked itself after wrong PINs", "Its issuer can unlock it."
        ) from None
    except (told.PinInvalid, told.PinLenRange, told.PinExpired):
        raise TokenUnusable(
            f"This is no PIN that the token “{shown(place.name)}” takes", "Ask its issuer for a PIN."
        ) from None
    except (told.PKCS11Error, RuntimeError, OSError) as fault:
        raise TokenUnusable(
            f"The token could not be used ({shown(type(fault).__name__)})",
            "Take it out and put it in again, and check that the module is the one that came with it.",
        ) from fault
    try:
        yield session
    except told.PKCS11Error as fault:
        raise TokenUnusable(
            f"The token “{shown(place.name)}” stopped answering ({shown(type(fault).__name__)})",
            "Put it in again and sign once more.",
        ) from fault
    finally:
        session.close()


def _initialised(token: Any) -> bool:
    from pkcs11 import TokenFlag

    return bool(token.flags & TokenFlag.TOKEN_INITIALIZED)


def _chosen(tokens: list[Any], place: TokenPlace) -> Any:
    named = [token for token in tokens if not place.label or str(token.label).strip() == place.label]
    if not tokens:
        raise TokenUnusable("No token is put in", "Put in the card or key fob.")
    if not named:
        raise TokenUnusable(
            f"No token is called “{shown(place.label)}”; there is {_listed([t.label for t in tokens])}",
            "Give one of these names.",
        )
    if len(named) > 1:
        raise TokenUnusable(
            f"Several tokens are put in: {_listed([t.label for t in named])}", "Say which with its name."
        )
    return named[0]


def _certificate(session: Any, place: TokenPlace) -> tuple[x509.Certificate, str, bytes]:
    """The certificate that is named, or the only one with a private key; its label and id on the token."""
    from pkcs11 import Attribute, ObjectClass

    keys = {_id(key) for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    found = []
    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        label = str(one[Attribute.LABEL])
        if (not place.certificate or label == place.certificate) and _id(one) in keys:
            found.append((one[Attribute.VALUE], label, _id(one)))
    if not found:
        what = f"no certificate “{shown(place.certificate)}”" if place.certificate else "no certificate"
        raise TokenUnusable(
            f"The token “{shown(place.name)}” holds {what} with a private key",
            "Its issuer puts one on it.",
        )
    if len(found) > 1:
        raise TokenUnusable(
            f"The token “{shown(place.name)}” holds several: {_listed([f[1] for f in found])}",
            "Say which with the certificate’s name.",
        )
    try:
        return x509.load_der_x509_certificate(bytes(found[0][0])), found[0][1], found[0][2]
    except ValueError:
        raise TokenUnusable(
            f"The certificate on the token “{shown(place.name)}” cannot be read", "Ask its issuer."
        ) from None


def _id(thing: Any) -> bytes:
    from pkcs11 import Attribute

    return bytes(thing[Attribute.ID])


def _listed(names: list[Any]) -> str:
    return ", ".join(f"“{shown(str(name).strip())}”" for name in names)
