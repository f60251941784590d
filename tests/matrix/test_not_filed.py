"""Not filed: advised on, declined, turned into something else."""

from tests.matrix.living import CASE, OTHER, committee, lived, meanwhile, submitted
from tests.story.office import LI, WANG
from tests.world import World

LIFE = (
    *meanwhile(submitted(CASE, "增开社区巴士", WANG), submitted(OTHER, "开通夜间巴士", LI)),
    committee("categorise", {"category": "经济"}),
    committee("advise", {"advice": "decline", "why": "内容重复"}),
    committee("decline", {"reason_code": "secret"}),
    committee("turn", {"into": "opinion", "why": "属社情民意"}, proposal_id=OTHER),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
