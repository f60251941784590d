"""What the surroundings must tell a service before it can start."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment; the names are the same in docker-compose.yml and locally."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str
    kafka_bootstrap_servers: str
    huiban_public_key: Path
    huiban_city: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    huiban_demo: bool = False
    huiban_host: str = "127.0.0.1"
    huiban_port: int = 8700
    huiban_services: str = Field(
        default="registry=http://127.0.0.1:8701,intake=http://127.0.0.1:8702,"
        "assignment=http://127.0.0.1:8703,reply=http://127.0.0.1:8704,"
        "escalation=http://127.0.0.1:8705",
        pattern=r"^([a-z]+=https?://[^,\s]+)(,[a-z]+=https?://[^,\s]+)*$",
    )

    huiban_portal_url: str = "http://127.0.0.1:8700"
    huiban_smtp_url: str = ""
    huiban_mail_from: str = "huiban@localhost"
    huiban_wecom_url: str = ""
    huiban_dingtalk_url: str = ""
    huiban_feishu_url: str = ""
    huiban_webhook_url: str = ""

    # The folder of the fonts that the office has licences for; papers are set with them first.
    huiban_fonts: str = ""

    huiban_store: str = ""
    huiban_clamd: str = Field(default="", pattern=r"^$|^[^:]+:\d+$")

    # Told to the portal alone: it signs for those who are signed in there.
    huiban_signing_key: Path | None = None
    # The city's own sign-in, if there is one; where the portal is found from outside, for the way
    # back from there.
    huiban_address: str = ""
    huiban_oidc_issuer: str = ""
    huiban_oidc_name: str = "统一身份认证"
    huiban_oidc_client: str = "huiban"
    huiban_oidc_secret: str = ""

    def services(self) -> dict[str, str]:
        """Where the portal finds the services that carry out what people ask of it."""
        named = (one.partition("=") for one in self.huiban_services.split(","))
        return {name: address for name, _, address in named}

    def topic(self, name: str) -> str:
        """The name of a topic in this installation: one Kafka may serve many cities."""
        return f"{self.huiban_city}.{name}" if self.huiban_city else name

    def group(self, service: str) -> str:
        """The consumer group of a service in this installation."""
        return self.topic(service)


class NotConfigured(Exception):
    """缺少环境变量：{names}。请设置后再启动（本机试用可直接运行 huiban up）。"""

    def __init__(self, names: list[str]) -> None:
        super().__init__((type(self).__doc__ or "").format(names="、".join(names)))


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        NotConfigured: with one sentence naming what is missing or unusable.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = sorted({str(part["loc"][0]).upper() for part in error.errors()})
        raise NotConfigured(names) from None
