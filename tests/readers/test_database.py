"""Databases: SQLite, and a PostgreSQL server that the tests start for themselves."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from writinggaps.problems import BadInput, Unreadable
from writinggaps.readers import check_school, read_school

sqlalchemy = pytest.importorskip("sqlalchemy", reason="SQLAlchemy is an optional extra")

TABLES = """
create table pupils (school_key integer, pupil_id varchar(20), year_group integer,
                     sen_provision varchar(40), eal boolean, joined date);
create table attendance (school_key integer, pupil_id varchar(20), period varchar(20),
                         possible numeric(6,1), absent numeric(6,1));
create table school (school_key integer, name varchar(40), phase varchar(20));
create table lunches (dish varchar(20));
insert into school values (1, 'Example One', 'primary');
insert into school values (2, 'Example Two', 'primary');
insert into pupils values (1, 'P1', 0, 'None', true, '2022-09-01');
insert into pupils values (1, 'P2', 4, 'EHC plan', null, null);
insert into pupils values (2, 'Q1', 6, 'K', false, null);
insert into attendance values (1, 'P1', '2025-26-autumn', 140, 3.0);
insert into attendance values (2, 'Q1', '2025-26-autumn', 140, 9.0);
"""


def programs():
    """The folder of PostgreSQL's programs, or None."""
    found = [Path(p).parent for p in [shutil.which("initdb")] if p]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((f for f in found if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def account():
    """Who may run the server: it refuses to be run by root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in names else "nobody"}


@pytest.fixture(scope="module")
def postgresql():
    pytest.importorskip("psycopg", reason="psycopg is an optional extra")
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL's initdb is not on this machine")
    with tempfile.TemporaryDirectory(prefix="wg") as name:
        home = Path(name)
        who = account()
        if who:
            home.chmod(0o755)
            shutil.chown(home, who["user"])
        data = home / "data"
        call = {"check": True, "capture_output": True, "cwd": home, "timeout": 120, **who}
        subprocess.run([folder / "initdb", "-D", data, "-U", "wg", "-A", "trust"], **call)
        options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
        start = [folder / "pg_ctl", "-D", data, "-o", options, "-w", "-l", home / "log", "start"]
        subprocess.run(start, **call)
        try:
            yield f"postgresql+psycopg://wg@/postgres?host={home}"
        finally:
            subprocess.run([folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **call)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    if request.param == "sqlite":
        made = f"sqlite:///{tmp_path}/trust.db"
    else:
        made = request.getfixturevalue("postgresql")
    engine = sqlalchemy.create_engine(made)
    with engine.begin() as connection:
        for line in TABLES.split(";"):
            if line.strip():
                connection.exec_driver_sql(line)
    yield made
    with engine.begin() as connection:
        for table in ("pupils", "attendance", "school", "lunches"):
            connection.exec_driver_sql(f"drop table {table}")
    engine.dispose()


def test_one_school_of_a_trust_is_read_by_its_key(address):
    school = read_school(address, key="1")

    assert (school.key, school.name) == ("1", "Example One")
    assert school.pupils["pupil_id"].to_list() == ["P1", "P2"]
    assert school.pupils["sen_provision"].to_list() == ["N", "E"]
    assert school.pupils["joined"].notna().to_list() == [True, False]
    assert school.tables["attendance"][["possible", "absent"]].to_numpy().tolist() == [[140, 3]]


def test_the_key_may_stand_in_the_address(address):
    assert read_school(f"{address}#1").pupils["pupil_id"].to_list() == ["P1", "P2"]


def test_without_a_key_several_schools_are_not_mixed(address):
    with pytest.raises(BadInput, match="Say which one is meant by its key"):
        read_school(address)


def test_the_digest_follows_the_contents_and_not_the_order_of_rows(address):
    before = check_school(address, key="1").digest
    engine = sqlalchemy.create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("delete from pupils where pupil_id = 'P1'")
        connection.exec_driver_sql(
            "insert into pupils values (1, 'P1', 0, 'None', true, '2022-09-01')"
        )
    assert check_school(address, key="1").digest == before
    with engine.begin() as connection:
        connection.exec_driver_sql("update pupils set year_group = 1 where pupil_id = 'P1'")
    assert check_school(address, key="1").digest != before
    engine.dispose()


def test_nothing_can_be_written_while_reading(address):
    from writinggaps.readers.database import _read_only

    engine = sqlalchemy.create_engine(address)
    with engine.connect() as connection:
        _read_only(connection)
        with pytest.raises(sqlalchemy.exc.SQLAlchemyError):
            connection.exec_driver_sql("delete from pupils")
        connection.rollback()
    engine.dispose()
    assert len(read_school(address, key="1").pupils) == 2


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://canary:secret@localhost:1/none",
        "nonsense://canary:secret@host/none",
        "sqlite:////nowhere/at/all/none.db",
    ],
)
def test_an_address_that_does_not_answer_is_never_repeated(address):
    with pytest.raises(Unreadable) as problem:
        read_school(address)

    assert "The database cannot be reached or read" in str(problem.value)
    assert "secret" not in str(problem.value)
    assert "canary" not in str(problem.value)


def test_without_sqlalchemy_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(Unreadable, match=r"pip install 'writinggaps\[database\]'"):
        read_school("sqlite:///trust.db")
