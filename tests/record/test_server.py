"""The tests' own PostgreSQL: what other tests take for granted."""

from __future__ import annotations

import psycopg
import pytest
from record.server import Server


def count(address: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert row is not None
    return int(row[0])


class TestServer:
    def test_gives_an_empty_database_of_its_own_to_each_test(self, server: Server) -> None:
        first, second = server.database(), server.database()
        with psycopg.connect(first) as connection:
            connection.execute("CREATE TABLE ferries (name text)")
        assert (count(first), count(second)) == (1, 0)

    def test_copies_a_template(self, server: Server) -> None:
        template = server.database()
        with psycopg.connect(template) as connection:
            connection.execute("CREATE TABLE ferries (name text)")
        assert count(server.database(template.rsplit("/", 1)[1])) == 1

    def test_comes_back_with_what_was_committed(self, server: Server) -> None:
        place = server.database()
        with psycopg.connect(place) as connection:
            connection.execute("CREATE TABLE ferries (name text)")
        server.stop()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(place)
        server.start()
        assert count(place) == 1
