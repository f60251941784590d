"""`huiban serve`: one service as one process, told everything by its environment."""

from typing import TYPE_CHECKING, Annotated

import typer

from deploy.services import SERVICES
from deploy.troubles import Trouble

if TYPE_CHECKING:
    from fastapi import FastAPI

    from shared.settings import Settings

GRACE_SECONDS = 15


class NoSuchService(Trouble):
    """没有名为“{name}”的服务；可用的有：{names}。"""


class AddressBusy(Trouble):
    """端口{port}已被其他程序占用，{title}服务无法启动；请释放后重试，或设置 HUIBAN_PORT。"""


def command(service: Annotated[str, typer.Argument(help="服务的名字，如 intake。")]) -> None:
    """启动一个服务，直到收到停止信号；所需的地址由环境变量给出。"""
    if service not in SERVICES:
        raise NoSuchService(name=service, names="、".join(SERVICES))

    import signal
    import sys

    import uvicorn

    from deploy.local.ports import is_free
    from shared.connections import fail_as_kafka_fails
    from shared.logs import log_as_json

    settings = _settings(service)
    if not is_free(settings.huiban_port, host=settings.huiban_host):
        raise AddressBusy(port=settings.huiban_port, title=SERVICES[service].title)
    log_as_json(service)
    # uvicorn raises the signal once more after an orderly stop: that is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    fail_as_kafka_fails()
    uvicorn.run(
        _app(service, settings),
        host=settings.huiban_host,
        port=settings.huiban_port,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_level="warning",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _settings(service: str) -> "Settings":
    import os

    from shared.settings import NotConfigured, read_settings

    os.environ.setdefault("HUIBAN_PORT", str(SERVICES[service].port))
    try:
        return read_settings()
    except NotConfigured as missing:
        raise Trouble(why=missing) from None


def _app(service: str, settings: "Settings") -> "FastAPI":
    import gc
    from importlib import import_module

    # What is loaded here stays for good: the collector need not look at it, now or later.
    gc.disable()
    app: FastAPI = import_module(f"services.{service}.app").create_app(settings)
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()
    return app
