"""Real titles as they come with the program: pairs that people have judged, and others.

The others stand between them, so that a pair is found among as many as a year of a district has.
"""

import csv
from importlib.resources import files

from services.intake.domain.measuring import Graded
from services.intake.domain.resembling import Title
from shared.contracts.event import ProposalId

PAIRS = files("services.intake") / "data" / "similar_pairs.csv"
OTHERS = files("services.intake") / "data" / "real_titles.csv"
SAME = "same-ask"
UNLIKE = "hard-negative"
YEAR = 2024  # the pairs are compared as if they were of one year


def judged_pairs() -> list[Graded]:
    """Each pair in both directions: likeness has none."""
    graded = []
    for row in csv.DictReader(PAIRS.read_text("utf-8").splitlines()):
        one = Title(ProposalId(row["id_a"]), row["title_a"], YEAR)
        other = Title(ProposalId(row["id_b"]), row["title_b"], YEAR)
        same, related = row["grade"] == SAME, row["grade"] != UNLIKE
        graded += [Graded(one, other, same, related), Graded(other, one, same, related)]
    return graded


def other_titles() -> list[Title]:
    """Titles of which nothing was judged."""
    rows = csv.DictReader(OTHERS.read_text("utf-8").splitlines())
    return [Title(ProposalId(row["id"]), row["title"], YEAR) for row in rows]
