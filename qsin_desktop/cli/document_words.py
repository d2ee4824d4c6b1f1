"""The words of the commands about report, workbook, their template and the standards pack."""

from __future__ import annotations

from typing import Any

from qsin_desktop.cli import documents, packs, responding, templates
from qsin_desktop.cli.adding import Adder, everywhere
from qsin_desktop.cli.signing_words import add_export_words
from qsin_desktop.cli.words import a_path
from qsin_desktop.domain.responses import AccuracyVerdict, Verdict


def add_documents(add: Adder) -> None:
    export = add("export", documents.export, "Make the report or the findings workbook")
    export.add_argument("--pdf", type=a_path, metavar="F")
    export.add_argument("--xlsx", type=a_path, metavar="F")
    export.add_argument("--final", action="store_true", help="refuse to make a draft")
    add_export_words(export)
    export.add_argument("--template", type=a_path, metavar="DIR", help="the body's report template to use")


def add_responding(add: Adder) -> None:
    responses = add("responses", responding.responses, "Read a returned workbook: look, or take over")
    responses.add_argument("file", type=a_path, metavar="FILE.xlsx")
    which = responses.add_mutually_exclusive_group()
    which.add_argument("--apply", action="store_true", help="take all of it over, as one act")
    which.add_argument("--only", metavar="F-001,F-003", help="take over what concerns these findings")
    responses.add_argument(
        "--evidence", type=a_path, metavar="FOLDER", help="the files that came with it, to be attached"
    )
    answer = add("answer", responding.answer, "Say to the network's answer what the assessors say")
    answer.add_argument("finding", metavar="FINDING")
    answer.add_argument("verdict", choices=[v.value for v in Verdict])
    answer.add_argument("--words", default="", metavar="T")
    accuracy = add("accuracy", responding.accuracy, "Accept or refuse a comment on factual accuracy")
    accuracy.add_argument("finding", metavar="FINDING")
    accuracy.add_argument("verdict", choices=[v.value for v in AccuracyVerdict])
    accuracy.add_argument("--words", default="", metavar="T", help="the reason")


def add_packs(commands: Any) -> None:
    pack = commands.add_parser("pack", help="Check or import a standards pack", parents=[everywhere()])
    add = Adder(pack.add_subparsers(metavar="check|import|list", required=True))
    check = add("check", packs.check, "Name every error of a pack or rule set, with its line", visit=False)
    check.add_argument("file", type=a_path, metavar="FILE")
    bring = add("import", packs.bring_in, "Make a pack from an Excel sheet", visit=False)
    bring.add_argument("sheet", type=a_path, metavar="FILE.xlsx")
    bring.add_argument("out", type=a_path, metavar="OUT.yaml")
    bring.add_argument("--overwrite", action="store_true")
    add("list", packs.listed, "The packs and rule sets that come with the program", visit=False)
    template = add("template", packs.template, "Write the Excel sheet to fill in", visit=False)
    template.add_argument("out", type=a_path, metavar="OUT.xlsx")
    template.add_argument("--overwrite", action="store_true")


def add_templates(commands: Any) -> None:
    template = commands.add_parser(
        "template", help="Make, check or use a body's own report template", parents=[everywhere()]
    )
    add = Adder(template.add_subparsers(metavar="new|check|use|drop", required=True))
    for name, command, help_ in (
        ("new", templates.new, "Write a commented template to begin with"),
        ("check", templates.check, "Name every error of a template, with its line"),
    ):
        add(name, command, help_, visit=False).add_argument("dir", type=a_path, metavar="DIR")
    use = add("use", templates.use, "Draw the visit's report by this template from now on")
    use.add_argument("dir", type=a_path, metavar="DIR")
    add("drop", templates.drop, "Go back to the report's own look")
