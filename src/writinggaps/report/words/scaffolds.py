"""Who still needs support to write, in words."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.findings import share_finding
from writinggaps.measures.scaffolds import ScaffoldReliance
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.given import known, shares_of, whole_of
from writinggaps.report.words.language import (
    count_in,
    count_of,
    few,
    percent,
    plain,
    sentence_case,
    so_many_of,
)
from writinggaps.withheld import Withheld

__all__ = ["scaffold_reliance"]

RELIES = "Who relies on scaffolds?"


@sentence
def scaffold_reliance(value: ScaffoldReliance, released: Released[ScaffoldReliance]) -> Prose | str:
    """Say how much of the evidence was independent, and how many pupils rely on scaffolds."""
    when = Term.parse(value.period).spoken
    about = "" if released.exact else "about "
    start = (
        f"In {when}, {about}{percent(value.whole.share)} of what was looked for in pupils' writing "
        f"was seen in pieces written alone."
    )
    whole = whole_of(value.reliant)
    if isinstance(whole, Withheld):
        return f"{start} Who relies on scaffolds is not shown: the numbers are too small."
    asked = {"question": RELIES, "measure": "relies on scaffolds", "period": value.period}
    groups = {"all pupils": whole, **shares_of(value.reliant)}
    records = [share_finding(s, group=k, **asked) for k, s in groups.items()]
    if released.exact and not whole.count:
        return Prose(f"{start} No pupil relies on scaffolds.", tuple(records))
    rule = f"at least {percent(value.share)} of what they showed was with support"
    who = sentence_case(so_many_of(whole, released))
    rely = "relies on scaffolds" if released.exact and whole.count == 1 else "rely on scaffolds"
    more = "" if few(whole.count, released) else f": {rule}{_where(value, whole, released)}"
    return Prose(f"{start} **{who} {rely}**{more}.{_only(value, released)}", tuple(records))


def _where(value: ScaffoldReliance, whole: Share, released: Released[ScaffoldReliance]) -> str:
    """Name the class that most of these pupils are in, if there is one."""
    classes = shares_of(value.reliant)
    if len(classes) < 2:
        return ""
    name, most = max(known(classes).items(), key=lambda pair: pair[1].count, default=("", whole))
    if not name or 2 * most.count <= whole.count:
        return ""
    if released.exact and most.count == whole.count:
        return f"; all of them are in {plain(name)}"
    return f"; {count_of(most.count, released)} of them are in {plain(name)}"


def _only(value: ScaffoldReliance, released: Released[ScaffoldReliance]) -> str:
    only = value.only_supported
    if not isinstance(only, Share) or not only.count or few(only.count, released):
        return ""
    if released.exact and only.count == only.n:
        who = "All of these" if only.n > 1 else "That pupil"
    else:
        who = f"Of these, {count_in(only, released)}"
    verb = "has" if released.exact and only.count == 1 else "have"
    return f" {who} {verb} shown more with support than secured alone."
