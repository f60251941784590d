"""What a file is, its content says; what it is called, is made harmless."""

import io
import zipfile

import pytest
from obstore.store import LocalStore, S3Store

from shared.attachments import (
    OOXML,
    TEXT,
    WITH_MACROS,
    Attachments,
    clean_name,
    delivered,
    in_words,
    kind_of,
)
from shared.refusals import Unknown

KINDS = ("application/pdf", "image/jpeg", "image/png", TEXT)


def archive(*parts: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as whole:
        for part in parts:
            whole.writestr(part, "<x/>")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 20, "image/jpeg"),
        ("第一行\n第二行".encode(), TEXT),
        ("第一行".encode("gb18030"), TEXT),
        (archive("[Content_Types].xml", "word/document.xml"), f"{OOXML}wordprocessingml.document"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), f"{OOXML}spreadsheetml.sheet"),
        (
            archive("[Content_Types].xml", "ppt/presentation.xml"),
            f"{OOXML}presentationml.presentation",
        ),
        (
            archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            WITH_MACROS,
        ),
        (archive("run.exe"), "application/zip"),
        (b"PK\x03\x04broken", "application/zip"),
        (b"text\x00with\x01bells", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: str) -> None:
    assert kind_of(content, KINDS) == kind


@pytest.mark.parametrize("content", [b"MZ\x90\x00" + b"\x00" * 300, b"<html><script>", b"GIF89a"])
def test_what_could_run_or_is_not_known_is_not_taken_for_something_else(content: bytes) -> None:
    assert kind_of(content, KINDS) not in KINDS


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("方案.pdf", "方案.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\方案.pdf", "方案.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("方案\u202efdp.exe", "方案fdp.exe"),
        ("", "附件"),
        ("  ", "附件"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_has_no_folders_and_nothing_that_nobody_sees(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_file_leaves_to_be_saved_and_never_to_be_shown() -> None:
    response = delivered(b"x", name='方案";.pdf', kind="application/pdf")

    assert response.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%E6%96%B9%E6%A1%88%22%3B.pdf"
    )
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    ("size", "says"), [(1, "1KB"), (2048, "2KB"), (1_048_576, "1.0MB"), (33_554_432, "32.0MB")]
)
def test_sizes_are_said_as_people_say_them(size: int, says: str) -> None:
    assert in_words(size) == says


async def test_a_digest_under_which_nothing_is_kept_is_unknown(tmp_path: object) -> None:
    with pytest.raises(Unknown):
        await Attachments(str(tmp_path)).content("0" * 64)


def test_a_folder_or_a_bucket_is_the_store(tmp_path: object) -> None:
    assert isinstance(Attachments(str(tmp_path))._store, LocalStore)
    assert isinstance(Attachments("s3://huiban/files")._store, S3Store)
