"""Every "no" of escalation, in the sentence that the clerk or the leader reads."""

from shared.refusals import Malformed, NotYours, Refusal


class NotHandling(NotYours):
    """{unit}不承办本案，不能就本案提请协调。"""


class EvidenceMissing(Malformed):
    """请写明提请协调的事由。"""


class NobodyConcerned(Malformed):
    """请至少列明一个涉及的单位。"""


class PartyNamedTwice(Malformed):
    """涉及的单位“{unit}”填写了两次。"""


class AlreadyFlagged(Refusal):
    """本案已有人工提请的协调事项{matter_id}待决定，不必重复提请。"""


class AlreadyDecided(Refusal):
    """协调事项{matter_id}已于{decided_on}作出决定，不能再次决定。"""


class DecisionMissing(Malformed):
    """请写明协调决定的内容。"""


class NewLeadMissing(Malformed):
    """决定改定主办单位的，须写明新的主办单位。"""


class NewLeadNotMeant(Malformed):
    """决定维持现有分工的，不应填写新的主办单位。"""


class AlreadyLeads(Refusal):
    """{unit}已经是本案的主办单位，无须改定。"""


class NotHandedOver(Refusal):
    """本案尚未交办，没有可以改定的主办单位。"""
