"""The settings of one Kafka node, as its properties file says them."""

import json
from pathlib import Path

from deploy.local.ports import LOOPBACK


def settings(broker: int, *, controller: int, data: Path) -> str:
    """The file's text. Java reads such a file as Latin-1, so other letters are escaped."""
    lines = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller}",
        "listeners": f"PLAINTEXT://{LOOPBACK}:{broker},CONTROLLER://{LOOPBACK}:{controller}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{broker}",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": data,
        "auto.create.topics.enable": "false",
        # One node: there is nobody to keep a second copy.
        "offsets.topic.replication.factor": 1,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0,
        # A killed node comes back only when its old registration has expired.
        "broker.session.timeout.ms": 2000,
        "broker.heartbeat.interval.ms": 500,
    }
    return "".join(f"{name}={_escaped(value)}\n" for name, value in lines.items())


def _escaped(value: object) -> str:
    return json.dumps(str(value))[1:-1]


def ports_in(properties: Path) -> tuple[int | None, int | None]:
    """The ports that the node had before, if it was here before."""
    if not properties.exists():
        return None, None
    lines = dict(
        line.partition("=")[::2] for line in properties.read_text(encoding="utf-8").splitlines()
    )
    try:
        broker, controller = lines["listeners"].split(",")
        return int(broker.rpartition(":")[2]), int(controller.rpartition(":")[2])
    except (KeyError, ValueError):
        return None, None
