"""A credential on a token, tried with a token in software that speaks the same language as a card."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from qsin_desktop.actions import credentials, signing, verifying
from qsin_desktop.actions.credentials import PinState, TokenPlace
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.signing import tokens
from tests.signing.conftest import NOW, PASSWORD, Signed, Wallet
from tests.signing.soft_tokens import PIN, Drawer, Token, needs_tokens

pytestmark = needs_tokens


@pytest.fixture(scope="module")
def drawer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawer]:
    with pytest.MonkeyPatch.context() as patch:
        yield Drawer(tmp_path_factory.mktemp("drawer"), patch)


@pytest.fixture(scope="module")
def token(wallet: Wallet, drawer: Drawer) -> Token:
    """Holds the peer assessor's credential."""
    return drawer.make("assessor", wallet.path("peer"), PASSWORD)


def test_the_peer_signs_with_a_token(
    token: Token, signed: Signed, earlier: OpenVisit, wallet: Wallet, tmp_path: Path
) -> None:
    credential = credentials.open_token(TokenPlace(token.module, token.label), PIN, now=NOW)
    assert credential.facts == wallet.open("peer").facts
    out = tmp_path / "r.pdf"
    signing.sign_report(earlier, signed.states[1], signer="peer", credential=credential, out=out)
    verdict = verifying.verify_report(out, trust=[wallet.certificate("body")], now=NOW)
    assert verdict.good, verdict.lines
    assert [s.slot.name for s in verdict.signatures] == ["Lena Lead", "Ada Assessor"]


def test_what_a_token_refuses(token: Token, tmp_path: Path) -> None:
    for place, pin, said in (
        (TokenPlace(token.module, token.label), "999999", "The PIN is not that of the token “assessor”"),
        (TokenPlace(token.module, token.label), "", "wants a PIN, and none was given"),
        (TokenPlace(token.module, "other"), PIN, "No token is called “other”; there is .*“assessor”"),
        (TokenPlace(token.module, token.label, "mine"), PIN, "holds no certificate “mine”"),
        (TokenPlace(tmp_path / "gone.so"), PIN, "There is no PKCS#11 module"),
        (TokenPlace(Path(__file__)), PIN, "“test_tokens.py” is no library that this computer can load"),
    ):
        with pytest.raises(Refusal, match=said) as refused:
            credentials.open_token(place, pin, now=NOW)
        assert "Nothing was signed." in refused.value.sentence


def test_what_is_put_in_is_seen_without_a_pin(token: Token, wallet: Wallet, drawer: Drawer) -> None:
    drawer.make("empty")
    drawer.make("old", wallet.path("old"), PASSWORD, key=False)
    seen = {one.label: one for one in credentials.look_at_tokens(token.module, now=NOW)}
    assert set(seen) >= {"assessor", "empty", "old"}, "and those of other tests in this process"
    assert seen["assessor"].maker == "SoftHSM project"
    (certificate,) = seen["assessor"].certificates
    assert (certificate.facts, certificate.why_not) == (wallet.open("peer").facts, "")
    assert seen["empty"].certificates == ()
    assert "ran out on 31 January 2024" in seen["old"].certificates[0].why_not
    for label in ("empty", "old"):
        with pytest.raises(Refusal, match="holds no certificate with a private key"):
            credentials.open_token(TokenPlace(token.module, label), PIN, now=NOW)
    with pytest.raises(Refusal, match="Several tokens are put in: “"):
        credentials.open_token(TokenPlace(token.module), PIN, now=NOW)


def test_one_of_several_certificates_is_chosen(wallet: Wallet, drawer: Drawer) -> None:
    token = drawer.make("two", wallet.path("peer"), PASSWORD)
    drawer.put("two", wallet.path("network"), PASSWORD, "b2")
    with pytest.raises(Refusal, match="holds several: “"):
        credentials.open_token(TokenPlace(token.module, "two"), PIN, now=NOW)
    for certificate in ("network", "b2"):
        chosen = credentials.open_token(TokenPlace(token.module, "two", certificate), PIN, now=NOW)
        assert chosen.facts.name == "Nell Network"


def test_the_one_that_may_sign_is_meant(wallet: Wallet, drawer: Drawer) -> None:
    """Cards often hold another one for encryption."""
    token = drawer.make("card", wallet.path("peer"), PASSWORD)
    drawer.put("card", wallet.path("body"), PASSWORD, "b2")
    assert credentials.open_token(TokenPlace(token.module, "card"), PIN, now=NOW).facts.name == "Ada Assessor"


