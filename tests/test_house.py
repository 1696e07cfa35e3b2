"""The rules of the house, as tests that can fail: sizes, imports, the wheel, what must not be in the tree."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEAVY = {
    "argon2",
    "fastapi",
    "httpcore",
    "httpx",
    "jinja2",
    "lxml",
    "markdown_it",
    "numpy",
    "onnxruntime",
    "rich",
    "tokenizers",
    "sqlalchemy",
    "alembic",
    "feedparser",
    "psycopg",
    "prometheus_client",
    "pyarrow",
    "scipy",
    "scoringrules",
    "torch",
    "starlette",
    "trafilatura",
    "uvicorn",
}
# What users install besides, for one thing each.
EXTRAS = ("parquet", "plots", "postgresql", "serve")
MEGABYTE = 1_000_000


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    """Every file that is under version control (every file of the tree where there is none)."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" not in raw[:8192] and len(raw) < MEGABYTE and path != Path(__file__).resolve():
            yield path, raw.decode("utf-8", "replace")


class TestSizes:
    @pytest.mark.parametrize("path", SOURCES, ids=relative)
    def test_no_file_is_longer_than_300_lines(self, path: Path) -> None:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300

    @pytest.mark.parametrize("path", SOURCES, ids=relative)
    def test_no_function_s_body_is_longer_than_50_lines(self, path: Path) -> None:
        """The body without its docstring: a command's signature is as long as its options are many."""
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        nodes = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, functions)]
        bodies = {node.name: node.body[1 if ast.get_docstring(node) else 0 :] for node in nodes}
        lengths = {n: (body[-1].end_lineno or 0) - body[0].lineno + 1 for n, body in bodies.items() if body}
        assert {name: lines for name, lines in lengths.items() if lines > 50} == {}

    def test_every_module_says_what_it_does(self) -> None:
        silent = [p for p in SOURCES if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
        assert silent == []


class TestPublicNames:
    def test_are_sorted_and_exist(self) -> None:
        import onrecord

        assert list(onrecord.__all__) == sorted(onrecord.__all__)
        assert [name for name in onrecord.__all__ if not hasattr(onrecord, name)] == []

    def test_are_explained(self) -> None:
        import onrecord

        public = {name: getattr(onrecord, name) for name in onrecord.__all__}
        named = {name: value for name, value in public.items() if callable(value)}
        assert [name for name, value in named.items() if not inspect.getdoc(value)] == []

    def test_the_version_is_the_package_s(self) -> None:
        import onrecord

        assert onrecord.__version__ == PROJECT["version"]

    def test_the_package_is_marked_as_typed(self) -> None:
        assert (ROOT / "src" / "onrecord" / "py.typed").is_file()


class TestLightness:
    """What a short command need not load, it does not load."""

    @staticmethod
    def loaded_by(program: str) -> set[str]:
        program += "\nimport sys; print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        return set(run.stderr.split())

    def test_importing_onrecord_loads_nothing_heavy(self) -> None:
        assert self.loaded_by("import onrecord") & HEAVY == set()

    def test_importing_the_types_loads_nothing_but_them(self) -> None:
        assert self.loaded_by("import onrecord.statement, onrecord.settings") & {*HEAVY, "typer"} == set()

    @pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["read", "--help"]], ids=" ".join)
    def test_help_and_version_load_nothing_heavy(self, arguments: list[str]) -> None:
        program = (
            f"import sys; sys.argv = {['onrecord', *arguments]!r}\n"
            "from onrecord.cli import main\n"
            "try: main()\n"
            "except SystemExit as end: assert not end.code, end.code"
        )
        assert self.loaded_by(program) & HEAVY == set()

    def test_torch_and_transformers_are_never_imported(self) -> None:
        found = re.compile(r"^\s*(from|import) (torch|transformers|sklearn|onnx)\b", re.M)
        assert [relative(p) for p in SOURCES if found.search(p.read_text(encoding="utf-8"))] == []


