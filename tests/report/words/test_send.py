"""Every sentence on who the pupils with SEN are, suspensions, outcomes, provision, in full."""

from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.estimates.breakdown import breakdown, split
from writinggaps.estimates.means import mean_gain
from writinggaps.estimates.rates import RatioOfRates
from writinggaps.measures.send.behaviour import BehaviourYear, Events, SenBehaviour
from writinggaps.measures.send.context import Context, SenYear
from writinggaps.measures.send.notes import Note, Notes
from writinggaps.measures.send.outcomes import Outcome, ScoreMean, Scores, SenOutcomes, StatusMean
from writinggaps.measures.send.provision import Given, Provision, Scheme
from writinggaps.measures.send.register import PlanRequests, RegisterReview
from writinggaps.measures.send.yardsticks import ByStatus, Yardsticks
from writinggaps.official import official
from writinggaps.report.words import send_behaviour, send_context, send_outcomes, send_provision
from writinggaps.withheld import Withheld, attempt

TERM = "2025-26-autumn"
NOTHING = Withheld(reason="not_published", found="No official figure is carried")
FEW = Withheld(reason="too_few_pupils", found="There were too few suspensions")


def yardsticks(measure, la_code="850", **kind):
    return Yardsticks(
        england=official(measure, **kind), authority=official(measure, la_code=la_code, **kind)
    )


def context(on_support=29, plans=6, n=182, **changed):
    counts = {"EHCP": plans, "SEN Support": on_support, "no SEN": n - on_support - plans}
    found = Context(
        period=TERM,
        years=(SenYear(period="2025-26", split=split(counts)),),
        needs=split({"slcn": 14, "semh": 9, "asd": 7, "mld": 5, "no SEN": 147}),
        boys=breakdown("SEN", {"SEN": (26, 35), "no SEN": (69, 147)}),
        disadvantaged=breakdown("SEN", {"SEN": (11, 35), "no SEN": (37, 147)}),
        year_groups=breakdown("year group", {"Year 4": (8, 26), "Year 5": (6, 26)}),
        uneven=False,
        ehcp=yardsticks("ehcp_share", year_ending=2025),
        support=yardsticks("sen_support_share", year_ending=2025),
    )
    return replace(found, **changed)


def staff(found):
    return release(found, "staff")


def governors(found):
    return release(found, "governors")


def test_the_roll_stands_beside_england_and_the_authority():
    hampshire = context().support.authority, context().ehcp.authority
    assert send_context.roll(staff(context())) == (
        "In autumn 2025, **29 of 182 pupils (16%)** were on SEN Support and **6** had a plan "
        "(EHCP). Of all pupils in primary schools it was 14.8% and 3.5% in England (2024-25) and "
        f"{hampshire[0].value:g}% and {hampshire[1].value:g}% in Hampshire (2024-25)."
    )
    alone = Yardsticks(england=NOTHING, authority=NOTHING)
    assert send_context.roll(governors(context(ehcp=alone, support=alone))) == (
        "In autumn 2025, **about 30 of 180 pupils (one in six)** were on SEN Support and "
        "**about 5** had a plan (EHCP)."
    )


def test_no_pupils_with_sen_is_a_fact():
    assert send_context.roll(staff(context(on_support=0, plans=0, n=60))) == (
        "In autumn 2025 none of the school's 60 pupils was on SEN Support or had a plan (EHCP)."
    )


def test_a_school_where_everybody_has_a_plan_says_so():
    alone = Yardsticks(england=NOTHING, authority=NOTHING)
    everybody = context(on_support=0, plans=40, n=40, ehcp=alone, support=alone)
    assert send_context.roll(staff(everybody)) == (
        "In autumn 2025, **none of 40 pupils** were on SEN Support and **all of them** had a plan "
        "(EHCP)."
    )
    every = replace(everybody, year_groups=breakdown("year group", {"Year 4": (8, 8)}))
    assert send_context.year_groups(staff(every)) == ""


def test_a_tiny_school_is_not_shown():
    assert send_context.roll(governors(context(on_support=1, plans=1, n=5))) == (
        "Autumn 2025: how many pupils have SEN provision. It is not shown, to protect children."
    )


