"""Attachments: files that people hand in, known by their content and kept by its digest.

A name proves nothing: what a file is, its content says. It is kept once under its SHA-256, in a
folder or in a store that speaks S3, after clamd has looked at it where there is one.
"""

import asyncio
import io
import logging
import unicodedata
import zipfile
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

import puremagic
from aioclamd import (  # type: ignore[import-untyped]
    BufferTooLongError,
    ClamdAsyncClient,
    ClamdError,
)
from fastapi import Request
from fastapi.responses import Response
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from shared.refusals import Malformed, Refusal, Unknown

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

log = logging.getLogger("huiban.attachments")

OOXML = "application/vnd.openxmlformats-officedocument."
OFFICE_PARTS = {
    "word/document.xml": f"{OOXML}wordprocessingml.document",
    "xl/workbook.xml": f"{OOXML}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OOXML}presentationml.presentation",
}
WITH_MACROS = "application/vnd.ms-office.macro-enabled"
TEXT = "text/plain"
SUFFIXES = {
    "application/pdf": {".pdf"},
    f"{OOXML}wordprocessingml.document": {".docx"},
    f"{OOXML}spreadsheetml.sheet": {".xlsx"},
    f"{OOXML}presentationml.presentation": {".pptx"},
    "image/jpeg": {".jpg", ".jpeg"},
    "image/png": {".png"},
    TEXT: {".txt"},
}
PATIENCE_SECONDS = 20.0  # people wait for the store and the scanner, but not for ever
# Whether the store is asked by http or https, its address says.
CLIENT: "ClientConfig" = {"allow_http": True, "connect_timeout": "5s", "timeout": "15s"}
RETRY: "RetryConfig" = {"max_retries": 2, "retry_timeout": timedelta(seconds=10)}
NO_BUCKET = "NoSuchBucket"
TRIED = "tried"
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class StoreMissing(Refusal):
    """本系统没有设置附件的存放处（HUIBAN_STORE），不能收取附件，请联系运维人员。"""

    status = 503


class StoreAway(Refusal):
    """附件存放处暂时不可用，请稍后重试。"""

    status = 503


class ScannerAway(Refusal):
    """病毒检查暂时不可用，附件没有收下，请稍后重试。"""

    status = 503


class Infected(Malformed):
    """文件“{name}”没有通过病毒检查（{found}），不能收下。"""


class TooLargeToScan(Malformed):
    """文件“{name}”有{size}，超过了病毒检查的上限，不能收下；请拆分后上传，或请运维人员调大上限。"""


class FileEmpty(Malformed):
    """文件“{name}”是空的。"""


class FileTooLarge(Malformed):
    """文件“{name}”有{size}，超过了{limit}的上限。"""


class KindNotAllowed(Malformed):
    """文件“{name}”的内容不是可以收取的种类（{kind}），可以收取的有：{known}。"""


class NameUnlikeContent(Malformed):
    """文件“{name}”的扩展名与内容不符，按内容应为{suffixes}。"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was taken in."""

    name: str
    kind: str
    size: int
    digest: str


