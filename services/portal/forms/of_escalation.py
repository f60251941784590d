"""The acts of escalation as forms: flag a matter for the city, decide it."""

from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Standing


def _is_undecided(standing: Standing) -> str | None:
    return "这个事项已经决定。" if standing.thing["decided_on"] is not None else None


FORMS = (
    Form(
        code="flag",
        act="escalation.flag",
        service="escalation",
        path="/proposals/{proposal_id}/matters",
        title="提请市级协调",
        says="本级难以解决的，写明情况和涉及的单位。",
        about="proposal",
        fields=(
            Field("evidence", "情况", "text", tall=6),
            Field("parties", "涉及的单位", "units"),
        ),
        weight="more",
    ),
    Form(
        code="decide-matter",
        act="escalation.decide",
        service="escalation",
        path="/proposals/{proposal_id}/matters/{matter_id}/decide",
        title="作出协调决定",
        says="决定有约束力，各单位遵照执行；改由他单位主办的，重新计期。",
        about="matter",
        fields=(
            Field("decision", "决定", "text", tall=6),
            Field("effect.kind", "效果", "choice", choices="effects"),
            Field(
                "effect.lead", "新的主办单位", "unit", required=False, hint="改由他单位主办时填写"
            ),
        ),
        hindered=_is_undecided,
        needs_fresh_sign_in=True,
    ),
)
