"""`kinfolk doctor`: what is here, what is missing, what to do about it."""

import argparse
from dataclasses import asdict

from engine.cli.opening import places_of
from engine.cli.output import put_json, put_table
from engine.doctor import examine
from engine.finding import Finding, Verdict
from engine.words import sentence


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; exit with 1 if something has to be mended first."""
    findings = list(examine(places_of(arguments)))
    if arguments.json:
        put_json([asdict(finding) for finding in findings])
    else:
        rows = ((item.verdict, item.subject, item.detail, _remedy(item)) for item in findings)
        put_table(("", sentence("WHAT"), sentence("FOUND"), sentence("TO DO")), rows)
    return 1 if any(finding.verdict is Verdict.BAD for finding in findings) else 0


def _remedy(finding: Finding) -> str:
    return "" if finding.verdict is Verdict.FINE else finding.remedy
