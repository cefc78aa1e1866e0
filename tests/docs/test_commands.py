"""Commands in the documentation are commands that exist."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

from tests.support.documents import ROOT, code_blocks, pages
from touchline.cli.commands import COMMANDS, load

SHELL = ("sh", "bash", "shell", "console")


def test_every_make_target_that_is_told_of_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = {
        target
        for page in pages()
        for target in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(), re.MULTILINE)
    }
    assert told - targets == set()


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split())
    explained = set(re.findall(r"^([a-z]+):.*## .+$", makefile, re.MULTILINE))
    assert explained == phony


def test_every_touchline_command_that_is_told_of_exists_with_its_options() -> None:
    unknown = {line: _unknown(words) for line, words in _touchline_lines()}
    assert {line: words for line, words in unknown.items() if words} == {}


def _touchline_lines() -> Iterator[tuple[str, list[str]]]:
    """Where a command stands, and its words after `touchline`."""
    for block in code_blocks(*SHELL):
        for line in block.text.replace("\\\n", " ").splitlines():
            command = re.split(r"[#|>&]", line.removeprefix("$ "))[0].strip()
            if found := re.search(r"(?:^|[ /])touchline (.+)$", command):
                yield f"{block.page.name}: {command}", shlex.split(found[1])


def _unknown(words: list[str]) -> list[str]:
    if words[0].startswith("-"):
        return [] if words[0] in ("--version", "--help") else words[:1]
    return _not_understood(load(words[0]), words[1:]) if words[0] in COMMANDS else words[:1]


def _not_understood(command: Any, words: list[str]) -> list[str]:
    """The words that name neither a command nor an option of the command before them."""
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return words[:1]
        command, words = command.commands[words[0]], words[1:]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    given = [word.split("=")[0] for word in words if word.startswith("--")]
    return [option for option in given if option not in known]
