"""Documentation that can fail: all is documented, the generated pages are current, links lead somewhere."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from onrecord.cli.formats.base import Reading
from onrecord.errors import catalogue
from onrecord.settings import Settings, variable
from onrecord.statement import Article, Document, ReaderInfo

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
CASES = ROOT / "tests" / "cases"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
GENERATED = ["api.md", "commands.md", "errors.md", "exit-codes.md", "json.md", "python.md", "settings.md"]


@cache
def generator() -> ModuleType:
    """docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reference(name: str) -> str:
    return (DOCS / "reference" / name).read_text(encoding="utf-8")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code_blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


class TestReference:
    @pytest.mark.parametrize("name", GENERATED)
    def test_generated_pages_are_current(self, name: str) -> None:
        assert reference(name) == generator().page(name), "run: make docs"

    def test_every_generated_page_is_named_here(self) -> None:
        assert sorted(generator().PAGES) == GENERATED

    def test_every_command_option_and_argument_says_what_it_does(self) -> None:
        for name, command in generator().commands():
            assert command.help, name
            for parameter in command.params:
                assert getattr(parameter, "help", None), f"{name} {parameter.opts[0]}"

    def test_every_command_and_option_is_listed(self) -> None:
        written = reference("commands.md")
        for name, command in generator().commands():
            assert f"## {name}\n" in written
            for option in generator().parameters(command, options=True):
                assert f"`{option.opts[0]}" in written, option.opts[0]

    @pytest.mark.parametrize("item", fields(Settings), ids=lambda item: item.name)
    def test_every_setting_is_listed(self, item: Any) -> None:
        assert f"`{variable(item.name)}`" in reference("settings.md")

    @pytest.mark.parametrize("kind", list(catalogue()), ids=lambda kind: kind.code)
    def test_every_error_is_listed(self, kind: Any) -> None:
        assert f"### {kind.code}\n\n`{kind.__name__}`" in reference("errors.md")

    def test_every_exit_code_is_listed_and_no_other(self) -> None:
        from onrecord.cli import exits

        known = {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}
        assert {int(code) for code in re.findall(r"^\| (\d+) \|", reference("exit-codes.md"), re.M)} == known

    def test_every_public_name_is_listed(self) -> None:
        import onrecord

        assert re.findall(r"^## (\w+)$", reference("python.md"), re.M) == list(onrecord.__all__)


class TestJsonFields:
    """docs/fields.csv is written by hand; tests/test_statement.py pins document.json to the program."""

    @staticmethod
    def paths(value: Any, path: str = "") -> Iterator[str]:
        if path:
            yield path
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from TestJsonFields.paths(inner, f"{path}.{key}" if path else key)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for inner in value:
                yield from (p for p in TestJsonFields.paths(inner, path + "[]") if p != path + "[]")

    def test_every_field_is_documented_and_no_other(self) -> None:
        document = json.loads((CASES / "document.json").read_text(encoding="utf-8"))
        documented = [path for path, _, _ in generator().document_fields()]
        assert len(documented) == len(set(documented))
        nothing = Reading("name", Document(Article(""), (), ReaderInfo("", "")))
        assert set(documented) == {*self.paths(document), *nothing.to_dict()}

    def test_every_field_says_what_it_means(self) -> None:
        assert [
            row for row in generator().document_fields() if len(row) != 3 or not row[2].endswith(".")
        ] == []


class TestLinks:
    @staticmethod
    def anchors(path: Path) -> set[str]:
        heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
        return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}

    @pytest.mark.parametrize("page", PAGES, ids=relative)
    def test_lead_somewhere(self, page: Path) -> None:
        text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        broken = []
        for target in re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", text):
            link = target[0] or target[1]
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            goal = (page.parent / name).resolve() if name else page
            if not goal.exists() or (anchor and anchor not in self.anchors(goal)):
                broken.append(link)
        assert broken == []

    def test_every_page_is_reached_from_the_index(self) -> None:
        seen, waiting = set(), [DOCS / "index.md"]
        while waiting:
            page = waiting.pop()
            if page in seen:
                continue
            seen.add(page)
            links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
            goals = [(page.parent / link).resolve() for link in links if ":" not in link]
            waiting += [g for g in goals if g.suffix == ".md" and g.exists()]
            waiting += [inner for g in goals if g.is_dir() and DOCS in g.parents for inner in g.glob("*.md")]
        assert [relative(page) for page in DOCS.rglob("*.md") if page not in seen] == []


class TestExamplesInTheText:
    @pytest.mark.parametrize("page", PAGES, ids=relative)
    def test_commands_use_options_that_exist(self, page: Path) -> None:
        known = {"--help", "--version"}
        for _, command in generator().commands():
            known |= {name for option in command.params for name in option.opts}
        blocks = "\n".join(code_blocks(page, "console") + code_blocks(page, "sh"))
        calls = re.findall(r"\bonrecord read\b[^|\n]*", blocks.replace("\\\n", " "))
        used = {name for call in calls for name in re.findall(r"(?<=\s)--?[a-z][\w-]*", call)}
        assert used - known == set()

    @pytest.mark.parametrize("page", PAGES, ids=relative)
    def test_make_targets_exist(self, page: Path) -> None:
        targets = set(re.findall(r"^([a-z.]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
        spoken = re.findall(r"(?:`|^\$? ?)make ([a-z.]+)", page.read_text(encoding="utf-8"), re.M)
        assert set(spoken) <= targets

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A folder with record.jsonl, as the how-to makes it."""
        document = json.loads((CASES / "document.json").read_text(encoding="utf-8"))
        (tmp_path / "record.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
        return tmp_path

    @pytest.mark.parametrize("number", range(len(code_blocks(DOCS / "how-to" / "use-the-json.md", "python"))))
    def test_python_on_the_json_runs(self, folder: Path, number: int) -> None:
        program = code_blocks(DOCS / "how-to" / "use-the-json.md", "python")[number]
        run = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)
        assert run.stderr == ""
        assert "Ada Quist" in run.stdout

    @pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
    @pytest.mark.parametrize("number", range(len(code_blocks(DOCS / "how-to" / "use-the-json.md", "sh"))))
    def test_jq_on_the_json_runs(self, folder: Path, number: int) -> None:
        program = code_blocks(DOCS / "how-to" / "use-the-json.md", "sh")[number]
        run = subprocess.run(["bash", "-c", program], cwd=folder, capture_output=True, text=True)
        assert (run.returncode, run.stderr) == (0, "")

    def test_python_in_the_readme_runs(self, tmp_path: Path) -> None:
        program = "\n".join(code_blocks(ROOT / "README.md", "python"))
        run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
        assert run.stderr == ""
        assert re.search(r"^.*Ada Quist.* \| .*bridge.*May.* \| indirect ", run.stdout, re.M)
        assert re.search(r"^onrecord.document/1$", run.stdout, re.M)
        assert re.search(r"^(upcoming|due|overdue) Ada Quist \| .* 2031-05-31$", run.stdout, re.M)
        assert re.search(r"^\d+:[0-9a-f]{64}$", run.stdout, re.M)

    @pytest.mark.parametrize("name", ["state-metadata.md", "handle-failures.md"])
    def test_python_in_the_how_to_runs(self, name: str, tmp_path: Path) -> None:
        (program,) = code_blocks(DOCS / "how-to" / name, "python")
        run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
        assert run.stderr == ""
        assert re.match(r"option|E105", run.stdout)
