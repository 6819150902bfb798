"""Write `docs/codebook.md` from the files that the readers and measures themselves use.

Run `python docs/make_codebook.py` after changing a table, a code or a standard; a test fails until
the page agrees with them.
"""

from __future__ import annotations

from dataclasses import fields
from importlib.resources import files
from pathlib import Path

from writinggaps.readers.schema import Column, Table, code_table, tables
from writinggaps.standards import Standards, load_standards, rules

PAGE = Path(__file__).with_name("codebook.md")
YEARS = ("Reception", *(f"Year {n}" for n in range(1, 10)))
TYPES = {
    "id": "id (text)",
    "code": "code",
    "boolean": "y or n",
    "date": "date",
    "term": "term",
    "period": "term or school year",
    "year_group": "year group",
    "number": "number",
    "text": "text",
}
RULES = tuple(name.lower() for name in rules.__all__)
OPENING = """# Codebook

What a school's data may hold. This page is made from the program's own files by
`docs/make_codebook.py`: it cannot say anything else than the program does.

A school is a folder of CSV files, one workbook with a sheet for each table, or a database with
tables of these names. Only `pupils` is required: a question whose table is missing is answered with
a sentence that says so. The settings of a school (name, key, local authority, phase, ages, logo,
accent colour, `notional_sen_pounds` for its notional SEN fund, and its own headings) are in
`school.toml`, or on a sheet called `school`.

- **Terms** are written `2025-26-autumn`; spring ends on 14 April.
- **Dates** are best written `2025-12-12`.
- **Year groups** are numbers, Reception being 0. In `pupils` it is the year group of today, or, for
  a pupil who has left, of the last day on roll: earlier year groups are counted back from it.
- **Yes and no** are written `y` and `n`.
- A cell is left blank where something is not known. The code `N` is not blank, nor is `None`.
- *Row* under "needed" means that a row without it is set aside; *column* that the column must be
  there but cells may be blank.
"""
SAMPLE = """## The sample trust

`data/sample` holds an invented trust of seven schools in these tables, made from a seed by
`data/sample/make_sample.py`. `truth.toml` beside it lists what was planted (a gap that closes, one
that does not, a gap carried by two pupils, blocks that are not secure, habits, pupils who rely on
scaffolds or are withdrawn term after term, lenient judgements), and nothing else may be claimed of
it. The seed is one of ninety that were tried, and was chosen so that schools in which nothing
changes also look like it in the data: the sample shows what reports say, not how often they are
right. That is what the simulations in the tests are for. Pupil numbers begin with an authority
(000) that does not exist.

The sample's own conventions: `cj_writing` is scored each autumn in Years 1 to 6; `writing` is
judged each term in Years 1 to 9, and once more while teaching in the last autumn; pieces and errors
are of spring, summer and autumn 2025, statements of summer and autumn; `taught` is of autumn 2025.
There is no `reference` table: an invented authority has no figures.
"""


def codebook() -> str:
    """Give the page."""
    standards = load_standards()
    parts = [
        OPENING,
        "## Tables\n",
        *(_table(table) for table in tables().values()),
        "## Codes\n",
        *(_codes(name) for name in _code_names()),
        *_standards(standards),
        SAMPLE,
    ]
    return "\n".join(parts)


def _grid(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _table(table: Table) -> str:
    rows = [
        (f"`{c.name}`", _type(c), c.required, c.meaning, f"`{c.example}`" if c.example else "")
        for c in table.columns.values()
    ]
    heads = ("column", "type", "needed", "meaning", "example")
    unique = ", ".join(f"`{name}`" for name in table.unique)
    only = f" No two rows may agree in {unique}." if unique else ""
    listed = " Every pupil must be in `pupils`." if table.listed else ""
    return f"### {table.name}\n{table.meaning}; one row a {table.row}.{only}{listed}\n\n" + _grid(
        heads, rows
    )


def _type(column: Column) -> str:
    if column.codes:
        return f"code: [{column.codes}](#{column.codes})"
    bounds = [
        f"{word} {bound:g}"
        for word, bound in (("from", column.low), ("to", column.high))
        if bound is not None
    ]
    return " ".join([TYPES[column.type], *bounds])


def _code_names() -> list[str]:
    folder = files("writinggaps.defaults").joinpath("codes")
    return sorted(
        p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")
    )


def _codes(name: str) -> str:
    codes = code_table(name)
    rows = [
        (f"`{code}`", text, "unconfirmed" if code in codes.unconfirmed else "")
        for code, text in codes.means.items()
    ]
    rows += [(f"`{old}`", f"read as `{now}`", "retired") for old, now in codes.retired.items()]
    order = f" From lowest to highest: {', '.join(codes.ladder)}." if codes.ladder else ""
    head = f"### {name}\n{codes.title}. Source: {codes.source}.{order}\n\n"
    return head + _grid(("code", "meaning", ""), rows)


def _standards(standards: Standards) -> list[str]:
    measures = [
        (f"`{m.id}`", m.label, m.kind, ", ".join(m.order), ", ".join(m.expected), m.source)
        for m in standards.measures.values()
    ]
    starts = [
        (f"`{s.id}`", s.label, f"`{s.measure}`", f"`{s.reaches}`", s.source)
        for s in standards.starts.values()
    ]
    blocks = [
        (f"`{b.id}`", b.label, standards.strands[b.strand]) for b in standards.blocks.values()
    ]
    statements = [
        (f"`{s.id}`", YEARS[s.from_year], standards.blocks[s.block].label, s.text)
        for s in standards.statements.values()
    ]
    return [
        "## Measures\nWhat judgements are made on; a trust adds its own in its standards file.\n\n"
        + _grid(("measure", "what", "kind", "order", "expected", "source"), measures),
        "## Starting points\nProgress is told from the first of these that a school has.\n\n"
        + _grid(("start", "what", "measure then", "measure now", "source"), starts),
        "## Standards\nThe defaults, which a trust's own file changes key by key. Sources: "
        + "; ".join(standards.sources.values())
        + ".\n\n"
        + _grid(("block", "what", "strand"), blocks),
        _grid(("statement", "expected by the end of", "block", "what"), statements),
        "## Rules\n\n" + _grid(("rule", "value", "source"), _rules(standards)),
        "## Bands\n\n" + _grid(("bands", "labels", "in use", "source"), _bands(standards)),
    ]


def _rules(standards: Standards) -> list[tuple[str, ...]]:
    rows = []
    for name in RULES:
        rule = getattr(standards, name)
        told = {f.name: getattr(rule, f.name) for f in fields(rule) if f.name != "source"}
        rows += [(f"`{name}.{key}`", f"{value}", rule.source) for key, value in told.items()]
    return rows


def _bands(standards: Standards) -> list[tuple[str, ...]]:
    rows = []
    for found in standards.bands.values():
        starts = ("below: ", *(f"from {edge:g}: " for edge in found.edges))
        pairs = zip(starts, found.labels, strict=True)
        labels = "; ".join(f"{start}{label}" for start, label in pairs)
        rows.append((f"`{found.name}`", labels, "yes" if found.enabled else "no", found.source))
    return rows


if __name__ == "__main__":
    PAGE.write_text(codebook(), encoding="utf-8")
