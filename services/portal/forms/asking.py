"""What forms ask for: fields that several rooms share."""

from services.portal.forms.fields import Field

WHY = Field("why", "理由", "text")
PROPOSER = Field("proposer", "提案人", "choice", choices="proposers", preset="one_proposer")
BY_NAME = "姓名或人员编号"
HINT = "系统登记文件名和校验值，原件由本单位留存"
ATTACHMENTS = Field("attachments", "附件", "files", required=False, hint=HINT)


def paper(*, required: bool) -> tuple[Field, ...]:
    """A signed paper: by whom, when, and its scan."""
    return (
        Field("paper.signed_by", "纸质件签字人", required=required),
        Field("paper.signed_on", "签字日期", "date", required=required),
        Field("paper.scan", "扫描件", "file", required=required, hint=HINT),
    )