class TestDependencies:
    IMPORTED_AS = {  # noqa: RUF012
        "argon2-cffi": "argon2",
        "markdown-it-py": "markdown_it",
        "vl-convert-python": "vl_convert",
    }

    # FastAPI reads forms with the first, uvicorn is quicker with the next two; neither requires them. jusText
    # requires the last by an extra of lxml, whose name lxml has changed.
    USED_BY_OTHERS = {"python-multipart", "httptools", "uvloop", "lxml-html-clean"}  # noqa: RUF012

    @staticmethod
    def imported() -> set[str]:
        """The top-level names of everything that the package imports."""
        names: set[str] = set()
        for node in (n for p in SOURCES for n in ast.walk(ast.parse(p.read_text(encoding="utf-8")))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
        return names - set(sys.stdlib_module_names) - {"onrecord", "pydantic_core"}  # pydantic's own core

    def test_what_is_required_is_used_and_what_is_used_is_required(self) -> None:
        optional = PROJECT["optional-dependencies"]
        lines = [*PROJECT["dependencies"], *(line for extra in EXTRAS for line in optional[extra])]
        required = {re.match(r"[\w-]+", line)[0] for line in lines} - self.USED_BY_OTHERS  # type: ignore[index]
        assert {self.IMPORTED_AS.get(name, name.replace("-", "_")) for name in required} == self.imported()

    def test_each_has_a_lower_and_an_upper_bound(self) -> None:
        """A library that is numbered by the calendar promises nothing with its number: no upper bound."""
        extras = PROJECT["optional-dependencies"]
        everything = [*PROJECT["dependencies"], *(line for name in (*EXTRAS, "dev") for line in extras[name])]
        everything.remove(f"onrecord[{','.join(EXTRAS)}]")
        bounded = re.compile(r"[\w-]+(?:\[\w+\])?>=([\d.]+,<[\d.]+|20\d\d\.[\d.]+)(; sys_platform != '\w+')?")
        assert [line for line in everything if not bounded.fullmatch(line)] == []


class TestTree:
    @pytest.mark.parametrize(
        ("rule", "pattern"),
        [
            ("no path of somebody's own machine", r"(?<![\w.~*}>])/(root|home|Users|work)/[\w.]"),
            ("no mark of unfinished work", r"\b(FIXME|XXX|TBD)\b|\bTODO:|<!-- FIGURES"),
            ("no trace of a merge", r"^(<<<<<<< |>>>>>>> )"),
            ("no number that only a tracker can explain", r"(?i)\b(issue|ticket|pull request) #?\d"),
            ("no key", r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(ghp|gho|pypi)[_-][A-Za-z0-9]{20}"),
        ],
    )
    def test_text_files_hold(self, rule: str, pattern: str) -> None:
        found = re.compile(pattern, re.M)
        assert [f"{relative(path)}: {m[0]!r}" for path, text in texts() if (m := found.search(text))] == []

    def test_no_large_file_but_the_model_and_the_labels(self) -> None:
        large = [relative(path) for path in tracked() if path.stat().st_size > MEGABYTE]
        kept = ("src/onrecord/extract/model/", "training/labels/")
        assert [name for name in large if not name.startswith(kept)] == []

    def test_nothing_that_is_ignored_is_tracked(self) -> None:
        if not (ROOT / ".git").exists():
            pytest.skip("not a git checkout")
        command = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
        assert subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout == b""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the tree as it is, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


class TestWheel:
    def test_holds_the_package_and_nothing_else(self, wheel: Path) -> None:
        names = zipfile.ZipFile(wheel).namelist()
        tops = {name.split("/")[0] for name in names}
        assert tops == {"onrecord", f"onrecord-{PROJECT['version']}.dist-info"}
        assert [n for n in names if re.search(r"(^|/)(tests?|training|quality|benchmarks)/|\.pyc$", n)] == []

    def test_holds_every_source_file(self, wheel: Path) -> None:
        names = set(zipfile.ZipFile(wheel).namelist())
        assert {p.relative_to(ROOT / "src").as_posix() for p in SOURCES} <= names
        assert "onrecord/py.typed" in names

    def test_holds_the_model_with_its_card(self, wheel: Path) -> None:
        model = "onrecord/extract/model/"
        names = [n.removeprefix(model) for n in zipfile.ZipFile(wheel).namelist() if n.startswith(model)]
        assert {"MODEL_CARD.md", "tokenizer.json"} <= set(names)
        assert [name for name in names if name.endswith(".onnx")]

    def test_is_at_most_45_megabytes(self, wheel: Path) -> None:
        assert wheel.stat().st_size <= 45 * MEGABYTE

    def test_does_not_ask_for_training_libraries(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
            metadata = archive.read(name).decode()
        needed = [
            n for n in re.findall(r"^Requires-Dist: ([\w-]+)(.*)$", metadata, re.M) if "extra ==" not in n[1]
        ]
        assert not {"torch", "transformers", "onnx", "scikit-learn"} & {name for name, _ in needed}
