"""The tour and the parents' page run to their ends and say what they promise."""

from pathlib import Path

from nbformat import read

from writinggaps.run.execute import execute
from writinggaps.run.isolate import call
from writinggaps.run.jobs import Failure

ROOT = Path(__file__).parents[2]
S03 = str(ROOT / "data" / "sample" / "schools" / "S03")


def ran(name, **parameters):
    """Run a notebook in a process of its own, and give what it shows."""
    made = call(execute, ROOT / "notebooks" / f"{name}.ipynb", parameters, seconds=200,
                megabytes=4096)  # fmt: skip
    assert not isinstance(made, Failure), made
    return [o.data for cell in made.cells for o in cell.get("outputs", ()) if "data" in o]


def test_the_tour_asks_finds_a_gap_closing_and_is_refused_a_number():
    shown = ran("explore_pupils", data=S03, term="2025-26-autumn", edition="staff")
    said = "\n".join(str(data.get("text/html", data.get("text/plain"))) for data in shown)

    assert "<strong>This cannot be said</strong> (no comparison)" in said
    assert "<strong>Gap change</strong>" in said
    assert "<svg" in said
    assert any("is closing" in data.get("text/markdown", "") for data in shown)


def test_parents_are_told_in_three_sentences_of_released_figures():
    shown = ran("parents_summary", data=S03, term="2025-26-autumn")
    brief = next(data["text/markdown"] for data in shown if "text/markdown" in data)

    assert brief == (
        "- In autumn 2025, **about 360 of 450 pupils (four fifths)** wrote as well as "
        "is expected at their age.\n"
        "- They are surest of key vocabulary. The part that they find hardest is **sentence "
        "control**: about two thirds are sure of it so far.\n"
        "- We want every child to write at least 2 pieces a term all by themselves. This term "
        "all or nearly all did."
    )


def test_the_tour_begins_with_a_school_that_is_there():
    cells = read(ROOT / "notebooks" / "explore_pupils.ipynb", as_version=4).cells
    source = next(c.source for c in cells if "parameters" in c.metadata.get("tags", ()))
    place = source.split('"')[1]

    assert (ROOT / "notebooks" / place).resolve() == Path(S03)
