"""Structured logs: one JSON line per surprise, with ids and never a payload."""

import logging

from pythonjsonlogger.json import JsonFormatter


def log_as_json(service: str) -> None:
    """Send every log line of this process to stderr as JSON, with the service's name."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        JsonFormatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            static_fields={"service": service},
            json_ensure_ascii=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # aiokafka and FastStream tell the same story at INFO; their warnings are what matters.
    for chatty in ("aiokafka", "faststream", "httpx", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
