"""What the questions and commands of all subjects have in common."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query

from shared.contracts.event import PersonId, UnitCode

Code = Annotated[UnitCode, Path(pattern=r"^[A-Z][0-9]{2,4}$")]
Person = Annotated[PersonId, Path(pattern=r"^[A-Za-z0-9._-]{1,60}$")]
Text = Annotated[str, Query(max_length=200)]
OnDay = Annotated[date, Query()]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=100_000)]
