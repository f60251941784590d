"""Earlier years stand in the archive under old names; advice needs the units of today."""

from services.assignment.domain.remembering import answered_by
from shared.contracts.event import SYSTEM, ProposalId, UnitCode
from shared.contracts.intake import ArchivedReply, ProposalArchived
from tests.domain.assignment.office import EDUCATION, LONGHUA, MONDAY, UNITS


def archived(*leads: str, replies: tuple[ArchivedReply, ...] = ()) -> ProposalArchived:
    return ProposalArchived(
        proposal_id=ProposalId("2019-7"),
        by=SYSTEM,
        on=MONDAY,
        number="20190007",
        year=2019,
        title="增设学位",
        leads=leads,
        replies=replies,
        source="往年台账",
    )


def test_who_replied_and_who_led_each_once() -> None:
    education, longhua = UNITS.name(EDUCATION), UNITS.name(LONGHUA)
    told = archived(
        education, longhua, replies=(ArchivedReply(unit="某局", code=UnitCode(EDUCATION)),)
    )

    assert answered_by(told, known=UNITS) == (EDUCATION, LONGHUA)


def test_a_name_of_no_unit_of_today_advises_nobody() -> None:
    told = archived("人民公社", replies=(ArchivedReply(unit="革命委员会"),))

    assert answered_by(told, known=UNITS) == ()