def test_each_source_is_named_once_with_whom_it_covers():
    assert send_context.sources(staff(context()), staff(BEHAVIOUR)) == (
        "Official figures are the Department for Education's; their school year stands beside "
        "them. Local Authority Interactive Tool, release LAIT April 2026, state-funded schools: "
        "pupils with an EHCP; pupils on SEN Support (where the pupil attends in January); pupils "
        "suspended (pupils with one or more suspensions in the school year, of pupils on roll in "
        "January). Permanent and fixed-period exclusions in England, release EES exclusions file "
        "2016/17, England: suspensions (school year 2016/17; then called fixed-period exclusions)."
    )
    alone = Yardsticks(england=NOTHING, authority=NOTHING)
    assert send_context.sources(staff(context(ehcp=alone, support=alone))) == (
        "No official figure is carried for a school like this one."
    )


def test_who_is_on_the_register_more_often():
    assert send_context.who(staff(context())) == (
        "26 of 35 pupils with SEN (74%) are boys, against 47% of pupils without SEN: more often "
        "than chance gives. 11 of 35 pupils with SEN (31%) are disadvantaged, against 25% of "
        "pupils without SEN, a difference that chance may explain."
    )
    fewer = breakdown("SEN", {"SEN": (5, 35), "no SEN": (99, 147)})
    assert send_context.who(staff(context(boys=fewer, disadvantaged=NOTHING))) == (
        "5 of 35 pupils with SEN (14%) are boys, against 67% of pupils without SEN: less often "
        "than chance gives."
    )
    unknown = context(boys=NOTHING, disadvantaged=NOTHING)
    assert send_context.who(staff(unknown)) == ""
    assert send_context.who(governors(unknown)) == "Who they are is not shown, to protect children."
    nobody = breakdown("SEN", {"SEN": (0, 35), "no SEN": (0, 147)})
    assert send_context.who(staff(context(boys=NOTHING, disadvantaged=nobody))) == ""


def test_year_groups_differ_or_often_do():
    most = "The largest share is in Year 4: 8 of 26 pupils (31%)."
    assert send_context.year_groups(staff(context())) == (
        f"{most} Year groups of this size often differ as much by chance."
    )
    assert send_context.year_groups(staff(context(uneven=True))) == (
        f"{most} Year groups differ by more than chance gives."
    )
    few = context(year_groups=breakdown("year group", {"Year 4": (3, 26), "Year 5": (2, 26)}))
    assert send_context.year_groups(governors(few)) == (
        "In no year group are there enough pupils with SEN for a number."
    )


@pytest.mark.parametrize(
    ("support", "said"),
    [
        (
            4,
            (
                ", fewer than chance would often give. Is there need that has "
                "not been noticed? Look "
                "at the pupils who work far below their year group and are not on the register."
            ),
        ),
        (
            29,
            (
                ", which a school of this size may well have by chance. That "
                "does not show that every "
                "need has been noticed."
            ),
        ),
        (
            60,
            (
                ", more than chance would often give. Are there pupils for whom "
                "good teaching in class "
                "would now be enough?"
            ),
        ),
    ],
)
def test_identification_is_a_question_and_never_a_quota(support, said):
    assert send_context.identification(staff(context(on_support=support))) == (
        f"With England's share, about 27 pupils of 182 would be on SEN Support; here it is "
        f"{support}{said} England's share is no target."
    )


def test_without_an_official_share_nothing_is_compared():
    alone = Yardsticks(england=NOTHING, authority=NOTHING)
    found = replace(context(), support=alone)
    assert send_context.identification(staff(found)) == (
        "There is no official figure that the share on SEN Support could be set beside."
    )


