"""Lists come in: brought, checked, confirmed."""

from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Standing

IMPORT_ID = Field("import_id", "导入", "kept")


def _import_words(standing: Standing) -> list[tuple[str, str]]:
    told = standing.told
    return [
        ("文件", str(told.get("file_name", ""))),
        ("行数", f"{told.get('total', 0)}行，已检查{told.get('checked', 0)}行"),
        ("问题", f"{told.get('faults', 0)}处错误，{told.get('hints', 0)}处提示"),
        *(
            (f"第{one['row']}行{one['column']}", str(one["says"]))
            for one in told.get("findings", ())
        ),
    ]


FORMS = (
    Form(
        code="bring-import",
        act="intake.import",
        service="intake",
        path="/imports",
        title="导入表格",
        says="先检查，再确认；确认之前什么都不写入。",
        about="nothing",
        stage="filing",
        room="imports",
        fields=(
            Field(
                "kind",
                "内容",
                "choice",
                choices=(("hand_over", "提案及交办清单"), ("archive", "往年档案")),
            ),
            Field("file", "表格文件", "file", parts=("name",), hint="xlsx、xls、ods 或 csv"),
        ),
        sends="file",
        leads_to=("check-import",),
    ),
    Form(
        code="check-import",
        act="intake.import",
        service="intake",
        path="/imports/{import_id}/check",
        title="检查导入",
        says="逐行检查，什么都不写入。",
        about="nothing",
        stage="filing",
        room="imports",
        fields=(IMPORT_ID,),
        asks="/imports/{import_id}",
        shown=_import_words,
        leads_to=("check-import", "confirm-import"),
    ),
    Form(
        code="confirm-import",
        act="intake.import",
        service="intake",
        path="/imports/{import_id}/confirm",
        title="确认导入",
        says="按检查过的内容写入。",
        about="nothing",
        stage="filing",
        room="imports",
        fields=(IMPORT_ID, Field("digest", "摘要", "kept")),
        asks="/imports/{import_id}",
        shown=_import_words,
        weight="grave",
    ),
)
