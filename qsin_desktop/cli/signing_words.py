"""The words of the commands about signatures: sign, timestamp, verify and credential."""

from __future__ import annotations

import argparse
from typing import Any

from qsin_desktop.actions.credentials import AUTHORITY_DAYS, DAYS
from qsin_desktop.cli import credentials, signing, verifying
from qsin_desktop.cli.adding import Adder, everywhere
from qsin_desktop.cli.words import a_path


def add_export_words(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "--sign",
        action="append",
        default=[],
        metavar="[NAME=]P12",
        help="seal, make the final report and sign it; once for each signer, the lead first",
    )
    export.add_argument(
        "--password-file", action="append", type=a_path, metavar="F", help="the password of each --sign"
    )
    export.add_argument(
        "--in-spite-of", default="", metavar="TEXT", help="the reason to seal a visit with open points"
    )
    _help_page(export)


def add_signing(add: Adder) -> None:
    verify = add("verify", verifying.verify, "Tell what a report, a bundle or a visit is worth", visit=False)
    verify.add_argument("file", type=a_path, nargs="?", metavar="FILE")
    verify.add_argument("--visit", type=a_path, metavar="VISIT", help="the visit a report should come from")
    verify.add_argument(
        "--trust", type=a_path, action="append", default=[], metavar="CERT", help="a certificate you trust"
    )
    verify.add_argument(
        "--full", action="store_true", help="look at each signature even where the trail names the file"
    )
    _help_page(verify)
    _add_sign(add)
    stamp = add("timestamp", signing.timestamp, "Add an authority's timestamp to a report", visit=False)
    stamp.add_argument("file", type=a_path, metavar="FILE")
    stamp.add_argument("--authority", required=True, metavar="URL", help="where the authority answers")
    stamp.add_argument("--visit", type=a_path, metavar="VISIT", help="record it in this visit's trail")
    stamp.add_argument("--out", type=a_path, metavar="F", help="write the new file here, not over FILE")


def _help_page(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--help-page", type=a_path, metavar="OUT", help="write the page that says how to verify a report"
    )


def _add_sign(add: Adder) -> None:
    sign = add("sign", signing.sign, "Sign a report")
    sign.add_argument("file", type=a_path, metavar="FILE")
    sign.add_argument(
        "--as", dest="as_", default="", metavar="NAME", help="whose field: a name, a role, or a field’s name"
    )
    sign.add_argument("--p12", type=a_path, metavar="F", help="the credential, a PKCS#12 file")
    sign.add_argument("--password-file", type=a_path, metavar="F", help="its password, on the first line")
    sign.add_argument("--module", type=a_path, metavar="F", help="PKCS#11 module of a card or key fob")
    sign.add_argument("--token", default="", metavar="LABEL", help="which token, where there are several")
    sign.add_argument("--certificate", default="", metavar="LABEL", help="which certificate on it")
    sign.add_argument("--pin-file", type=a_path, metavar="F", help="the token's PIN, on the first line")
    look = sign.add_mutually_exclusive_group()
    look.add_argument("--drawn", type=a_path, metavar="F", help="a drawn signature: strokes as JSON")
    look.add_argument("--picture", type=a_path, metavar="F", help="a picture of a signature, PNG or JPEG")
    look.add_argument("--typed", default="", metavar="TEXT", help="the name as it is to be shown")
    sign.add_argument("--out", type=a_path, metavar="F", help="write the signed file here, not over FILE")


def add_credentials(commands: Any) -> None:
    about = "Make a credential to sign with, or say whom to trust"
    group = commands.add_parser("credential", help=about, description=about, parents=[everywhere()])
    metavar = "new|authority|issue|show|trust|distrust|trusted"
    add = Adder(group.add_subparsers(metavar=metavar, required=True))
    new = add("new", credentials.new, "Make a self-signed credential, which nobody vouches for", visit=False)
    body = add("authority", credentials.authority, "Make the credential of an issuing body", visit=False)
    issue = add("issue", credentials.issue, "Make a credential that the body vouches for", visit=False)
    for parser, days in ((new, DAYS), (body, AUTHORITY_DAYS), (issue, DAYS)):
        parser.add_argument("out", type=a_path, metavar="OUT.p12")
        parser.add_argument("--for", dest="for_", required=True, metavar="NAME", help="whom it is for")
        parser.add_argument("--password-file", type=a_path, metavar="F", help="the new credential's password")
        parser.add_argument("--days", type=int, default=days, metavar="N", help="how long it lasts")
    for parser in (new, issue):
        parser.add_argument("--organisation", default="", metavar="TEXT")
    issue.add_argument("--authority", type=a_path, required=True, metavar="P12", help="the body's credential")
    issue.add_argument("--authority-password-file", type=a_path, metavar="F", help="its password")
    show = add("show", credentials.show, "Tell what a credential or certificate is worth", visit=False)
    show.add_argument("file", type=a_path, metavar="FILE")
    show.add_argument("--password-file", type=a_path, metavar="F")
    trust = add("trust", credentials.trust, "Trust a certificate on this laptop", visit=False)
    trust.add_argument("certificate", type=a_path, metavar="CERT")
    distrust = add("distrust", credentials.distrust, "Do not trust a certificate any more", visit=False)
    distrust.add_argument("fingerprint", metavar="FINGERPRINT")
    add("trusted", credentials.trusted, "The certificates that are trusted on this laptop", visit=False)
