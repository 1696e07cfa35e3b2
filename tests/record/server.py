"""A PostgreSQL server of one's own, in a temporary folder, that ends with the process that started it."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

USER = "keeper"
# Nothing here outlives the tests, so nothing need reach the disk; what is committed still survives a crash
# of the server, since the system holds it.
HASTY = ("fsync=off", "full_page_writes=off", "max_wal_size=4GB")
USUAL = (
    "shared_buffers=128MB",
    "max_connections=60",
    "unix_socket_directories=''",
    "listen_addresses='127.0.0.1'",
)
# Waits for the end of its input, which comes when the process that holds the other end ends, even by SIGKILL.
WATCH = (
    'cat >/dev/null; "$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null 2>&1; rm -rf "$2"/*; rmdir "$2"'
)


class NoServerError(Exception):
    """PostgreSQL's server programs are not on this machine."""


def programs() -> Path:
    """The folder of the server's programs, of the newest version that is there. Raises NoServerError."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    for folder in [*reversed(debian), *on_path]:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise NoServerError("no PostgreSQL server was found (looked in /usr/lib/postgresql and on the PATH)")


def _owner() -> dict[str, Any]:
    """As whom the server runs: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running server. Databases made with `database` are empty and belong to the user `keeper`.

    durable: writes reach the disk before they are confirmed, as in production.
    """

    def __init__(self, *, durable: bool = False) -> None:
        """Raises NoServerError."""
        self._programs = programs()
        self._as = _owner()
        self.folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
        self.password = secrets.token_hex(8)
        if self._as:
            shutil.chown(self.folder, self._as["user"], self._as["group"])
        self._watch = subprocess.Popen(
            ["sh", "-c", WATCH, "watch", str(self._programs), str(self.folder)],
            stdin=subprocess.PIPE,
            cwd="/",
            start_new_session=True,  # an interrupt from the keyboard is for the tests, not for the server
            **self._as,
        )
        self._made = 0
        self.port = 0
        try:
            self._init(USUAL if durable else (*USUAL, *HASTY))
            self._start_on_some_port()
        except BaseException:
            self.close()
            raise

    def _init(self, settings: tuple[str, ...]) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)  # the folder is its owner's alone
        self._run(
            "initdb", "--no-sync", "--auth=scram-sha-256", f"--username={USER}", f"--pwfile={secret}",
            "--encoding=UTF8", "--locale=C", "-D", str(self.folder / "data"),
        )  # fmt: skip
        with (self.folder / "data" / "postgresql.conf").open("a") as written:
            written.write("\n".join(settings) + "\n")

    def _run(self, program: str, *words: str, check: bool = True) -> None:
        command = [str(self._programs / program), *words]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        done = subprocess.run(command, cwd="/", text=True, **quiet, **self._as)  # type: ignore[call-overload]
        if check and done.returncode:
            log = self.folder / "log"
            raise RuntimeError(f"{program}: {done.stderr}{log.read_text() if log.exists() else ''}")

    def _start_on_some_port(self) -> None:
        for _ in range(4):  # another process may take the port before the server does
            self.port = _free_port()
            with suppress(RuntimeError):
                return self.start()
        self.port = _free_port()
        return self.start()

    def start(self) -> None:
        """Start it (again), on the port that it had; returns when it takes connections."""
        options = ["-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-o", f"-p {self.port}"]
        self._run("pg_ctl", *options, "-w", "-t", "60", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; `start` brings it back. mode: "immediate" as in a crash, or "fast"."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop", check=False)

    def close(self) -> None:
        """Stop it for good and remove its folder."""
        with suppress(BrokenPipeError):
            assert self._watch.stdin is not None
            self._watch.stdin.close()
        self._watch.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str = "postgres") -> str:
        """The address of a database, with its password."""
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def execute(self, *commands: str, database: str = "postgres") -> None:
        """Run SQL commands, each by itself."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for command in commands:
                connection.execute(command.encode())

    def database(self, template: str = "template0") -> str:
        """Make a database, and return its address. template: the name of the one that it is a copy of."""
        self._made += 1
        name = f"ledger_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)

    def drop(self, address: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute(f"DROP DATABASE IF EXISTS {address.rsplit('/', 1)[1]} WITH (FORCE)")


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A server for as long as the block lasts. Raises NoServerError."""
    server = Server(durable=durable)
    try:
        yield server
    finally:
        server.close()