SUSPENDED = yardsticks("pupils_suspended", year_ending=2024)
BY_STATUS = ByStatus(
    **{
        g: official("suspension_rate", group=g, year_ending=2017)
        for g in ("ehcp", "sen_support", "no_sen")
    }
)
EVENTS = Events(
    n=700, n_sen=126, suspensions=24, of_sen=11, permanent=1, internal=0, internal_of_sen=0
)
BEHAVIOUR = SenBehaviour(
    period=TERM,
    years=(
        BehaviourYear(period="2023-24", whole=True, events=EVENTS, suspended=share(7, 520)),
        BehaviourYear(period="2025-26", whole=False, events=EVENTS, suspended=share(2, 510)),
    ),
    together=EVENTS,
    relative=RatioOfRates(estimate=4.16, low=1.77, high=9.74, n_group=126, n_others=574),
    once=breakdown("SEN", {"EHCP": (2, 25), "SEN Support": (7, 101), "no SEN": (13, 574)}),
    again=breakdown("SEN", {"EHCP": (0, 25), "SEN Support": (2, 101), "no SEN": (0, 574)}),
    often=breakdown("SEN", {"EHCP": (0, 25), "SEN Support": (0, 101), "no SEN": (0, 574)}),
    needs=breakdown("need", {"semh": (5, 20), "slcn": (4, 60), "asd": (0, 46)}),
    suspended=SUSPENDED,
    rates=BY_STATUS,
    internal_kept=False,
)


SUSPENSIONS = (
    "Since September 2023 there were **24 suspensions**, 11 of them of pupils with SEN, and 1 "
    "permanent exclusion. Pupils suspended at least so often: 22 once, 2 twice, none ten times."
)


def test_suspensions_are_counted_in_events_and_in_pupils():
    assert send_behaviour.behaviour(staff(BEHAVIOUR)) == SUSPENSIONS
    calm = replace(EVENTS, suspensions=0, of_sen=0, permanent=0)
    assert send_behaviour.behaviour(staff(replace(BEHAVIOUR, together=calm))) == (
        "Since September 2023 there were no suspensions and no permanent exclusions."
    )
    unknown = replace(BEHAVIOUR, often=FEW)
    assert send_behaviour.behaviour(staff(unknown)).endswith("2 twice, not shown ten times.")


def test_internal_sanctions_are_told_where_they_are_kept():
    many = replace(EVENTS, internal=60, internal_of_sen=25)
    kept = replace(BEHAVIOUR, together=many, internal_kept=True)
    assert send_behaviour.behaviour(staff(kept)) == (
        f"{SUSPENSIONS} 60 internal sanctions are recorded, 25 of them of pupils with SEN."
    )
    assert "internal" not in send_behaviour.behaviour(governors(BEHAVIOUR))


def test_a_relative_rate_beyond_and_within_chance():
    told = "Pupils with SEN are 18% of pupils and had 46% of suspensions. That is "
    assert send_behaviour.relative(staff(BEHAVIOUR)) == (
        f"{told}**4.2 times as many for each pupil** as other pupils had (likely 1.8 to 9.7)."
    )
    within = replace(BEHAVIOUR.relative, low=0.8)
    assert send_behaviour.relative(staff(replace(BEHAVIOUR, relative=within))) == (
        f"{told}4.2 times as many for each pupil as other pupils had, within chance (likely 0.8 to "
        "9.7)."
    )
    fewer = replace(BEHAVIOUR.relative, estimate=0.4, low=0.2, high=0.9)
    assert send_behaviour.relative(staff(replace(BEHAVIOUR, relative=fewer))) == (
        f"{told}**fewer for each pupil**, 0.4 times as many as other pupils had (likely 0.2 to "
        "0.9)."
    )
    alone = replace(EVENTS, n_sen=3, of_sen=0)
    why = Withheld(reason="too_few_pupils", found="There are no pupils with SEN", needed="")
    unknown = replace(BEHAVIOUR, together=alone, relative=why)
    assert send_behaviour.relative(staff(unknown)) == (
        "This cannot be said. There are no pupils with SEN."
    )
    assert send_behaviour.behaviour(staff(unknown)).startswith(
        "Since September 2023 there were **24 suspensions**, none of them of pupils with SEN, and"
    )
    assert send_behaviour.relative(staff(replace(BEHAVIOUR, relative=FEW))) == (
        "There are too few suspensions, of pupils with SEN or without, to say to whom they fall "
        "more often."
    )


