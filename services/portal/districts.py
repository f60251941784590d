"""The city's districts as tiles: a map without distances or shapes, one square for each."""

import csv
from dataclasses import dataclass
from pathlib import Path

from shared.contracts.event import UnitCode

DATA = Path(__file__).parent / "data" / "districts.csv"


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a district's square lies: neighbours are neighbours as far as squares allow it."""

    unit: UnitCode
    name: str
    row: int
    column: int


def _tiles() -> dict[UnitCode, Tile]:
    with DATA.open(encoding="utf-8") as file:
        rows = [
            Tile(UnitCode(one["unit"]), one["name"], int(one["row"]), int(one["column"]))
            for one in csv.DictReader(file)
        ]
    return {tile.unit: tile for tile in rows}


TILES = _tiles()
