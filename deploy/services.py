"""The six services of an installation: their names for people, and where each listens."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """A service as the people who run it know it."""

    name: str
    title: str
    port: int


SERVICES = {
    service.name: service
    for service in (
        Service("portal", "门户", 8700),
        Service("registry", "基础数据", 8701),
        Service("intake", "收案", 8702),
        Service("assignment", "交办", 8703),
        Service("reply", "答复", 8704),
        Service("escalation", "督办", 8705),
    )
}
