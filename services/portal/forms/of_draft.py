"""A proposal is written: drafts, and those who sign with one."""

from services.portal.domain import words
from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Standing, upon

KINDS = tuple(words.KINDS.items())
PUT_BY = (
    ("member", "委员"),
    ("party", "民主党派"),
    ("body", "人民团体"),
    ("committee", "专门委员会"),
    ("sector", "界别"),
    ("group", "委员小组"),
)
ATTACHMENTS = Field(
    "attachments", "附件", "files", required=False, parts=("name", "digest"), kept_by="intake"
)
PERSON = Field("person", "人员编号", required=False)
ON_WHOSE_BEHALF = (
    Field("put_by", "提出者", "choice", required=False, choices=PUT_BY),
    Field("body", "单位名称", required=False, hint="党派、团体、专委会等填写"),
    Field("convenor", "召集人", required=False, hint="界别、小组提案填写"),
    Field("sealed", "已加盖公章", "yes", required=False),
)
WISHES = (
    Field("category", "类别", "choice", required=False, choices="categories"),
    Field("suggested_units", "建议的承办单位", "units", required=False, hint="至多三家"),
    Field("wants_publication", "愿意公开", "yes", required=False, preset="yes"),
    ATTACHMENTS,
)
_of_draft = upon("intake", "nothing", "/drafts/{draft_id}", stage="filing", room="drafts")
DRAFT_ID = Field("draft_id", "草稿", "kept")
WRITING = (
    Field(
        "title", "案由", required=False, hint="如：关于加快推进老旧住宅加装电梯的提案", longest=60
    ),
    Field("text", "正文", "text", required=False, tall=16, longest=1500),
    Field("kind", "提出方式", "choice", required=False, choices=KINDS),
    *ON_WHOSE_BEHALF,
    Field(
        "joint",
        "联名人",
        "rows",
        required=False,
        hint="联名提案填写，写姓名即可，同名的再写人员编号；各人另行签名。",
        rows=(Field("name", "姓名", "member"), PERSON),
    ),
    *WISHES,
)


def _draft_words(standing: Standing) -> list[tuple[str, str]]:
    told = standing.told
    return [("案由", str(told.get("title", ""))), ("正文", str(told.get("text", "")))]


FORMS = (
    Form(
        code="begin-draft",
        act="intake.draft",
        service="intake",
        path="/drafts",
        title="起草提案",
        says="先存为草稿，可以随时修改；联名的各自签名以后再提交。",
        about="nothing",
        stage="filing",
        fields=WRITING,
        leads_to=("save-draft", "submit-draft"),
    ),
    _of_draft(
        "save-draft",
        "",
        "draft",
        "继续写草稿",
        "别处也改过的，不会互相覆盖：请先看最新的一稿。",
        DRAFT_ID,
        Field("version", "版本", "kept"),
        *WRITING,
        method="PUT",
        asks="/drafts/{draft_id}",
        version="version",
    ),
    _of_draft(
        "submit-draft",
        "submit",
        "draft",
        "提交草稿",
        "提交以后由提案委审查。",
        DRAFT_ID,
        asks="/drafts/{draft_id}",
        shown=_draft_words,
    ),
    _of_draft(
        "ask-signatures",
        "ask-signatures",
        "draft",
        "请联名人签名",
        "各联名人会在工作台看到，可以同意或者不同意。",
        DRAFT_ID,
        asks="/drafts/{draft_id}",
        shown=_draft_words,
        weight="more",
    ),
    _of_draft(
        "throw-away-draft",
        "",
        "draft",
        "删除草稿",
        "删除以后不能恢复。",
        DRAFT_ID,
        method="DELETE",
        asks="/drafts/{draft_id}",
        shown=_draft_words,
        weight="grave",
    ),
    _of_draft(
        "sign-draft",
        "sign",
        "sign",
        "联名签名",
        "同意以下文字，作为联名提案人。",
        DRAFT_ID,
        asks="/drafts/{draft_id}",
        shown=_draft_words,
    ),
    _of_draft(
        "decline-to-sign",
        "decline",
        "sign",
        "不联名",
        "起草人会看到理由。",
        DRAFT_ID,
        Field("why", "理由", "text", required=False),
        asks="/drafts/{draft_id}",
        shown=_draft_words,
        weight="more",
    ),
)
