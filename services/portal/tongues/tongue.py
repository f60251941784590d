"""Which language a page is shown in: its reader's choice, or what their browser asks for."""

from dataclasses import dataclass

from starlette.requests import Request

COOKIE = "huiban-tongue"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the pages: its name in pages and addresses, what it calls itself, and the
    name under which dates are known in it."""

    code: str
    own_name: str
    locale: str


SOURCE = Tongue("zh-Hans", "简体", "zh_Hans_CN")
TRADITIONAL = Tongue("zh-Hant", "繁體", "zh_Hant_HK")
ENGLISH = Tongue("en", "English", "en_GB")
TONGUES = {one.code: one for one in (SOURCE, TRADITIONAL, ENGLISH)}

TRADITIONAL_PLACES = ("hant", "hk", "mo", "tw")


def tongue_of(request: Request) -> Tongue:
    """What the reader chose; else what their browser likes best of what there is; else Chinese."""
    chosen = TONGUES.get(request.cookies.get(COOKIE, ""))
    return chosen or liked(request.headers.get("accept-language", ""))


def liked(header: str) -> Tongue:
    """The language that a browser asks for with the greatest weight."""
    asked = [_weighed(one) for one in header.split(",") if one.strip()]
    for _, name in sorted(asked, key=lambda one: -one[0]):
        language, *more = name.lower().split("-")
        if language == "en":
            return ENGLISH
        if language in ("zh", "yue"):
            return TRADITIONAL if set(more) & set(TRADITIONAL_PLACES) else SOURCE
    return SOURCE


def _weighed(asked: str) -> tuple[float, str]:
    name, _, weight = asked.partition(";q=")
    try:
        return float(weight or 1), name.strip()
    except ValueError:
        return 0.0, name.strip()
