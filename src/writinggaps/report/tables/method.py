"""How a report was worked out: its rules, and who set them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.report.faces import Table
from writinggaps.report.words.language import percent, spelled

if TYPE_CHECKING:
    from writinggaps.standards import Standards

__all__ = ["evaluation", "rules"]


def rules(standards: Standards, phase: str) -> Table:
    """List the rules by which evidence counted, in words, with who set each.

    Rules say nothing about a child, so they need no release.
    """
    of = standards.for_phase(phase)
    said = {
        "secure": (_secure(of), of.secure.source),
        "retained": (
            (
                f"Shown independently again, {of.retained.after_weeks} weeks or more after it was "
                "first secure."
            ),
            of.retained.source,
        ),
        "relies on scaffolds": (
            (
                f"{percent(of.scaffold.share)} or more of at least "
                f"{spelled(of.scaffold.observations)} observations were made with support."
            ),
            of.scaffold.source,
        ),
        "habitual error": (_habitual(of), of.habitual.source),
        "stopped": (
            (
                f"Not seen for {spelled(of.stopped.weeks_without)} weeks, in at least "
                f"{spelled(of.stopped.pieces_without)} later pieces."
            ),
            of.stopped.source,
        ),
        "enough evidence": (_evidence(of), of.evidence.source),
        "taught often, secured rarely": (
            (
                f"At least {spelled(of.coverage.taught_often)} lessons to a class, and fewer than "
                f"{percent(of.coverage.secured_rarely)} of its pupils secure."
            ),
            of.coverage.source,
        ),
        "closing": (_closing(of), of.gap.source),
    }
    return Table(
        caption=f"The rules of this report, from the standards called {standards.name}",
        columns=("word", "what it takes", "who set it"),
        rows=tuple((word, rule, source) for word, (rule, source) in said.items()),
    )


def evaluation(standards: Standards, phase: str) -> Table:
    """List the rules by which a scheme was said to have helped, in words, with who set them."""
    of = standards.for_phase(phase).evaluation
    said = {
        "alike before": f"Groups differ by {of.equivalent} standard deviations or less.",
        "alike once allowed for": f"By more than that, and by {of.adjustable} or less.",
        "strong evidence": (
            f"At least {spelled(of.group_minimum)} pupils in each group, and no more than "
            f"{percent(of.lost_share)} of either without a score from both ends."
        ),
        "did not help": (
            f"The effect is shown to be less than {of.smallest_worthwhile_sd} standard deviations."
        ),
        "interval": f"{percent(of.level)}, widened for the number of schemes compared.",
        "reliability": f"{of.reliability}, where a test's own is not known.",
    }
    return Table(
        caption=f"The rules of this evaluation, from the standards called {standards.name}",
        columns=("word", "what it takes", "who set it"),
        rows=tuple((word, rule, of.source) for word, rule in said.items()),
    )


def _secure(of: Standards) -> str:
    return (
        f"Shown in {spelled(of.secure.independent_pieces)} pieces of independent writing within "
        f"{of.secure.within_weeks} weeks; lost when the latest "
        f"{spelled(of.secure.lost_after_pieces)} all fail to show it."
    )


def _habitual(of: Standards) -> str:
    return (
        f"Made by one pupil {spelled(of.habitual.repeats)} times or more, in at least "
        f"{spelled(of.habitual.pieces)} pieces, over at least "
        f"{spelled(of.habitual.over_weeks)} weeks."
    )


def _evidence(of: Standards) -> str:
    return (
        f"{spelled(of.evidence.independent_pieces_a_term).capitalize()} independent pieces a "
        f"term; evidence counts as recent for {spelled(of.evidence.recent_weeks)} weeks."
    )


def _closing(of: Standards) -> str:
    return (
        f"The same pupils at both times ({percent(of.gap.match_share)} of each group or more), at "
        f"least {of.gap.group_minimum} in each group; narrower by "
        f"{of.gap.smallest_worthwhile_sd} standard deviations or more, beyond what chance gives "
        f"once all {spelled(of.gap.statements)} groups of this report are allowed for; so on "
        "every scale; the group's own level rose; and not because of two pupils."
    )
