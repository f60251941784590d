"""The map of tiles shows the districts that the registry knows, each in a place of its own."""

import csv
from pathlib import Path

from services.portal.districts import TILES

UNITS = Path("services/registry/data/units.csv")
STYLE = Path("services/portal/static/portal.css")


def test_every_district_of_the_registry_has_a_tile() -> None:
    with UNITS.open(encoding="utf-8") as file:
        districts = {
            one["code"]: one["short_name"]
            for one in csv.DictReader(file)
            if one["level"] == "district"
        }

    assert TILES.keys() == districts.keys()
    assert all(districts[code].startswith(tile.name) for code, tile in TILES.items())


def test_no_two_lie_in_the_same_place() -> None:
    assert len({(tile.row, tile.column) for tile in TILES.values()}) == len(TILES)


def test_the_style_knows_every_row_and_column() -> None:
    style = STYLE.read_text("utf-8")

    for tile in TILES.values():
        assert f".at-row-{tile.row} " in style
        assert f".at-column-{tile.column} " in style