def test_tokens_of_one_label_are_told_apart_by_their_number(drawer: Drawer) -> None:
    twins = [drawer.make("twin"), drawer.make("twin")]
    names = [one.name for one in credentials.look_at_tokens(drawer.module, now=NOW) if one.label == "twin"]
    assert len(set(names)) == 2
    with pytest.raises(Refusal, match=f"“{names[0]}”, .*“{names[1]}”.*Say which with its name"):
        credentials.open_token(TokenPlace(drawer.module, twins[0].label), PIN, now=NOW)
    for name in names:
        with pytest.raises(Refusal, match=f"“{name}” holds no certificate"):
            credentials.open_token(TokenPlace(drawer.module, name), PIN, now=NOW)


def test_no_pin_is_no_wrong_pin(token: Token) -> None:
    place = TokenPlace(token.module, token.label)
    with pytest.raises(Refusal, match="none was given"):
        credentials.open_token(place, "", now=NOW)
    seen = credentials.look_at_tokens(token.module, now=NOW)
    assert next(one.pin for one in seen if one.label == token.label) is PinState.FINE


def test_wrong_pins_are_counted_by_the_token(token: Token) -> None:
    place = TokenPlace(token.module, token.label)
    with pytest.raises(Refusal, match="locks itself after a few more wrong ones"):
        credentials.open_token(place, "999999", now=NOW)
    seen = credentials.look_at_tokens(token.module, now=NOW)
    assert next(one.pin for one in seen if one.label == token.label) is PinState.LOW
    credentials.open_token(place, PIN, now=NOW)


def test_a_token_that_is_taken_out_before_it_signs(
    token: Token, drawer: Drawer, signed: Signed, earlier: OpenVisit, tmp_path: Path
) -> None:
    credential = credentials.open_token(TokenPlace(token.module, token.label), PIN, now=NOW)
    drawer.take_out()
    out = tmp_path / "r.pdf"
    with pytest.raises(Refusal, match="No token is put in"):
        signing.sign_report(earlier, signed.states[1], signer="peer", credential=credential, out=out)
    drawer.put_in_again()
    assert not out.exists()
    signing.sign_report(earlier, signed.states[1], signer="peer", credential=credential, out=out)


@pytest.mark.skipif(shutil.which("cc") is None, reason="no compiler: foreign modules not tried")
def test_a_module_that_never_answers_is_not_waited_for(tmp_path: Path) -> None:
    source, library = tmp_path / "m.c", tmp_path / "m.so"
    source.write_text(FOREIGN["hang"], encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-w", "-o", library, source], check=True)
    for act in (
        lambda: credentials.look_at_tokens(library, now=NOW, cancelled=lambda: True),
        lambda: credentials.open_token(TokenPlace(library), PIN, now=NOW, cancelled=lambda: True),
    ):
        with pytest.raises(Refusal, match=r"not waited for any longer. Nothing was signed"):
            act()


def test_signing_with_a_token_can_be_stopped(
    token: Token, signed: Signed, earlier: OpenVisit, tmp_path: Path
) -> None:
    answers = [False]
    place = TokenPlace(token.module, token.label)
    credential = credentials.open_token(place, PIN, now=NOW, cancelled=lambda: answers[0])
    answers[0] = True
    out = tmp_path / "r.pdf"
    with pytest.raises(Refusal, match="not waited for any longer"):
        signing.sign_report(earlier, signed.states[1], signer="peer", credential=credential, out=out)
    assert not out.exists()


FOREIGN = {
    "crash": "__attribute__((constructor)) void f(void) { *(volatile int *)0 = 1; }",
    "hang": "#include <unistd.h>\n__attribute__((constructor)) void f(void) { for (;;) sleep(9); }",
    "quit": "#include <stdlib.h>\n__attribute__((constructor)) void f(void) { _Exit(0); }",
    "chat": '#include <stdio.h>\n__attribute__((constructor)) void f(void) { puts("{}"); fflush(stdout); }',
    "null": "int C_GetFunctionList(void **p) { *p = 0; return 0; }",
}


@pytest.mark.skipif(shutil.which("cc") is None, reason="no compiler: foreign modules not tried")
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("crash", "broke down when it was used"),
        ("hang", "did not answer within 3 seconds"),
        ("quit", "broke down when it was used"),
        ("chat", "is not the module of a card or key fob"),
        ("null", "broke down when it was used"),
    ],
)
def test_a_foreign_library_takes_nothing_with_it(
    what: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is loaded by a child process with a time limit."""
    if what == "hang":
        monkeypatch.setattr(tokens, "SECONDS", 3.0)
    source, library = tmp_path / "m.c", tmp_path / "m.so"
    source.write_text(FOREIGN[what], encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-w", "-o", library, source], check=True)
    with pytest.raises(Refusal, match=said):
        credentials.look_at_tokens(library, now=NOW)
