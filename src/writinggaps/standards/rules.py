"""The rules of a set of standards: by what evidence something counts, each with who set it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Coverage",
    "Evaluation",
    "Evidence",
    "Gap",
    "Habitual",
    "Influence",
    "Judging",
    "Plan",
    "Retained",
    "Scaffold",
    "Secure",
    "Send",
    "Stopped",
    "Surveys",
    "Trust",
    "Withdrawal",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """Every rule says who set it."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Secure(_Rule):
    """When a statement counts as secure: so many independent pieces within so many weeks.

    It is lost again when so many of the latest independent pieces all fail to show it. `waivers` is
    the most statements that a statutory secure fit may discount as a particular weakness.
    """

    independent_pieces: int
    lost_after_pieces: int
    within_weeks: int
    waivers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retained(_Rule):
    """When it counts as retained: shown independently again so many weeks after first secure."""

    after_weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaffold(_Rule):
    """When a pupil relies on scaffolds: this share of at least so many observations."""

    share: float
    observations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Habitual(_Rule):
    """When an error is a habit: so often, in so many pieces, over so many weeks."""

    repeats: int
    pieces: int
    over_weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(_Rule):
    """When a habit counts as stopped: so many weeks without it, in so many later pieces."""

    weeks_without: int
    pieces_without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(_Rule):
    """How much evidence is enough: independent pieces a term, and how old evidence may be."""

    independent_pieces_a_term: int
    recent_weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(_Rule):
    """When something is taught often (lessons to a class) but secured rarely (share of pupils)."""

    taught_often: int
    secured_rarely: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust(_Rule):
    """What a trust's report may claim.

    `false_claims` is the share of a report's claims that may be wrong; a block counts as secured
    everywhere, or nowhere, where in each school more, or fewer, than these shares surely are.
    """

    false_claims: float
    secured_everywhere: float
    secured_nowhere: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(_Rule):
    """The gate before the word closing, and the ladder below it.

    Parameters
    ----------
    group_minimum : int
        Fewest pupils in each group.
    smallest_worthwhile_sd : float
        The smallest change that matters, in standard deviations at the start.
    level : float
        Confidence level of changes, all changes of a report together.
    behind_level : float
        The same of the groups that are said to be behind.
    match_share : float
        Share of pupils who must have both scores.
    cohorts : int
        Cohorts needed for a trend where pupils are not the same.
    power : float
        With which the change that could have been seen is worked out.
    statements : int
        How many changes of gaps a report speaks about: intervals are widened for all of them.
    ceiling_share : float
        Largest share of the other pupils who may have the highest score of an interval scale.
    reliability : tuple of float
        Lowest and highest correlation of two scores of one pupil that is allowed for when a group
        was chosen because it scored low.
    """

    group_minimum: int
    smallest_worthwhile_sd: float
    level: float
    behind_level: float
    match_share: float
    cohorts: int
    power: float
    statements: int
    ceiling_share: float
    reliability: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence(_Rule):
    """When a figure rests on a few pupils.

    Parameters
    ----------
    pupils : int
        How many are left out.
    typical_share : float
        They count for more than in this share of typical cohorts of the same size.
    part : float
        And at least this part of the figure goes with them.
    """

    pupils: int
    typical_share: float
    part: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging(_Rule):
    """When a teacher is said to judge otherwise than moderation, and a judgement is doubtful.

    `level` is that of all statements about teachers together; the middle score of a code counts
    where so many `pupils` of a year group were given it.
    """

    level: float
    pupils: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(_Rule):
    """When a pupil is repeatedly withdrawn, and what counts as a sustained gain, in SDs."""

    repeated_terms: int
    sustained_gain_sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(_Rule):
    """When a scheme may be said to have helped.

    Parameters
    ----------
    group_minimum : int
        Fewest pupils in each group for strong evidence.
    level : float
        Confidence level of a scheme's interval, before allowing for the number of schemes.
    equivalent, adjustable : float
        Largest difference before the scheme, in standard deviations, between groups that are
        alike; and between groups that are alike once it is allowed for. Beyond it, they are not.
    lost_share : float
        Largest share of a group that may have no post-test, for strong evidence.
    smallest_worthwhile_sd : float
        An effect that is shown to be smaller than this did not help.
    reliability : float
        Of a test whose own reliability is not known, to allow for regression to the mean.
    """

    group_minimum: int
    level: float
    equivalent: float
    adjustable: float
    lost_share: float
    smallest_worthwhile_sd: float
    reliability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Send(_Rule):
    """The thresholds of the SENDCO's report.

    Parameters
    ----------
    persistent, severe : float
        Shares of a pupil's own possible sessions missed that count as such absence.
    register_terms : int
        Terms in a row before a pupil's place on the register is worth a conversation.
    uneven_minimum, uneven_chance : int, float
        Year groups are said to differ with so many pupils with SEN, where chance is so rare.
    suspensions_minimum : int
        Fewest suspensions of which it is said to whom they fall more often.
    beside_minimum : int
        Fewest pupils whose gap is set beside England's.
    """

    persistent: float
    severe: float
    register_terms: int
    uneven_minimum: int
    uneven_chance: float
    suspensions_minimum: int
    beside_minimum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveys(_Rule):
    """How many of a role must answer to be compared, and which share of those asked is enough."""

    role_minimum: int
    response: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(_Rule):
    """How rarely chance alone may reach a target, and how many priorities are suggested."""

    chance: float
    suggested: int
