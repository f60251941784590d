"""Where a running installation is to be found, written down for the other commands."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deploy.local.locks import is_held
from deploy.local.ports import LOOPBACK
from deploy.places import Places
from deploy.troubles import Trouble


class NotUp(Trouble):
    """会办没有在运行（{folder}）；请先在另一个窗口运行 huiban up，或设置环境变量 {names}。"""


@dataclass(frozen=True)
class Addresses:
    """What one must know to talk to an installation: its parts, its services, its keys."""

    kafka: str
    admin_database: str
    databases: Mapping[str, str]
    ports: Mapping[str, int]
    signing_key: str
    public_key: str
    city: str = ""
    demo: bool = False
    store: str = ""
    mail: str = ""
    sign_in: Mapping[str, str] = field(default_factory=dict)

    def url(self, service: str) -> str:
        """A service's address."""
        return f"http://{LOOPBACK}:{self.ports[service]}"

    def environment(self, service: str, *, port: int | None = None) -> dict[str, str]:
        """What a process of this service is told, besides what we were told ourselves."""
        ours = {name: value for name, value in os.environ.items() if not ONLY_OURS.match(name)}
        return ours | {
            "DATABASE_URL": self.databases[service],
            "KAFKA_BOOTSTRAP_SERVERS": self.kafka,
            "HUIBAN_CITY": self.city,
            "HUIBAN_DEMO": "1" if self.demo else "0",
            "HUIBAN_PUBLIC_KEY": self.public_key,
            "HUIBAN_STORE": ours.get("HUIBAN_STORE") or self.store,
            "HUIBAN_CLAMD": ours.get("HUIBAN_CLAMD", ""),
            "HUIBAN_FONTS": ours.get("HUIBAN_FONTS", ""),
            "HUIBAN_HOST": LOOPBACK,
            "HUIBAN_PORT": str(port or self.ports[service]),
            "HUIBAN_SERVICES": ",".join(
                f"{name}={self.url(name)}" for name in self.ports if name != "portal"
            ),
            "HUIBAN_PORTAL_URL": ours.get("HUIBAN_PORTAL_URL") or self.url("portal"),
            "PYTHONUNBUFFERED": "1",
            **self._for_one(service),
        }

    def _for_one(self, service: str) -> dict[str, str]:
        """What one service alone is told: the portal signs for people, escalation sends mail."""
        given = {
            name: value
            for name, value in os.environ.items()
            if service in FOR_ONE and FOR_ONE[service].match(name)
        }
        match service:
            case "portal":
                return given | {**self.sign_in, "HUIBAN_SIGNING_KEY": self.signing_key}
            case "escalation" if self.mail:
                return given | {"HUIBAN_SMTP_URL": self.mail}
            case _:
                return given

    def write(self, places: Places) -> None:
        """Write them down; only the owner may read them, for they hold passwords."""
        places.addresses.unlink(missing_ok=True)
        places.addresses.touch(mode=0o600)
        places.addresses.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


# A service that is broken into finds neither the administrator's password nor the signing key.
FOR_ONE = {
    "portal": re.compile(r"HUIBAN_OIDC_\w+$"),
    "escalation": re.compile(r"HUIBAN_(SMTP|WECOM|DINGTALK|FEISHU|WEBHOOK)_URL$|HUIBAN_MAIL_FROM$"),
}
ONLY_OURS = re.compile(
    r"DATABASE_URL$|HUIBAN_SIGNING_KEY$|HUIBAN_\w+_DATABASE_PASSWORD$|"
    + "|".join(one.pattern for one in FOR_ONE.values())
)


def of_running(root: Path) -> Addresses:
    """Where the installation of this folder is now.

    Raises:
        NotUp: nobody runs it.
    """
    places = Places(root)
    try:
        if is_held(places.lock):
            return Addresses(**json.loads(places.addresses.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        pass
    raise NotUp(folder=root, names="DATABASE_URL 和 KAFKA_BOOTSTRAP_SERVERS")
