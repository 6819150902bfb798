"""Official figures in words: what was published, for whom, when, and in which release."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.official import Official
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import plain, sentence_case

__all__ = ["citation", "figure", "value_of"]

_GROUPS = {
    "boys": "boys",
    "disadvantaged": "disadvantaged pupils",
    "eal": "pupils with English as an additional language",
    "ehcp": "pupils with an EHCP",
    "fsm": "pupils eligible for free school meals",
    "girls": "girls",
    "high_prior_attainment": "pupils with high prior attainment",
    "low_prior_attainment": "pupils with low prior attainment",
    "middle_prior_attainment": "pupils with middle prior attainment",
    "no_sen": "pupils without SEN provision",
    "not_disadvantaged": "pupils who are not disadvantaged",
    "not_fsm": "pupils not eligible for free school meals",
    "sen_support": "pupils on SEN Support",
}
_NEED = "need_"
_SCORES = {"score": "a score of", "scaled score": "a scaled score of"}
_SCORES |= {"progress score": "a progress score of"}


@sentence
def figure(value: Official, _: Released[Official]) -> str:
    """Give an official figure with its place, year and group."""
    return (
        f"{plain(value.label)}{_who(value)}: **{value_of(value)}** in {plain(value.place)} in "
        f"{value.period}."
    )


@sentence
def citation(value: Official, _: Released[Official]) -> str:
    """Say where an official figure comes from, whom it covers and in which release it stands."""
    return (
        f"{plain(value.label)}{_who(value)}, {plain(value.place)} {value.period}: "
        f"{plain(value.source)}. {sentence_case(plain(value.coverage))}. "
        f"Release: {plain(value.version)}."
    )


def value_of(value: Official) -> str:
    """Write an official figure with its unit, as exactly as it was published.

    Examples
    --------
    >>> from writinggaps.official import official
    >>> value_of(official("ks2_writing_expected", year_ending=2025))
    '73% of pupils'
    >>> value_of(official("attainment8", group="ehcp", phase="secondary", year_ending=2025))
    'a score of 14.8'
    """
    number = f"{value.value:,.10g}".replace("-", "−")
    if value.unit.startswith("%"):
        return number + value.unit
    if value.unit in _SCORES:
        return f"{_SCORES[value.unit]} {number}"
    return f"{number} {value.unit}"


def _who(value: Official) -> str:
    """Name the group and, where it is not primary schools, the phase."""
    group = _GROUPS.get(value.group, "")
    if value.group.startswith(_NEED):
        group = f"need {value.group.removeprefix(_NEED).upper()}"
    phase = {"secondary": "secondary schools", "all": "all phases"}.get(value.phase, "")
    told = ", ".join(part for part in (group, phase) if part)
    return f" ({told})" if told else ""
