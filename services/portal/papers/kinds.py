"""The kinds of letters, and how lists and files name them."""

from enum import StrEnum


class Kind(StrEnum):
    """What a letter is; the word stands in its address."""

    HAND_OVER = "hand-over"
    RETURN = "return"
    EXTENSION_WISH = "extension"
    EXTENSION_DECISION = "extension-decision"
    MINUTES = "objection-minutes"
    MEETING_MINUTES = "minutes"
    OPINION = "opinion"
    REPLY = "reply"
    SECOND_REPLY = "second-reply"
    OPINION_FORM = "opinion-form"
    DISCLOSURE = "disclosure"
    REMINDER = "reminder"
    SUPERVISION = "supervision"

    @property
    def says(self) -> str:
        """What an office calls it."""
        return SAYS[self]


SAYS = {
    Kind.HAND_OVER: "交办通知",
    Kind.RETURN: "退办函",
    Kind.EXTENSION_WISH: "延期申请",
    Kind.EXTENSION_DECISION: "延期批复",
    Kind.MINUTES: "异议协调会议纪要",
    Kind.MEETING_MINUTES: "协调会议纪要",
    Kind.OPINION: "会办意见函",
    Kind.REPLY: "答复函",
    Kind.SECOND_REPLY: "再次答复函",
    Kind.OPINION_FORM: "征询意见表",
    Kind.DISCLOSURE: "公开审定意见",
    Kind.REMINDER: "催办单",
    Kind.SUPERVISION: "督办单",
}
# What goes to those who put a proposal; the rest units write to one another.
TO_PROPOSERS = frozenset({Kind.REPLY, Kind.SECOND_REPLY, Kind.OPINION_FORM})
