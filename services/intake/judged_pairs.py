"""The pairs of real titles that people have judged, as they come with the program."""

import csv
from importlib.resources import files

from services.intake.domain.measuring import Graded
from services.intake.domain.resembling import Title
from shared.contracts.event import ProposalId

PAIRS = files("services.intake") / "data" / "similar_pairs.csv"
SAME = "same-ask"
YEAR = 2024  # the pairs are compared as if they were of one year


def judged_pairs() -> list[Graded]:
    """Each pair in both directions: likeness has none."""
    graded = []
    for row in csv.DictReader(PAIRS.read_text("utf-8").splitlines()):
        one = Title(ProposalId(row["id_a"]), row["title_a"], YEAR)
        other = Title(ProposalId(row["id_b"]), row["title_b"], YEAR)
        same = row["grade"] == SAME
        graded += [Graded(one, other, same), Graded(other, one, same)]
    return graded
