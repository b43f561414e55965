"""The tables of an engine as Ibis tables, with equal columns on DuckDB, PostgreSQL and Spark."""

from dataclasses import dataclass

import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class EngineTables:
    """The tables of `model/event_tables.py` in one engine."""

    events: ir.Table
    event_places: ir.Table
    event_actors: ir.Table
    claims: ir.Table
    containment: ir.Table
    event_estimates: ir.Table
    places: ir.Table

    def named(self, name: str) -> ir.Table:
        """The table of that name."""
        table: ir.Table = getattr(self, name)
        return table
