"""Where a running installation is to be found, written down for the other commands."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
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
            "HUIBAN_HOST": LOOPBACK,
            "HUIBAN_PORT": str(port or self.ports[service]),
            "HUIBAN_SERVICES": ",".join(
                f"{name}={self.url(name)}" for name in self.ports if name != "portal"
            ),
            "PYTHONUNBUFFERED": "1",
            **(self._for_the_portal() if service == "portal" else {}),
        }

    def _for_the_portal(self) -> dict[str, str]:
        """What the portal alone is told: it signs for those who are signed in there."""
        given = {name: value for name, value in os.environ.items() if FOR_SIGN_IN.match(name)}
        return given | {"HUIBAN_SIGNING_KEY": self.signing_key}

    def write(self, places: Places) -> None:
        """Write them down; only the owner may read them, for they hold passwords."""
        places.addresses.unlink(missing_ok=True)
        places.addresses.touch(mode=0o600)
        places.addresses.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


# A service that is broken into finds neither the administrator's password nor the signing key.
ONLY_OURS = re.compile(
    r"DATABASE_URL$|HUIBAN_SIGNING_KEY$|HUIBAN_OIDC_\w+$|HUIBAN_\w+_DATABASE_PASSWORD$"
)
FOR_SIGN_IN = re.compile(r"HUIBAN_OIDC_\w+$")


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
