"""What is asked of a card or key fob, in the child process that has loaded the maker's module.

A module is a foreign program's part: it may crash, hang or print, and then takes only the child with it.
"""

from __future__ import annotations

import asyncio
import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from qsin_desktop.domain.errors import shown
from qsin_desktop.signing.certificates import is_authority, may_sign
from qsin_desktop.signing.credentials import as_asn1
from qsin_desktop.signing.refusals import TokenUnusable
from qsin_desktop.signing.token_place import PinState, TokenPlace

_OWN_MODULE = "Give the library that came with the card or key fob (.dll, .so or .dylib)."


class Found(NamedTuple):
    """A certificate on a token; `label` and `identifier` name it and its key there."""

    certificate: x509.Certificate
    label: str
    identifier: bytes


def tokens_of(path: Path) -> list[dict[str, Any]]:
    """All that is put in, without a PIN: names, makers, how the PIN stands, certificates to sign with."""
    tokens = _tokens(path)
    return [
        {
            "label": _label(token),
            "name": name,
            "maker": str(token.manufacturer_id).strip(),
            "pin": _pin_state(token).value,
            "certificates": [
                {"label": found.label, "identifier": found.identifier.hex(), "der": _der(found).hex()}
                for found in _public_certificates(token)
            ],
        }
        for token, name in zip(tokens, _names(tokens), strict=True)
    ]


def certificate_on(place: TokenPlace, pin: str) -> Found:
    """Logs in, and looks for the certificate and its key."""
    with _session(place, pin) as session:
        return _certificate(session, place)


def signature_by(place: TokenPlace, pin: str, found: Found, data: bytes, digest: str) -> bytes:
    """Of these bytes, by the key that stays on the token."""
    from pyhanko.sign.pkcs11 import PKCS11Signer

    with _session(place, pin) as session:
        signer = PKCS11Signer(
            session,
            signing_cert=as_asn1(found.certificate),
            key_id=found.identifier or None,
            key_label=None if found.identifier else found.label,
            ca_chain=[],
            use_raw_mechanism=isinstance(found.certificate.public_key(), ec.EllipticCurvePublicKey),
        )
        return asyncio.run(signer.async_sign_raw(data, digest))


# ---- the module and the token ---------------------------------------------------------------------------


def _module(path: Path) -> Any:
    import pkcs11

    if not path.is_file():
        raise TokenUnusable(f"There is no PKCS#11 module “{shown(str(path))}”", _OWN_MODULE)
    try:
        library = ctypes.CDLL(str(path))
    except OSError as fault:
        why = f"“{shown(path.name)}” is no library that this computer can load"
        raise TokenUnusable(why, _OWN_MODULE) from fault
    if not hasattr(library, "C_GetFunctionList"):
        why = f"“{shown(path.name)}” is not the module of a card or key fob (PKCS#11)"
        raise TokenUnusable(why, _OWN_MODULE)
    return pkcs11.lib(str(path))


def _tokens(path: Path) -> list[Any]:
    from pkcs11 import TokenFlag
    from pkcs11 import exceptions as told

    try:
        tokens = [slot.get_token() for slot in _module(path).get_slots(token_present=True)]
    except (told.PKCS11Error, RuntimeError, OSError) as fault:
        raise _unusable(fault) from fault
    return [token for token in tokens if token.flags & TokenFlag.TOKEN_INITIALIZED]


@contextmanager
def _session(place: TokenPlace, pin: str) -> Iterator[Any]:
    from pkcs11 import exceptions as told

    token = _chosen(_tokens(place.module), place)
    name = shown(place.label or _label(token))
    given = _pin_for(token, pin, name)
    try:
        session = token.open(user_pin=given)
    except told.PinIncorrect:
        raise _wrong_pin(place, name) from None
    except told.PinLocked:
        raise _locked(name) from None
    except (told.PinInvalid, told.PinLenRange, told.PinExpired):
        raise TokenUnusable(
            f"This is no PIN that the token “{name}” takes", "Ask its issuer for a PIN."
        ) from None
    except (told.PKCS11Error, RuntimeError, OSError) as fault:
        raise _unusable(fault) from fault
    try:
        yield session
    except told.PKCS11Error as fault:
        raise TokenUnusable(
            f"The token “{name}” stopped answering ({shown(type(fault).__name__)})",
            "Put it in again and sign once more.",
        ) from fault
    finally:
        session.close()


def _unusable(fault: Exception) -> TokenUnusable:
    return TokenUnusable(
        f"The token could not be used ({shown(type(fault).__name__)})",
        "Take it out and put it in again, and check that the module is the one that came with it.",
    )


