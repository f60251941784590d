"""Where things are kept: one folder holds an installation's data, keys and logs."""

from dataclasses import dataclass
from pathlib import Path

from deploy.troubles import Trouble

PROJECT = Path(__file__).resolve().parents[1]
VAR = PROJECT / "var"


class CannotWrite(Trouble):
    """无法在{folder}里写文件（{why}），请检查目录权限和磁盘空间。"""


@dataclass(frozen=True)
class Places:
    """The rooms of one installation's folder; two installations need two folders."""

    root: Path = VAR

    @property
    def kafka(self) -> Path:
        return self.root / "kafka"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def signing_key(self) -> Path:
        return self.keys / "signing.pem"

    @property
    def public_key(self) -> Path:
        return self.keys / "public.pem"

    @property
    def attachments(self) -> Path:
        return self.root / "attachments"

    @property
    def lock(self) -> Path:
        return self.root / "up.lock"

    @property
    def addresses(self) -> Path:
        return self.root / "addresses.json"

    def log(self, name: str) -> Path:
        """Where a process writes what it says."""
        return self.root / "log" / f"{name}.log"

    @classmethod
    def made(cls, root: Path) -> "Places":
        """The rooms under this folder, made where they are not there yet.

        Raises:
            CannotWrite: they cannot be made.
        """
        places = cls(root.absolute())
        places._make()
        return places

    def _make(self) -> None:
        try:
            for folder in (self.root, self.kafka, self.postgres, self.root / "log"):
                folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            self.keys.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CannotWrite(folder=self.root, why=error.strerror) from None
