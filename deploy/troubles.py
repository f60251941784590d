"""What can be in the way of starting or operating the system, said in one sentence each."""


class Trouble(Exception):
    """{why}"""

    # The docstring of each subclass is the sentence that the person at the terminal reads;
    # its placeholders are filled from the keyword arguments.

    def __init__(self, **facts: object) -> None:
        super().__init__(" ".join((type(self).__doc__ or "").split()).format(**facts))


class DiskFull(Trouble):
    """磁盘空间不足，{what}无法启动；请清理磁盘后重试。"""
