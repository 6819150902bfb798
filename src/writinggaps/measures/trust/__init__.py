"""A trust's questions, answered from what its schools' own reports found."""

from writinggaps.measures.trust.claims import Claims, claims
from writinggaps.measures.trust.gaps import TrustGaps, trust_gaps
from writinggaps.measures.trust.judging import TrustJudging, trust_judging
from writinggaps.measures.trust.schools import TrustSchools, trust_schools
from writinggaps.measures.trust.secured import TrustSecured, trust_secured

__all__ = [
    "Claims",
    "TrustGaps",
    "TrustJudging",
    "TrustSchools",
    "TrustSecured",
    "claims",
    "trust_gaps",
    "trust_judging",
    "trust_schools",
    "trust_secured",
]