def test_the_last_whole_year_stands_beside_england():
    england = (
        " For every hundred pupils in primary schools of England there were 12.68 suspensions of "
        "those with a plan, 7.18 on SEN Support and 0.38 without SEN (2016-17, the latest by SEN "
        "status that is carried)."
    )
    assert send_behaviour.suspended(staff(BEHAVIOUR)) == (
        "In 2023-24, 7 of 520 pupils (1%) were suspended at least once; of all pupils in primary "
        f"schools it was 0.99% in England (2023-24) and {SUSPENDED.authority.value:g}% in "
        f"Hampshire (2023-24).{england}"
    )
    alone = Yardsticks(england=NOTHING, authority=NOTHING)
    assert send_behaviour.suspended(staff(replace(BEHAVIOUR, suspended=alone, rates=NOTHING))) == (
        "In 2023-24, 7 of 520 pupils (1%) were suspended at least once; no official figure is "
        "carried to set this beside."
    )


OUTCOME = Outcome(
    measure="Writing",
    who="",
    period=TERM,
    by_status=breakdown("SEN", {"EHCP": (1, 5), "SEN Support": (16, 27), "no SEN": (109, 124)}),
    by_need=FEW,
    england=(),
)
PHONICS = replace(
    OUTCOME,
    measure="Phonics",
    who="Year 1",
    by_need=breakdown("need", {"slcn": (4, 8), "asd": (1, 3)}),
    england=tuple(
        official("phonics_year1_expected", group=group, year_ending=2025)
        for group in ("ehcp", "sen_support", "no_sen")
    ),
)
OUTCOMES = SenOutcomes(period=TERM, rows=(OUTCOME,), scores=(), classes=FEW)


def test_outcomes_are_told_for_the_latest_drop_and_keep_a_record_of_each_status():
    said = send_outcomes.outcomes(staff(OUTCOMES))
    assert said == (
        "**Writing**: 1 of 5 pupils with an EHCP (20%) was at the expected standard in autumn "
        "2025. On SEN Support it was 16 of 27 (59%) and without SEN it was 109 of 124 (88%)."
    )
    assert [(f.group, f.n) for f in said.findings if f.unit == "share of pupils"] == [
        ("pupils with an EHCP", 5),
        ("pupils on SEN Support", 27),
        ("pupils without SEN", 124),
    ]


def test_outcomes_that_are_hidden_or_not_there_say_so():
    hidden = replace(OUTCOME, by_status=breakdown("SEN", {"EHCP": (1, 3)}))
    unknown = "Judgements by SEN status are not known or not shown."
    assert send_outcomes.outcomes(governors(replace(OUTCOMES, rows=(hidden,)))) == unknown
    assert send_outcomes.outcomes(staff(replace(OUTCOMES, rows=()))) == unknown
    part = breakdown("SEN", {"EHCP": (1, 3), "no SEN": (30, 40)})
    shown = replace(OUTCOMES, rows=(replace(OUTCOME, by_status=part),))
    assert "EHCP" not in send_outcomes.outcomes(governors(shown))


def test_england_differs_only_beyond_chance_all_comparisons_allowed_for():
    far = breakdown("SEN", {"SEN Support": (1, 40), "no SEN": (100, 124)})
    near = replace(OUTCOMES, rows=(PHONICS,))
    below = replace(OUTCOMES, rows=(replace(PHONICS, by_status=far),))
    assert send_outcomes.beside_england(staff(near)) == (
        "In no statutory assessment is the school known to differ from England: so few pupils "
        "often differ as much."
    )
    assert send_outcomes.beside_england(staff(below)) == (
        "Compared with England, by more than chance gives: **below in Phonics for pupils on SEN "
        "Support**."
    )
    assert send_outcomes.beside_england(staff(OUTCOMES)) == (
        "This cannot be said: England's figures by SEN status are not carried for these, or the "
        "school's are not shown."
    )