def _pin_for(token: Any, pin: str, name: str) -> Any:
    """A reader with keys of its own asks for the PIN itself; to any other an empty one is a wrong one."""
    from pkcs11 import PROTECTED_AUTH, TokenFlag

    if pin:
        return pin
    if token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH:
        return PROTECTED_AUTH
    raise TokenUnusable(f"The token “{name}” wants a PIN, and none was given", "Give its PIN.")


def _wrong_pin(place: TokenPlace, name: str) -> TokenUnusable:
    """The token says itself how near it is to locking itself."""
    state = _pin_state(_chosen(_tokens(place.module), place))
    if state is PinState.LOCKED:
        return _locked(name)
    advice = {
        PinState.LAST: "Do not guess: one more wrong PIN locks it, and only its issuer can help then.",
        PinState.LOW: "Try again with care: it locks itself after a few more wrong ones.",
    }.get(state, "Try again with care: tokens lock themselves after a few wrong ones.")
    return TokenUnusable(f"The PIN is not that of the token “{name}”", advice)


def _locked(name: str) -> TokenUnusable:
    return TokenUnusable(
        f"The token “{name}” has locked itself after wrong PINs", "Its issuer can unlock it."
    )


def _pin_state(token: Any) -> PinState:
    from pkcs11 import TokenFlag

    for flag, state in (
        (TokenFlag.USER_PIN_LOCKED, PinState.LOCKED),
        (TokenFlag.USER_PIN_FINAL_TRY, PinState.LAST),
        (TokenFlag.USER_PIN_COUNT_LOW, PinState.LOW),
    ):
        if token.flags & flag:
            return state
    return PinState.FINE


def _label(token: Any) -> str:
    return str(token.label).strip()


def _names(tokens: list[Any]) -> list[str]:
    """What each is named by: its label, or its serial number where it has none or several bear the same."""
    labels = [_label(token) for token in tokens]
    return [
        label if label and labels.count(label) == 1 else token.serial.decode("utf-8", "replace").strip()
        for token, label in zip(tokens, labels, strict=True)
    ]


def _chosen(tokens: list[Any], place: TokenPlace) -> Any:
    if not tokens:
        raise TokenUnusable("No token is put in", "Put in the card or key fob.")
    names = _names(tokens)
    for known in (names, [_label(token) for token in tokens]):
        named = [token for token, name in zip(tokens, known, strict=True) if place.label in ("", name)]
        if len(named) == 1:
            return named[0]
    if not named:
        raise TokenUnusable(
            f"No token is called “{shown(place.label)}”; there is {_listed(names)}",
            "Give one of these names.",
        )
    raise TokenUnusable(f"Several tokens are put in: {_listed(names)}", "Say which with its name.")


# ---- what is on it --------------------------------------------------------------------------------------


def _public_certificates(token: Any) -> list[Found]:
    """Those that are shown without a PIN, but for issuing bodies'; some tokens show none."""
    from pkcs11 import exceptions as told

    try:
        with token.open() as session:
            return [one for one in _all_certificates(session) if not is_authority(one.certificate)]
    except (told.PKCS11Error, RuntimeError, OSError):
        return []


def _all_certificates(session: Any) -> list[Found]:
    from pkcs11 import Attribute, ObjectClass

    found = []
    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            certificate = x509.load_der_x509_certificate(bytes(one[Attribute.VALUE]))
        except ValueError:
            continue
        found.append(Found(certificate, str(one[Attribute.LABEL]), bytes(one[Attribute.ID])))
    return found


def _certificate(session: Any, place: TokenPlace) -> Found:
    """The certificate that is named, or the only one with a private key that may sign."""
    from pkcs11 import Attribute, ObjectClass

    keys = {
        bytes(key[Attribute.ID]) for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
    }
    name = shown(place.name)
    wanted = ("", place.certificate)
    found = [
        one
        for one in _all_certificates(session)
        if one.identifier in keys and (one.label in wanted or place.certificate in ("", one.identifier.hex()))
    ]
    if not found:
        what = f"no certificate “{shown(place.certificate)}”" if place.certificate else "no certificate"
        raise TokenUnusable(
            f"The token “{name}” holds {what} with a private key", "Its issuer puts one on it."
        )
    fit = [one for one in found if may_sign(one.certificate)]
    if len(fit) == 1:
        return fit[0]
    if len(found) > 1:
        raise TokenUnusable(
            f"The token “{name}” holds several: {_listed([one.label for one in found])}",
            "Say which with the certificate’s name.",
        )
    return found[0]


def _der(found: Found) -> bytes:
    return found.certificate.public_bytes(Encoding.DER)


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{shown(name.strip())}”" for name in names)
