"""Loads a data set into the directory by COPY, in constant memory; loading the same again changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from leads.directory import refreshing
from leads.directory.records import COMPANIES, PEOPLE, CompanyRecord, PersonRecord, Table, company_row, person_row
from leads.models import Dataset

BATCH = 5_000
LOAD_LOCK = 0x1EAD_D15C  # the number of our advisory lock: arbitrary, but ours
Pair = tuple[CompanyRecord | None, PersonRecord | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What a load did to one table. `merged` rows were further listings of a record, `absent` ones are kept although
    the file no longer has them."""

    rows: int
    merged: int
    inserted: int
    updated: int
    unchanged: int
    absent: int

    def __str__(self) -> str:
        return f"{self.inserted:,} new, {self.updated:,} changed, {self.unchanged:,} as before, {self.merged:,} merged"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did to the companies and people of one data set."""

    dataset: str
    companies: Change
    people: Change

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def sentence(self) -> str:
        return f"{self.dataset}: companies {self.companies}; people {self.people}."


class DirectoryBusy(Exception):
    """Another load is at work; the message is a sentence for the person who started this one."""


def claim_directory() -> None:
    """Keeps every other load out until the transaction ends. Raises DirectoryBusy when another one is at work."""
    if not _one("SELECT pg_try_advisory_xact_lock(%(key)s)", key=LOAD_LOCK)[0]:
        raise DirectoryBusy(
            "Another load of the directory is at work: try again when it has ended. "
            "A load that was killed may go on for a minute on the database server."
        )


def ensure_dataset(name: str, *, title: str, observed_at: datetime, is_sample: bool, now: datetime) -> Dataset:
    """The data set of that name, with what is now known of it."""
    known = {"title": title or name, "observed_at": observed_at, "is_sample": is_sample, "loaded_at": now}
    return Dataset.objects.update_or_create(name=name, defaults=known)[0]


@transaction.atomic
def load(dataset: Dataset, pairs: Iterable[Pair], *, joins_listings: bool = False) -> LoadReport:
    """Takes in all pairs, then refreshes what is derived.

    `joins_listings`: a company without a domain is the same as the one company of that name and country which has one.
    All or nothing: one transaction. Raises DirectoryBusy.
    """
    claim_directory()
    _make_incoming()
    for batch in _batches(pairs):
        _copy(COMPANIES, "incoming_company", (company_row(company) for company, _ in batch if company))
        _copy(PEOPLE, "incoming_person", (person_row(person) for _, person in batch if person))
    _run("ANALYZE incoming_company, incoming_person")
    if joins_listings:
        _run(JOIN_LISTINGS)
    companies = _take_in(dataset, COMPANIES, "incoming_company", _company_source())
    people = _take_in(dataset, PEOPLE, "incoming_person", PEOPLE_SOURCE)
    refreshing.refresh(dataset)
    return LoadReport(dataset.name, companies, people)


def _batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    rest = iter(pairs)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _make_incoming() -> None:
    """Two temporary tables that vanish with the transaction."""
    _run("DROP TABLE IF EXISTS incoming_company, incoming_person")
    _run(
        f"CREATE TEMP TABLE incoming_company ON COMMIT DROP AS "
        f"SELECT {', '.join(COMPANIES.columns)} FROM {COMPANIES.name} WITH NO DATA"
    )
    own = ", ".join(column for column in PEOPLE.columns if column != "company_record_id")
    _run(
        f"CREATE TEMP TABLE incoming_person ON COMMIT DROP AS "
        f"SELECT {own}, ''::varchar AS company_record_id FROM {PEOPLE.name} WITH NO DATA"
    )
    for table in ("incoming_company", "incoming_person"):
        _run(f"ALTER TABLE {table} ADD COLUMN line bigserial")


def _copy(table: Table, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {name} ({', '.join(table.columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _take_in(dataset: Dataset, table: Table, incoming: str, source: str) -> Change:
    """Inserts what is new and updates what differs; `source` selects one row for each record."""
    rows, records = _one(f"SELECT count(*), count(DISTINCT record_id) FROM {incoming}")
    before = _one(f"SELECT count(*) FROM {table.name} WHERE dataset_id = %(dataset)s", dataset=dataset.pk)[0]
    columns = [column if column != "company_record_id" else "company_id" for column in table.columns]
    written, inserted = _one(_upsert(table.name, columns, source), dataset=dataset.pk)
    return Change(
        rows=rows,
        merged=rows - records,
        inserted=inserted,
        updated=written - inserted,
        unchanged=records - written,
        absent=before + inserted - records,
    )


def _upsert(table: str, columns: list[str], source: str) -> str:
    """INSERT .. ON CONFLICT that writes a row only if a column differs, and answers (rows written, of them new)."""
    facts = columns[1:]
    old = ", ".join(f"{table}.{column}" for column in facts)
    new = ", ".join(f"EXCLUDED.{column}" for column in facts)
    sets = ", ".join(f"{column} = EXCLUDED.{column}" for column in facts)
    defaults = ", has_people, rank" if table == COMPANIES.name else ", rank"
    values = ", false, 0" if table == COMPANIES.name else ", 0"
    return f"""
        WITH written AS (
            INSERT INTO {table} (dataset_id, {", ".join(columns)}{defaults})
            SELECT %(dataset)s, source.*{values} FROM ({source}) source
            ON CONFLICT (dataset_id, record_id) DO UPDATE SET {sets}
            WHERE ({old}) IS DISTINCT FROM ({new})
            RETURNING xmax = 0 AS is_new
        )
        SELECT count(*), count(*) FILTER (WHERE is_new) FROM written
    """


def _company_source() -> str:
    """Of several listings of a company the one with most facts, the earlier of two equal ones."""
    filled = ", ".join(f"NULLIF({column}::text, '')" for column in COMPANIES.columns if column not in ARRAYS)
    return f"""
        SELECT DISTINCT ON (record_id) {", ".join(COMPANIES.columns)} FROM incoming_company
        ORDER BY record_id, num_nonnulls({filled}) DESC, line
    """


ARRAYS = ("technologies", "keywords", "registry_ids")
PEOPLE_SOURCE = f"""
    SELECT DISTINCT ON (person.record_id)
        {", ".join("company.id" if name == "company_record_id" else f"person.{name}" for name in PEOPLE.columns)}
    FROM incoming_person person
    JOIN {COMPANIES.name} company ON company.dataset_id = %(dataset)s AND company.record_id = person.company_record_id
    ORDER BY person.record_id, person.line
"""
JOIN_LISTINGS = """
    WITH owner AS (
        SELECT name_key, country, min(record_id) AS record_id, min(company_key) AS company_key
        FROM incoming_company WHERE domain <> '' AND name_key <> ''
        GROUP BY name_key, country HAVING count(DISTINCT record_id) = 1
    ),
    moves AS MATERIALIZED (
        SELECT DISTINCT listing.record_id AS old_id, owner.record_id, owner.company_key
        FROM incoming_company listing JOIN owner USING (name_key, country) WHERE listing.domain = ''
    ),
    moved_people AS (
        UPDATE incoming_person SET company_record_id = moves.record_id FROM moves WHERE company_record_id = moves.old_id
    )
    UPDATE incoming_company SET record_id = moves.record_id, company_key = moves.company_key
    FROM moves WHERE incoming_company.record_id = moves.old_id
"""


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _one(sql: str, **parameters: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchone()
