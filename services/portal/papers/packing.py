"""Packed files that are the same whenever they are made: the hour of making is left out."""

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first hour that a ZIP can name


def entry(name: str) -> ZipInfo:
    """A file's place in a ZIP, without the hour at which it was put there."""
    info = ZipInfo(name, EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def repacked(packed: bytes) -> bytes:
    """A ZIP with the same files, each without its hour."""
    whole = io.BytesIO()
    with ZipFile(io.BytesIO(packed)) as before, ZipFile(whole, "w") as after:
        for name in before.namelist():
            after.writestr(entry(name), before.read(name))
    return whole.getvalue()