def test_a_mean_is_set_beside_england_by_its_interval():
    mean = ScoreMean(mean=30.0, low=29.0, high=31.0, n=12)
    england = tuple(
        official("attainment8", group=group, phase="secondary", year_ending=2025)
        for group in ("ehcp", "sen_support", "no_sen")
    )
    means = (StatusMean(label="SEN Support", found=mean), StatusMean(label="EHCP", found=FEW))
    told = Scores(measure="Attainment 8", period=TERM, means=means, england=england)
    assert send_outcomes.beside_england(staff(replace(OUTCOMES, rows=(), scores=(told,)))) == (
        "Compared with England, by more than chance gives: **below in Attainment 8 for pupils on "
        "SEN Support**."
    )
    near = replace(told, means=(replace(means[0], found=replace(mean, high=35.0)),))
    assert send_outcomes.beside_england(staff(replace(OUTCOMES, rows=(), scores=(near,)))) == (
        "In no statutory assessment is the school known to differ from England: so few pupils "
        "often differ as much."
    )


def test_classes_and_needs_are_listed_in_groups_that_say_something():
    classes = breakdown("class", {"4A": (2, 5), "4B": (1, 2)})
    found = replace(OUTCOMES, rows=(OUTCOME, PHONICS), classes=classes)
    assert send_outcomes.parts(staff(found)) == (
        "Pupils with SEN at the expected standard, in groups of four or more, with likely ranges. "
        "**Writing by class:** 4A 2 of 5 (12 to 77%). **Phonics, Year 1:** slcn "
        "4 of 8 (22 to 78%). A class is not its teacher."
    )
    assert send_outcomes.parts(staff(OUTCOMES)) == (
        "By need, too few pupils sat the statutory assessments for a number."
    )


REVIEW = RegisterReview(
    period=TERM,
    measure="Writing",
    terms=3,
    may_come_off=share(10, 22),
    may_need=share(2, 102),
    come_off_pupils=("p1",),
    need_pupils=("p2",),
)
COME_OFF = (
    "10 of 22 pupils on SEN Support (45%) were at the expected standard in each of the last three "
    "terms in which it was judged: is the support still needed, or is it why? Writing alone does "
    "not say."
)


def test_the_register_is_asked_about_and_not_decided():
    assert send_outcomes.review(staff(REVIEW)) == (
        f"{COME_OFF} 2 of 102 pupils without SEN (2%) were further below it than just below, in "
        "each of them: has need been looked for?"
    )
    assert send_outcomes.review(staff(replace(REVIEW, may_need=share(0, 102)))) == (
        f"{COME_OFF} Of 102 pupils without SEN, nobody was far below it that long."
    )
    few = governors(replace(REVIEW, may_come_off=FEW))
    assert send_outcomes.review(few) == (
        "Of about 100 pupils without SEN, nobody, or hardly anybody, was far below it that long."
    )
    assert send_outcomes.review(staff(REVIEW), short=True) == (
        "**To talk about first:** 10 of 22 pupils on SEN Support (45%), who have been at the "
        "expected standard for three terms."
    )
    assert send_outcomes.review(few, short=True) == ""
    hidden = replace(REVIEW, may_come_off=FEW, may_need=FEW)
    assert send_outcomes.review(governors(hidden)) == (
        "Whom to talk about is not shown, to protect children."
    )


GIVEN = Given(
    n=12, sen=share(7, 12), sessions=240, hours=80, lessons_lost=120, pounds=None, missed=("art",)
)
GAINED = mean_gain([80, 84, 88, 90, 91], [86, 91, 92, 97, 95])


def provision(*schemes):
    return Provision(period=TERM, since="2024-25-spring", schemes=schemes)


