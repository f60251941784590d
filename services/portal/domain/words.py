"""The words in which facts are shown to people."""

import re

ROLES = {
    "lead": "主办",
    "split": "分办",
    "co_handle": "会办",
    "reference": "参阅",
}
KINDS = {"single": "个人提案", "joint": "联名提案", "collective": "集体提案"}
ORIGINS = {"real": "真实记录", "composed": "组合示例"}
MERGED = {"yes": "并入他案", "no": "未并入他案"}
TIMELY = {"on_time": "按时提交", "late": "逾期提交", "waiting": "尚未提交"}
POSTS = {
    "proposer": "提案人",
    "committee": "工作人员",
    "office": "交办人员",
    "supervision": "督查人员",
    "officer": "经办人",
    "section_head": "科室负责人",
    "deputy": "分管负责人",
    "head": "负责人",
    "leader": "领导",
    "operator": "运维",
    "system": "系统",
}
STATES = {
    "submitted": "待审查",
    "sent_back": "退回修改",
    "declined": "不予立案",
    "turned": "已转办",
    "withdrawn": "已撤案",
    "accepted": "待交办",
    "merged": "并案办理",
    "handling": "办理中",
    "redo": "重新办理",
    "replied": "已答复",
    "rated": "已评价",
    "archived": "往年归档",
    "unrated": "评价未反馈",
}
# What the public and proposers are told of where a proposal stands: few words, and plain ones.
PROGRESS = {
    "submitted": "已收到，正在审查",
    "sent_back": "已退回，请修改后重新提交",
    "declined": "未立案",
    "turned": "未作为提案立案，已转有关方面",
    "withdrawn": "提案人已撤回",
    "accepted": "已立案，等待交办",
    "merged": "与同类提案一并办理",
    "handling": "承办单位正在办理",
    "redo": "正在重新办理",
    "replied": "已答复，请您评价",
    "rated": "已评价",
    "unrated": "已答复，未收到评价",
    "archived": "往年提案，已办结",
}
ADVICE = {
    "accept": "建议立案",
    "decline": "建议不予立案",
    "turn": "建议转办",
    "send_back": "建议退回修改",
    "merge": "建议并案",
}
VERDICTS = {"merge": "须并案", "link": "相关", "neither": "不相同"}
CLOCKS = {
    "sign": "签收",
    "decide": "退办审定",
    "decide_objection": "异议裁定",
    "contact": "首次沟通",
    "opinion": "会办意见",
    "reply": "答复",
    "redo": "再次答复",
    "work": "分解任务",
    "rate": "评价",
    "publish": "公开",
    "meet": "面商",
    "promise": "承诺",
    "supervise": "督办反馈",
    "finding": "整改反馈",
    "matter": "协调决定",
    "carry_out": "协调决定落实",
}
ALARM_CLOCKS = {
    "sign": "签收",
    "return": "退办",
    "decide_return": "退办审定",
    "contact": "首次沟通",
    "opinion": "会办意见",
    "reply": "答复",
    "rate": "评价",
    "redo": "再次答复",
    "publish": "公开",
    "meet": "面商",
    "promise": "承诺",
    "decide_extension": "延期审批",
    "decide_objection": "异议裁定",
    "supervise": "督办反馈",
    "finding": "整改反馈",
    "matter": "协调决定",
    "carry_out": "协调决定落实",
}
CONTACTS = {
    "visit": "走访",
    "call": "电话",
    "meeting": "座谈",
    "letter": "信函",
    "message": "信息",
}
EFFECTS = {"new_lead": "改由他单位主办", "as_it_is": "维持现有分工"}
STAGES = {"before": "办理前", "during": "办理中", "after": "答复后"}
LEVELS_OF_DISAGREEMENT = {"heads": "双方负责人", "office": "交办机关", "leader": "市领导"}
OPENNESS = {"open": "主动公开", "on_request": "依申请公开", "closed": "不予公开"}
LETTERS = {"reply": "答复", "opinion": "会办意见"}
PUBLICATION = {
    "proposed": "已拟定公开属性，等待审定",
    "decided": "公开属性已审定，等待公开",
    "released": "已公开",
    "withdrawn": "已撤回公开",
    "void": "答复已退回重办",
}
FORMS = {"full": "全文", "summary": "摘要"}
FOUND = {"solved": "已经解决", "under_way": "正在落实", "not_solved": "没有解决"}
MEETINGS = {"agreed": "达成一致", "differs": "保留不同意见"}
RATINGS = {"satisfied": "满意", "basically": "基本满意", "dissatisfied": "不满意"}
MEANINGS = {
    "solved": "已解决或基本解决",
    "in_progress": "正在解决或列入计划",
    "not_now": "暂不能解决",
    "for_reference": "留作参考",
}
COORDINATION_RULES = {
    "repeated-returns": "多次退办",
    "silent-district": "外区会办单位逾期未反馈",
    "several-districts": "涉及多个区",
    "contradiction": "主办与会办意见相左",
    "beyond-powers": "超出区级权限",
    "third-round": "多轮办理仍不满意",
    "blocked-promise": "承诺事项受阻",
    "by-hand": "人工提请",
}
EFFECTS = {
    "new_lead": "改定主办",
    "new_role": "调整角色",
    "new_date": "调整期限",
    "ask": "提请支持",
    "as_it_is": "维持现有分工",
}
ACTIVITIES = {"research": "调研", "talk": "座谈", "visit": "走访", "meeting": "会议"}
CHANNELS = {
    "mail": "电子邮件",
    "wecom": "企业微信",
    "dingtalk": "钉钉",
    "feishu": "飞书",
    "webhook": "外部系统",
}
MASKED = {
    "identity": "身份证号",
    "card": "银行卡号",
    "phone": "电话",
    "mail": "电子邮件",
    "address": "住址",
}
PARKED = {"refused": "对方拒收", "behind": "在它之后等候"}
# What a service answers, for people: other names stand for themselves.
ANSWERS = {
    "local": "本地例外",
    "authorization": "密钥（只显示这一次，请妥善保存）",
    "cases": "相似的提案",
    "title": "案由",
    "number": "案号",
    "year": "年度",
    "session": "届次",
    "why": "为什么相似",
    "score": "相似程度",
    "state": "状态",
    "common": "共同的词",
    "days": "读出的日子",
    "day": "日期",
    "works": "上班",
    "name": "名称",
    "findings": "请核对",
    "says": "说明",
    "row": "行",
    "column": "列",
    "total": "行数",
    "checked": "已检查",
    "faults": "错误",
    "hints": "提示",
    "file_name": "文件",
    "draft_id": "草稿编号",
    "version": "版本",
    "import_id": "导入编号",
}
# By what the ledger counts beside proposals.
COUNTED_BY = {
    "parts": "单位{}家次",
    "replies": "答复{}份",
    "forms": "评价表{}份",
}
LEVELS = {"city": "市级单位", "district": "区级政府", "section": "区直部门", "street": "街道办事处"}
FIGURES = {
    "received": "收到提案",
    "answering": "主办、承办、分办件",
    "co_handling": "会办件",
    "key": "重点提案",
    "merged": "并入他案办理",
    "answers_owed": "应答复和报意见",
    "answered": "已答复和报意见",
    "answered_on_time": "其中按时",
    "replies": "发出答复",
    "by_class": "办理结果类别",
    "redone": "重新办理",
    "ratings": "提案人评价",
    "promises_made": "承诺事项",
    "promises_kept": "已兑现承诺",
    "conversion_rate": "成果转化率",
    "coordination_flagged": "提请市级协调",
    "coordination_decided": "其中已决定",
    "returned": "申请退办",
    "contacts": "与提案人沟通",
    "handed_down": "分解任务",
}


def word(words: dict[str, str], key: str | None) -> str:
    """The word for a key; a key that this version does not know yet stands for itself."""
    return "" if key is None else words.get(key, key)


RULE = re.compile(r"(?P<set>[\w-]+)@(?P<edition>\d+)(?: (?P<clock>\w+)(?::(?P<kind>\w+))?)?")
CALENDAR = re.compile(r"[A-Z]{2}-(?P<year>\d{4})@(?P<edition>\d+)")
KINDS_OF_CLOCKS = {"key": "重点提案", "joint": "联名提案"}


def rule_text(rule: str) -> str:
    """Where in which rule set a deadline stands, as people say it."""
    if (found := RULE.fullmatch(rule)) is None:
        return rule
    text = f"规则集{found['set']}第{found['edition']}版"
    if found["clock"]:
        kind = f"（{word(KINDS_OF_CLOCKS, found['kind'])}）" if found["kind"] else ""
        text += f"“{word(ALARM_CLOCKS | {'inner_margin': '内部时限'}, found['clock'])}{kind}”"
    return text


def calendar_text(calendar: str) -> str:
    """Which announcement of holidays a deadline was counted by."""
    return CALENDAR.sub(lambda found: f"{found['year']}年日历第{found['edition']}版", calendar)
