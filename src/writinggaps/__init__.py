"""Honest reports on children's writing.

Read a school, ask a measure, and look at the answer or at why there is none:

    import writinggaps as wg

    school = wg.read_school("data/sample/schools/S03")
    standards = wg.load_standards()
    wg.attempt(wg.gap, school, by="disadvantaged", term="2025-26-autumn", standards=standards)
"""

from typing import TYPE_CHECKING

from writinggaps.lazy import lazily
from writinggaps.official import official

if TYPE_CHECKING:
    from writinggaps.disclosure import private_list, release, shown_to
    from writinggaps.estimates.agreement import agreement, intraclass, severity
    from writinggaps.estimates.ancova import ancova_effect
    from writinggaps.estimates.effects import cohens_d, glass_delta, hedges_g
    from writinggaps.estimates.grouped import hedges_g_by
    from writinggaps.estimates.means import mean_difference, mean_gain
    from writinggaps.estimates.ordinal import cliffs_delta, rank_gap
    from writinggaps.estimates.paired import paired_effect, pre_post_control_effect
    from writinggaps.estimates.planning import (
        improvement_index,
        minimum_detectable_effect,
        months_of_progress,
        relative_gap_reduction,
    )
    from writinggaps.estimates.pooling import pool, shrunken
    from writinggaps.estimates.pooling_checks import (
        egger,
        leave_one_out,
        meta_regression,
        trim_and_fill,
    )
    from writinggaps.estimates.ratio_gain import ratio_gain
    from writinggaps.estimates.regression import Selection
    from writinggaps.estimates.shares import share, share_difference
    from writinggaps.estimates.shrinkage import fit_beta
    from writinggaps.estimates.tables2x2 import cox_index, mcnemar, odds_ratio, risk_ratio
    from writinggaps.estimates.trial import cluster_trial
    from writinggaps.findings import read_findings
    from writinggaps.measures.attainment import attainment, attainment_history
    from writinggaps.measures.checks import data_checks
    from writinggaps.measures.errors import habitual_errors
    from writinggaps.measures.evidence import evidence, judgement_mix
    from writinggaps.measures.gaps.change import gap_change, gap_direction
    from writinggaps.measures.gaps.gap import gap
    from writinggaps.measures.gaps.history import gap_history, gaps
    from writinggaps.measures.gaps.influence import influence
    from writinggaps.measures.inclusion.index import inclusion_index
    from writinggaps.measures.judging import judging, moderation
    from writinggaps.measures.plan import priorities, suggestions
    from writinggaps.measures.progress.added import value_added
    from writinggaps.measures.progress.moves import jumps, transitions
    from writinggaps.measures.scaffolds import scaffold_reliance
    from writinggaps.measures.security.blocks import fit, security
    from writinggaps.measures.security.pupils import pupil_security
    from writinggaps.measures.security.statements import best_next, coverage, least_secure
    from writinggaps.measures.send.attendance import send_attendance
    from writinggaps.measures.send.behaviour import send_behaviour
    from writinggaps.measures.send.changes import attendance_change
    from writinggaps.measures.send.context import send_context
    from writinggaps.measures.send.influence import send_influence
    from writinggaps.measures.send.notes import own_words
    from writinggaps.measures.send.outcomes import send_outcomes
    from writinggaps.measures.send.provision import provision_map
    from writinggaps.measures.send.register import plan_requests, register_review
    from writinggaps.measures.surveys import surveys
    from writinggaps.measures.trust.gaps import trust_gaps
    from writinggaps.measures.trust.judging import trust_judging
    from writinggaps.measures.trust.schools import trust_schools
    from writinggaps.measures.trust.secured import trust_secured
    from writinggaps.measures.withdrawal import withdrawal
    from writinggaps.readers import School, check_school, movers, read_school, read_schools
    from writinggaps.readers.ks2_tables import read_ks2_tables
    from writinggaps.readers.official_files import read_ees
    from writinggaps.standards import load_standards
    from writinggaps.withheld import Withheld, attempt

__all__ = [
    "School",
    "Selection",
    "Withheld",
    "agreement",
    "ancova_effect",
    "attainment",
    "attainment_history",
    "attempt",
    "attendance_change",
    "best_next",
    "check_school",
    "cliffs_delta",
    "cluster_trial",
    "cohens_d",
    "coverage",
    "cox_index",
    "data_checks",
    "egger",
    "evidence",
    "fit",
    "fit_beta",
    "gap",
    "gap_change",
    "gap_direction",
    "gap_history",
    "gaps",
    "glass_delta",
    "habitual_errors",
    "hedges_g",
    "hedges_g_by",
    "improvement_index",
    "inclusion_index",
    "influence",
    "intraclass",
    "judgement_mix",
    "judging",
    "jumps",
    "least_secure",
    "leave_one_out",
    "load_standards",
    "mcnemar",
    "mean_difference",
    "mean_gain",
    "meta_regression",
    "minimum_detectable_effect",
    "moderation",
    "months_of_progress",
    "movers",
    "odds_ratio",
    "official",
    "own_words",
    "paired_effect",
    "plan_requests",
    "pool",
    "pre_post_control_effect",
    "priorities",
    "private_list",
    "provision_map",
    "pupil_security",
    "rank_gap",
    "ratio_gain",
    "read_ees",
    "read_findings",
    "read_ks2_tables",
    "read_school",
    "read_schools",
    "register_review",
    "relative_gap_reduction",
    "release",
    "risk_ratio",
    "scaffold_reliance",
    "security",
    "send_attendance",
    "send_behaviour",
    "send_context",
    "send_influence",
    "send_outcomes",
    "severity",
    "share",
    "share_difference",
    "shown_to",
    "shrunken",
    "suggestions",
    "surveys",
    "transitions",
    "trim_and_fill",
    "trust_gaps",
    "trust_judging",
    "trust_schools",
    "trust_secured",
    "value_added",
    "withdrawal",
]

__getattr__ = lazily(__name__)


def __dir__() -> list[str]:
    return __all__