def test_provision_says_what_it_took_and_that_a_gain_is_not_yet_an_effect():
    one = Scheme(label="Sample Scheme", given=GIVEN, gained=GAINED)
    told = "Sample Scheme: 12 pupils, 7 of them with SEN."
    meanwhile = "without a comparison group that does not say what made them rise."
    assert send_provision.provision(staff(provision(one))) == (
        f"Since spring 2025, one scheme was given, {told}"
    )
    assert send_provision.provision(staff(provision(one, one))) == (
        f"Since spring 2025, two schemes were given. Most pupils had {told}"
    )
    assert send_provision.gained(staff(provision(one))) == (
        f"Standard scores rose by more than chance gives among pupils on Sample Scheme; {meanwhile}"
    )
    other = replace(one, label="Other Scheme")
    assert send_provision.gained(staff(provision(one, other))).endswith(
        f"among pupils on every scheme; {meanwhile}"
    )
    flat = replace(one, gained=replace(GAINED, low=-1.0))
    assert send_provision.gained(staff(provision(flat))) == (
        "On none of the schemes did standard scores rise by more than chance gives."
    )
    unknown = replace(one, gained=FEW)
    assert send_provision.gained(staff(provision(unknown))) == (
        "What pupils gained cannot be said: there are no standard scores to go by."
    )
    eight = replace(one, given=replace(GIVEN, n=8, sen=share(7, 8)))  # all but one, of whom 8 know
    assert send_provision.provision(governors(provision(eight))) == (
        "Since spring 2025, one scheme was given, Sample Scheme: about 10 pupils."
    )
    small = Scheme(label="Sample Scheme", given=replace(GIVEN, n=3, sen=share(3, 3)), gained=FEW)
    few = governors(provision(small, small))
    assert (
        send_provision.gained(few)
        == send_provision.provision(few)
        == ("Since spring 2025, two schemes had pupils, each too few to be told here.")
    )


def test_the_schools_words_are_quoted_and_made_harmless():
    note = Note(text="We <b>ring</b> | home.", author="SENDCO", date="2025-12-01")
    bare = Note(text="And listen.", author="", date="")
    found = Notes(report="send_report", section="attendance", notes=(note, bare))
    first, second = (
        "We &lt;b&gt;ring&lt;/b&gt; \\| home. *(SENDCO, 1 December 2025)*",
        "And listen.",
    )
    assert send_provision.in_place(staff(found)) == f"{first} {second}"
    assert send_provision.own_words(staff(found), heading="Our words") == (
        f"## Our words\n\n> {first}\n\n> {second}"
    )


def test_what_is_in_place_is_answered_even_where_nothing_is_written():
    empty = Notes(report="send_report", section="attendance", notes=())
    assert send_provision.in_place(staff(empty)) == (
        "The school has written nothing here yet (table called notes, section attendance)."
    )
    assert send_provision.in_place(governors(empty)) == "The school has written nothing here yet."
    assert send_provision.in_place(staff(empty), asked=False) == ""


def test_a_heading_stands_only_over_words_and_only_staff_are_told_where_to_write():
    story = Notes(report="send_report", section="story", notes=())
    assert send_provision.own_words(staff(story), heading="The story") == (
        "## The story\n\n*Nothing has been written here yet. Rows of the table called notes, with "
        "the report send\\_report and the sections context, attendance, behaviour, outcomes, "
        "provision and story, stand in these places from run to run; they are for staff unless "
        "their column called edition says more.*"
    )
    assert send_provision.own_words(governors(story), heading="The story") == ""
    plan = replace(story, report="development_plan", section="plan")
    assert "and the section plan, stand" in send_provision.own_words(staff(plan), heading="Ours")


def test_requests_for_a_plan_are_counted_by_what_was_decided():
    def said(edition, **counts):
        decided = attempt(split, {name.replace("_", " "): n for name, n in counts.items()})
        found = PlanRequests(period=TERM, decided=decided)
        return send_outcomes.requests(edition(found))

    assert said(staff, agreed=2, refused=1, not_decided_yet=3) == (
        "In twelve months an assessment for a plan was requested for 6 pupils: 2 agreed, 1 refused "
        "and 3 not decided yet."
    )
    assert said(staff, agreed=1, refused=0, not_decided_yet=0).endswith(
        "requested for 1 pupil: 1 agreed, 0 refused and 0 not decided yet."
    )
    assert said(staff, agreed=0, refused=0, not_decided_yet=0) == (
        "No assessment for a plan was requested in twelve months."
    )
    assert said(governors, agreed=1, refused=1, not_decided_yet=0) == (
        "Requests for a plan are too few to be shown."
    )
