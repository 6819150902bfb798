"""How a report was worked out: its rules, and who set them."""

from __future__ import annotations

from dataclasses import asdict

from writinggaps.readers.schema import default
from writinggaps.report.faces import Table
from writinggaps.report.tables.cells import laid
from writinggaps.report.words.language import percent, sentence_case, spelled
from writinggaps.standards import Standards

__all__ = ["evaluation", "rules"]


class _Number:
    """A number of the standards within a rule: in words, as a percentage (%), in figures (0)."""

    def __init__(self, number: object) -> None:
        self.number = number

    def __format__(self, how: str) -> str:
        if isinstance(self.number, float) and how == "%":
            return percent(self.number)
        return (
            spelled(self.number) if isinstance(self.number, int) and not how else f"{self.number}"
        )


def rules(standards: Standards, phase: str) -> Table:
    """List the rules by which evidence counted, in words, with who set each.

    Rules say nothing about a child, so they need no release.
    """
    return _listed("report", standards, phase)


def evaluation(standards: Standards, phase: str) -> Table:
    """List the rules by which a scheme was said to have helped, in words, with who set them."""
    return _listed("evaluation", standards, phase)


def _listed(what: str, standards: Standards, phase: str) -> Table:
    """Fill the numbers of the standards into the rules of `method.toml`."""
    said, of = default("method.toml")[what], standards.for_phase(phase)
    told = {word: asdict(getattr(of, rule["section"])) for word, rule in said.items()}
    numbers = {word: {k: _Number(n) for k, n in rule.items()} for word, rule in told.items()}
    sources = {rule["source"] for rule in told.values()}
    who = {"Who set it": lambda word: told[word]["source"]} if len(sources) > 1 else {}
    return laid(
        f"The rules of this {what}, from the standards called {standards.name}",
        {
            "Word": str,
            "What it takes": lambda word: sentence_case(said[word]["says"].format(**numbers[word])),
            **who,
        },
        said,
        "" if who else f"Who set them: {sources.pop()}.",
    )
