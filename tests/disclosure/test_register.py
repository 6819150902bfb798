import json
import stat
from itertools import combinations

import numpy as np
import pytest

from writinggaps.disclosure.register import Group, Register, comparable, oldest_kept, read_register
from writinggaps.problems import BadArgument, HeldBack

AUTUMN = "2025-26-autumn"


def group(pupils, *, name="4A", about="secure", period=AUTUMN, term=AUTUMN, school="100001"):
    return Group(
        term=term,
        school=school,
        group=name,
        about=about,
        period=period,
        pupils=frozenset(pupils),
    )


@pytest.fixture
def register(tmp_path):
    return read_register(tmp_path / "reports" / "_private" / "register.json", tmp_path / "key")


CLASS = [f"p{i}" for i in range(28)]


def test_the_same_group_may_be_published_again():
    assert comparable(group(CLASS), [group(CLASS)]) == frozenset(CLASS)


@pytest.mark.parametrize("joined", [1, 4])
def test_after_one_to_four_joined_only_those_known_before_are_published(joined):
    more = [*CLASS, *(f"new{i}" for i in range(joined))]

    assert comparable(group(more), [group(CLASS)]) == frozenset(CLASS)


@pytest.mark.parametrize("left", [1, 4])
def test_after_one_to_four_left_the_figure_is_held(left):
    assert comparable(group(CLASS[left:]), [group(CLASS)]) is None


def test_two_out_and_two_in_is_a_difference_of_four():
    assert comparable(group([*CLASS[2:], "new1", "new2"]), [group(CLASS)]) is None


def test_a_group_that_changed_by_five_may_be_published():
    assert comparable(group(CLASS[5:]), [group(CLASS)]) == frozenset(CLASS[5:])


def test_groups_of_one_report_are_compared_too():
    # free school meals and pupil premium differ by two pupils: one of the two figures is enough
    meals = group(CLASS[:12], name="free school meals")

    assert comparable(group(CLASS[:14], name="pupil premium"), [meals]) == meals.pupils


@pytest.mark.parametrize("other", [{"about": "expected"}, {"period": "2025-26-spring"}])
def test_figures_about_other_things_or_times_cannot_be_set_against_each_other(other):
    assert comparable(group(CLASS[1:], **other), [group(CLASS)]) == frozenset(CLASS[1:])


def test_what_is_left_in_common_must_itself_be_comparable():
    earlier = [group(CLASS), group(CLASS[:26])]

    assert comparable(group([*CLASS, "new"]), earlier) is None


def test_over_three_terms_of_joiners_and_leavers_no_two_figures_differ_by_one_to_four():
    rng = np.random.default_rng(3)
    shown = asked = 0
    for school in range(20):
        released, on_roll, nobody_yet = [], [f"{school}-{i}" for i in range(180)], 180
        attributes = {}
        for term in ("2025-26-autumn", "2025-26-spring", "2025-26-summer"):
            leavers = set(rng.choice(on_roll, rng.integers(0, 6), replace=False))
            joiners = [f"{school}-{nobody_yet + i}" for i in range(rng.integers(0, 6))]
            nobody_yet += len(joiners)
            on_roll = [p for p in on_roll if p not in leavers] + joiners
            for p in on_roll:
                attributes.setdefault(
                    p,
                    (
                        f"year {rng.integers(1, 7)}",
                        rng.choice(["none", "SEN Support", "EHCP"], p=[0.8, 0.15, 0.05]),
                        rng.choice(["disadvantaged", "others"], p=[0.3, 0.7]),
                    ),
                )
            names = {name for p in on_roll for name in attributes[p]}
            groups = {name: [p for p in on_roll if name in attributes[p]] for name in names}
            groups["all"] = on_roll
            # this term's figure, the autumn's on today's pupils, and what never changes
            for about, period in (("secure", term), ("secure", AUTUMN), ("free meals", "")):
                for name, pupils in sorted(groups.items()):
                    new = group(pupils, name=name, about=about, period=period, term=term)
                    allowed = comparable(new, released)
                    asked += 1
                    if allowed is not None:
                        shown += 1
                        released.append(group(allowed, name=name, about=about, period=period))
        for one, other in combinations(released, 2):
            if (one.about, one.period) == (other.about, other.period):
                assert not 1 <= len(one.pupils ^ other.pupils) <= 4
    assert shown / asked > 0.5


def test_the_register_holds_no_pupil(register):
    register.record_release([group(register.hashed(["CANARY-7"]))])

    text = register.path.read_text()
    assert "CANARY" not in text
    assert register.key.hex() not in text


def test_what_was_recorded_is_read_again(register, tmp_path):
    wrote = register.record_release([group(register.hashed(CLASS))])

    assert read_register(register.path, tmp_path / "key") == wrote


def test_a_release_recorded_twice_is_recorded_once(register):
    one = group(register.hashed(CLASS))

    assert register.record_release([one]).record_release([one]).released == (one,)


def test_hashes_of_two_keys_have_nothing_in_common(tmp_path):
    one, two = (Register(path=tmp_path, key=bytes([i]) * 32) for i in (1, 2))

    assert not one.hashed(CLASS) & two.hashed(CLASS)


def test_the_key_may_not_stand_beside_the_register(tmp_path):
    with pytest.raises(BadArgument, match="beside it"):
        read_register(tmp_path / "register.json", tmp_path / "deep" / "key")


def test_another_key_is_noticed(register, tmp_path):
    register.record_release([])
    (tmp_path / "key").write_bytes(b"1" * 32)

    with pytest.raises(HeldBack, match="another key"):
        read_register(register.path, tmp_path / "key")


def test_register_and_key_are_for_their_owner_only(register, tmp_path):
    register.record_release([])

    for path in (register.path, tmp_path / "key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(register.path.parent.iterdir()) == [register.path]


def test_a_purged_pupil_is_gone_from_every_group_but_the_difference_stays(register):
    register = register.record_release(
        [group(register.hashed(CLASS)), group(register.hashed(CLASS[:9]), name="disadvantaged")]
    )
    gone = register.hashed(["p3"])

    register = register.purge(pupils=["p3"])

    assert all(not gone & g.pupils for g in register.released)
    assert [len(g.pupils) for g in register.released] == [28, 9]
    assert len(register.released[0].pupils & register.released[1].pupils) == 9
    without = group(register.hashed(p for p in CLASS if p != "p3"))
    assert comparable(without, register.released) is None


def test_a_purged_school_is_gone_from_the_trusts_totals_too(register):
    ours, theirs = register.hashed(CLASS), register.hashed(["q1", "q2"])
    register = register.record_release(
        [group(ours), group(theirs, school="100002"), group(ours | theirs, school="trust")]
    )

    register = register.purge(school="100001")

    assert [g.school for g in register.released] == ["100002", "trust"]
    assert register.released[1].pupils & ours == frozenset()
    assert theirs <= register.released[1].pupils
    assert not any(h in register.path.read_text() for h in ours)


def test_what_is_older_than_the_retention_period_is_forgotten(register):
    old = group(register.hashed(CLASS), term="2022-23-spring")
    new = group(register.hashed(CLASS), term="2022-23-summer")

    register = register.record_release([old, new]).purge(before="2022-23-summer")

    assert register.released == (new,)
    assert oldest_kept("2025-26-summer") == "2022-23-summer"
    assert len(json.loads(register.path.read_text())["released"]) == 1
