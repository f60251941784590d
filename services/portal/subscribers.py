"""What the portal does when others tell something: fold it, whatever it is, and write it down."""

from collections.abc import Sequence

from services.portal.domain.fold import fold
from services.portal.store.writing import write
from shared.envelope import Heard
from shared.hearing import Ears
from shared.knowing import TOLD_BY
from shared.work import Tx

ears = Ears("portal")


@ears.on_all
async def on_events(heard: Sequence[Heard], tx: Tx) -> None:
    """Every proposal's story, many events at a time; reference facts are kept by the kernel."""
    stories = [one for one in heard if not one.type.startswith(TOLD_BY)]
    if stories:
        await write(tx, fold(stories))
