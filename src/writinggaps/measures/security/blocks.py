"""Blocks of knowledge: how many pupils are secure in each, by parts of the school."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from writinggaps.estimates import Share, ShareDifference, share, share_difference
from writinggaps.estimates.breakdown import Split, SplitBreakdown, split, split_breakdown
from writinggaps.estimates.states import BLANK, STATES, secure_fit
from writinggaps.measures.security.pupils import HELD, LAYERS, in_layer, pupil_security
from writinggaps.readers.roll import NOT_RECORDED, group_labels, on_roll
from writinggaps.readers.school import School
from writinggaps.results import Label, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["BlockSecurity", "SecureFit", "Security", "fit", "security"]

_SECURE = "secure"
_STATES = (_SECURE, *STATES[2:])


@result
class BlockSecurity:
    """One block: every pupil in one state, for the whole and for each part of the school.

    States are secure, only with support, not yet, too little evidence. `retained` are the pupils
    who have shown all of it again after a break; they are among the secure.
    """

    label: Label
    split: SplitBreakdown | Withheld
    retained: Share | Withheld

    @property
    def secure(self) -> Share | Withheld:
        """Pupils who are secure in all of the block."""
        return self.split if isinstance(self.split, Withheld) else _secure(self.split.whole)

    @property
    def parts(self) -> dict[str, Share | Withheld]:
        """The same for each part of the school, by its label."""
        if isinstance(self.split, Withheld):
            return {}
        return {label: _secure(found) for label, found in self.split.splits.items()}

    def difference(self, level: float) -> ShareDifference | None:
        """Secure pupils of the first group less those of the second; None unless there are two.

        Negative when the first group is behind; by Newcombe's interval at `level`.
        """
        known = {k: s for k, s in self.parts.items() if k != NOT_RECORDED}
        shares = [replace(s, level=level) for s in known.values() if isinstance(s, Share)]
        if len(shares) != 2 or len(known) != 2:
            return None
        first, second = known
        return share_difference(*shares, group_name=first, others_name=second)


@result
class Security:
    """All blocks of one layer, by parts of the school."""

    by: Label
    layer: Label
    period: Label
    standards: Label
    blocks: tuple[BlockSecurity, ...]

    @property
    def level(self) -> float:
        """Level of intervals that hold for all blocks together (Bonferroni), 95% in all."""
        return 1 - 0.05 / max(len(self.blocks), 1)


@result
class SecureFit:
    """All statements of a layer judged together by the statutory secure fit, by year group.

    `discounted` are the pupils who are secure because a particular weakness was discounted, of
    those who are secure; `weaknesses` says in which statements these were.
    """

    layer: Label
    period: Label
    fit: SplitBreakdown | Withheld
    discounted: Share | Withheld
    weaknesses: Split | Withheld

    @property
    def secure(self) -> Share | Withheld:
        """Pupils who are secure in everything expected of the layer."""
        return self.fit if isinstance(self.fit, Withheld) else _secure(self.fit.whole)


def security(
    school: School,
    *,
    term: str,
    standards: Standards,
    by: str = "year_group",
    layer: str = LAYERS[0],
) -> Security:
    """Say in which blocks pupils are secure, by parts of the school.

    A pupil is secure in a block who has secured all of its statements; none is discounted.

    Parameters
    ----------
    school : School
        With statements, and pieces where the school keeps them.
    term : str
        Evidence up to the end of this term counts.
    standards : Standards
        What is expected, and by which rules evidence counts.
    by : str, optional
        `year_group`, `class`, `disadvantaged`, `fsm`, `sen_provision`, `eal` or `sex`.
    layer : str, optional
        `earlier years` or `this year`.

    Returns
    -------
    Security
        One row per block that has statements in the layer, in the order of the standards.

    Raises
    ------
    NoRecords
        If the school keeps no statements, or none in this layer.
    """
    found = in_layer(pupil_security(school, term=term, standards=standards), layer)
    fits = secure_fit(found, ["pupil_id", "block"])
    parts = _parts(on_roll(school, term), by)
    rows = (
        _block(block.label, of, parts, by)
        for block in standards.blocks.values()
        if not (of := fits[fits["block"].eq(block.id)]).empty
    )
    return Security(by=by, layer=layer, period=term, standards=standards.name, blocks=tuple(rows))


def fit(school: School, *, term: str, standards: Standards, layer: str = LAYERS[0]) -> SecureFit:
    """Judge all statements of a layer together by the statutory secure fit, by year group.

    Parameters and errors are those of `security`.
    """
    found = in_layer(pupil_security(school, term=term, standards=standards), layer)
    waivers = standards.for_phase(school.phase).secure.waivers
    fits = secure_fit(found, ["pupil_id"], waivers=waivers)
    held = fits[fits["state"].isin(HELD)]
    waived = held.loc[held["waived"].ne(""), "waived"].str.split(";").explode()
    texts = waived.map(lambda key: standards.statements[key].text).value_counts()
    return SecureFit(
        layer=layer,
        period=term,
        fit=attempt(_sorted, fits, _parts(on_roll(school, term), "year_group"), "year_group"),
        discounted=attempt(share, held.loc[waived.index.unique(), "pupil_id"], held["pupil_id"]),
        weaknesses=attempt(split, {str(k): int(n) for k, n in texts.items()}),
    )


def _secure(found: Split | Withheld) -> Share | Withheld:
    """Give the pupils who are secure, unless there is too little evidence on most."""
    if isinstance(found, Withheld):
        return found
    blank = found.shares[BLANK]
    if isinstance(blank, Share) and 2 * blank.count > blank.n:
        return Withheld(
            reason="too_little_evidence",
            found="There is too little evidence on most of these pupils",
            needed="each statement has to be seen in enough independent pieces",
        )
    return found.shares[_SECURE]


def _parts(roll: pd.DataFrame, by: str) -> pd.Series:
    """Name each pupil's part of the school, by pupil_id."""
    return group_labels(roll, by).set_axis(roll["pupil_id"])


def _block(label: str, fits: pd.DataFrame, parts: pd.Series, by: str) -> BlockSecurity:
    retained = fits.loc[fits["state"].eq(HELD[0]), "pupil_id"]
    return BlockSecurity(
        label=label,
        split=attempt(_sorted, fits, parts, by),
        retained=attempt(share, retained, fits["pupil_id"]),
    )


def _sorted(fits: pd.DataFrame, parts: pd.Series, by: str) -> SplitBreakdown:
    """Sort pupils into states, by part; only parts that have pupils here."""
    who = fits["pupil_id"].to_numpy()
    part = fits["pupil_id"].map(parts).to_numpy()
    state = fits["state"].astype(str).replace(dict.fromkeys(HELD, _SECURE)).to_numpy()
    here = {name: part == name for name in parts.cat.categories}
    rows = {
        str(name): {of: who[inside & (state == of)] for of in _STATES}
        for name, inside in here.items()
        if inside.any()
    }
    return split_breakdown(by, rows)
