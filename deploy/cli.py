"""`huiban`: the one command for those who start, operate and show the system."""

import logging
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from deploy import commands
from deploy.places import VAR
from deploy.troubles import Trouble

INTERRUPTED = 130
MISUSED = 2

# A library that complains is not for the person at the terminal.
logging.getLogger().addHandler(logging.NullHandler())


class Misused(Trouble):
    """{why}；用 huiban {word}--help 查看用法。"""


def main() -> NoReturn:
    """Run one command. A person reads one sentence, never a stack trace."""
    arguments = sys.argv[1:]
    try:
        code = build(arguments)(arguments, prog_name="huiban", standalone_mode=False)
    except Trouble as trouble:
        _give_up(str(trouble))
    except TyperException as error:
        _give_up(_misused(error, arguments), code=MISUSED)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(INTERRUPTED)
    except OSError as error:
        _give_up(f"无法读写 {error.filename or '网络'}：{error.strerror or error}")
    except Exception as error:
        _give_up(_noted(error))
    sys.exit(code if isinstance(code, int) else 0)


def build(arguments: Sequence[str]) -> typer.Typer:
    """The command line; when a word is called, nothing is loaded for the others."""
    app = typer.Typer(
        help="会办：把政协提案交给部门和区办理，并一起办好。",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    # With a callback, a single word stays a word.
    app.callback()(lambda: None)
    words = sorted(found.name.rstrip("_") for found in pkgutil.iter_modules(commands.__path__))
    for word in [word for word in words if word in arguments[:1]] or words:
        _add(app, word)
    return app


def _add(app: typer.Typer, word: str) -> None:
    # A word that Python keeps for itself has an underscore after it as a module.
    name = f"{word}_" if iskeyword(word) else word
    module = import_module(f"{commands.__name__}.{name}")
    if hasattr(module, "commands"):
        app.add_typer(module.commands, name=word)
    else:
        app.command(name=word)(module.command)


def _misused(error: TyperException, arguments: Sequence[str]) -> str:
    of = getattr(getattr(error, "ctx", None), "command_path", "huiban").split()[1:]
    hint = "/".join(getattr(getattr(error, "param", None), "opts", []))
    match type(error).__name__:
        case "MissingParameter":
            why = f"缺少参数 {hint}"
        case "BadParameter":
            why = f"参数 {hint} 的值不对"
        case "NoSuchOption":
            why = f"没有选项 {getattr(error, 'option_name', '')}"
        case "NoArgsIsHelpError":
            return str(error)
        case _:
            why = f"看不懂“{' '.join(arguments)}”"
    return str(Misused(why=why, word="".join(f"{word} " for word in of)))


def _give_up(sentence: str, *, code: int = 1) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(code)


def _noted(error: Exception) -> str:
    name = f"{type(error).__name__}: {error}"
    log = VAR / "log" / "huiban.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as lines:
            traceback.print_exception(error, file=lines)
    except OSError:
        return f"程序出错：{name}"
    return f"程序出错：{name}（详见 {log}）"


if __name__ == "__main__":
    main()