class Attachments:
    """Where files lie, and who looks at them first."""

    def __init__(self, where: str, *, clamd: str = "", patience: float = PATIENCE_SECONDS) -> None:
        self._where = where
        self._patience = patience
        host, _, port = clamd.rpartition(":")
        self._scanner = ClamdAsyncClient(host, int(port), timeout=patience) if host else None

    async def keep(self, content: bytes, *, name: str, kinds: dict[str, str], largest: int) -> Kept:
        """Take a file in, if its content is of an allowed kind; ``kinds`` names them for people.

        The same content is kept once, whoever brings it.
        """
        name = clean_name(name)
        if not content:
            raise FileEmpty(name=name)
        if len(content) > largest:
            raise FileTooLarge(name=name, size=in_words(len(content)), limit=in_words(largest))
        kind = await asyncio.to_thread(kind_of, content, kinds)
        if kind not in kinds:
            raise KindNotAllowed(name=name, kind=kind, known="、".join(kinds.values()))
        if (known := SUFFIXES.get(kind)) and PurePath(name).suffix.lower() not in known:
            raise NameUnlikeContent(name=name, suffixes="或".join(sorted(known)))
        await self._scan(content, name=name)
        digest = sha256(content).hexdigest()
        await self._put(_place(digest), content)
        return Kept(name=name, kind=kind, size=len(content), digest=digest)

    async def content(self, digest: str) -> bytes:
        """What was kept under this digest."""
        try:
            return await self._get(_place(digest))
        except FileNotFoundError:
            raise Unknown(what="附件", id=digest) from None

    async def try_out(self) -> None:
        """Write something small and read it again; let the scanner say that it is there."""
        await self._put(TRIED, TRIED.encode())
        try:
            await self._get(TRIED)
        except FileNotFoundError as error:
            raise _away(error) from error
        if self._scanner is not None:
            try:
                await self._scanner.ping()
            except (ClamdError, OSError) as error:
                raise ScannerAway from error

    async def _put(self, place: str, content: bytes) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await self._store.put_async(place, content)
        except (BaseError, OSError) as error:
            raise _away(error) from error

    async def _get(self, place: str) -> bytes:
        try:
            async with asyncio.timeout(self._patience):
                found = await self._store.get_async(place)
                return bytes(await found.bytes_async())
        except FileNotFoundError as error:
            if NO_BUCKET in str(error):
                raise _away(error) from error
            raise
        except (BaseError, OSError) as error:
            raise _away(error) from error

    @cached_property
    def _store(self) -> ObjectStore:
        """The store as it is found; S3's address and keys stand in AWS_* of the environment."""
        if not self._where:
            raise StoreMissing
        if "://" not in self._where:
            return LocalStore(prefix=Path(self._where).absolute(), mkdir=True)
        return from_url(self._where, client_options=CLIENT, retry_config=RETRY)

    async def _scan(self, content: bytes, *, name: str) -> None:
        if self._scanner is None:
            return
        try:
            said = await self._scanner.instream(io.BytesIO(content))
        except BufferTooLongError as error:
            raise TooLargeToScan(name=name, size=in_words(len(content))) from error
        except (ClamdError, OSError) as error:
            log.error("the virus scanner is away", extra={"error": repr(error)})
            raise ScannerAway from error
        status, found = (said or {}).get("stream", ("ERROR", None))
        if status == "FOUND":
            log.warning("a file was infected", extra={"found": found})
            raise Infected(name=name, found=found)
        if status != "OK":
            raise ScannerAway


@cache
def attachments_at(where: str, clamd: str) -> Attachments:
    """The attachments of these settings."""
    return Attachments(where, clamd=clamd)


def attachments_of(request: Request) -> Attachments:
    """The attachments of the service behind a request."""
    settings = request.app.state.backbone.settings
    return attachments_at(settings.huiban_store, settings.huiban_clamd)


def delivered(content: bytes, *, name: str, kind: str) -> Response:
    """A file as it leaves: to be saved, never to be shown, and never to be guessed at."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(
        content,
        media_type=kind,
        headers={**SAFE_HEADERS, "Content-Disposition": disposition},
    )


def clean_name(name: str) -> str:
    """A file's own name: no folders, no characters that nobody sees."""
    last = PurePath(name.replace("\\", "/")).name
    seen = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    return seen.strip()[-200:] or "附件"


def kind_of(content: bytes, kinds: Collection[str]) -> str:
    """What a file is by its content, as a media type."""
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    # What nothing is known of, one version of the library raises and another leaves empty.
    found = []
    with suppress(puremagic.PureError):
        found = puremagic.magic_string(content)
    if not found:
        return TEXT if _is_text(content) else "application/octet-stream"
    surest = max(one.confidence for one in found)
    likely = [one.mime_type for one in found if one.confidence == surest]
    return next((kind for kind in likely if kind in kinds), likely[0] or "application/octet-stream")


def in_words(size: int) -> str:
    """A size as people say it."""
    return f"{size / 1_048_576:.1f}MB" if size >= 1_048_576 else f"{max(size // 1024, 1)}KB"


def _office_kind(content: bytes) -> str:
    """Office documents are archives with certain parts in them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "application/zip"
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        return WITH_MACROS
    if "[Content_Types].xml" in parts:
        for part, kind in OFFICE_PARTS.items():
            if part in parts:
                return kind
    return "application/zip"


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(one in "\t\r\n" or unicodedata.category(one) != "Cc" for one in text)
    return False


def _place(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def _away(error: Exception) -> StoreAway:
    log.error("the store of attachments is away", extra={"error": repr(error)})
    return StoreAway()
