"""How the papers say no."""

from shared.refusals import Malformed, Refusal, Unknown


class NoChineseFont(Refusal):
    """服务器上没有中文字体，无法排版；请安装 fonts-noto-cjk，或把字体文件放入字体文件夹。"""


class NotADocument(Malformed):
    """“{name}”不是可以使用的 Word 模板（.docx）：{why}。"""


class TemplateNotUnderstood(Malformed):
    """模板“{name}”有一处写法无法理解：{why}。请检查双花括号和标签是否成对。"""


class TemplateOversteps(Malformed):
    """模板“{name}”要做模板不允许做的事：{why}。模板只能填写字段、判断和循环。"""


class TemplateAsksForMore(Malformed):
    """模板“{name}”用到了系统没有的字段：{fields}。"""


class NotASheet(Malformed):
    """“{name}”不是可以读取的 Excel 表格：{why}。"""


class TooManyRows(Malformed):
    """表格有{rows}行，超过Excel一张工作表所能容纳的{most}行；请先筛选再导出。"""


class NoSuchLetter(Unknown):
    """这件提案没有名为“{code}”的文书。"""


class WordsOutOfReach(Refusal):
    """{service}暂时不可用，取不到{what}，请稍后再试。"""

    status = 503


class TooMuchToExport(Malformed):
    """符合条件的超过{most}条，一份表格放不下；请先缩小筛选范围再导出。"""


class NoSuchReport(Unknown):
    """没有这份报告，或者它不是本单位的。"""


class NoSuchSnapshot(Unknown):
    """这份报告没有第{number}稿。"""


class NoSuchTemplate(Unknown):
    """没有这个模板，或者它不是本单位的。"""


class TemplateForNothing(Malformed):
    """请选择这个模板用于哪一种文书。"""
