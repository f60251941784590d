"""The table of how often advice was followed."""

from deploy.commands.advice import rows_of

YEAR = {"year": 2024, "advised": 8, "first": 4, "among_three": 5, "taken": 6, "changed": 2}
NEXT = {"year": 2025, "advised": 2, "first": 0, "among_three": 1, "taken": 1, "changed": 1}


def test_each_figure_comes_with_its_share() -> None:
    assert rows_of([YEAR]) == [("2024", "8", "4（50%）", "5（62%）", "6（75%）", "2（25%）")]


def test_several_years_are_summed() -> None:
    assert rows_of([YEAR, NEXT])[-1] == (
        "合计",
        "10",
        "4（40%）",
        "6（60%）",
        "7（70%）",
        "3（30%）",
    )
