"""What looking at papers needs: a Chinese font, and for .docx an office program to open them."""

import shutil

import pytest

from services.portal.papers.fonts import Shelf, chains
from services.portal.papers.refusals import NoChineseFont


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The machine's own fonts."""
    machine = Shelf()
    try:
        chains(machine)
    except NoChineseFont:
        pytest.skip("本机没有中文字体：apt-get install fonts-noto-cjk 后再运行公文排版的测试")
    return machine


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, where there is one."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("本机没有 LibreOffice：apt-get install libreoffice-writer-nogui 后再运行")
    return found
