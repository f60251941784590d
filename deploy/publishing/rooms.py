"""The services as they would be served, without any of their surroundings."""

from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import FastAPI
from joserfc.jwk import OKPKey

from deploy.services import SERVICES
from shared.hearing import Ears
from shared.service import Backbone
from shared.settings import Settings

NOWHERE = "127.0.0.1:1"


@cache
def room(service: str) -> FastAPI:
    """A service's app, put together with a key that nobody keeps; nothing is connected."""
    with TemporaryDirectory() as folder:
        public_key = Path(folder) / "public.pem"
        public_key.write_bytes(OKPKey.generate_key("Ed25519").as_pem(private=False))
        settings = Settings(
            database_url=f"postgresql://{NOWHERE}/huiban",
            kafka_bootstrap_servers=NOWHERE,
            huiban_public_key=public_key,
        )
        app: FastAPI = import_module(f"services.{service}.app").create_app(settings)
    return app


def ears_of(service: str) -> Ears:
    """What a service listens to."""
    backbone: Backbone = room(service).state.backbone
    return backbone.ears


def rooms() -> list[str]:
    """The services of this house."""
    return sorted(SERVICES)
