"""Who the pupils with SEN are, and how they attend, behave, do and are provided for."""

from __future__ import annotations

from writinggaps.measures.send.attendance import SenAttendance, send_attendance
from writinggaps.measures.send.behaviour import SenBehaviour, send_behaviour
from writinggaps.measures.send.changes import AttendanceChange, attendance_change
from writinggaps.measures.send.context import Context, send_context
from writinggaps.measures.send.influence import SenInfluence, send_influence
from writinggaps.measures.send.notes import SECTIONS, Notes, own_words
from writinggaps.measures.send.outcomes import SenOutcomes, send_outcomes
from writinggaps.measures.send.provision import Provision, provision_map
from writinggaps.measures.send.register import RegisterReview, register_review

__all__ = [
    "SECTIONS",
    "AttendanceChange",
    "Context",
    "Notes",
    "Provision",
    "RegisterReview",
    "SenAttendance",
    "SenBehaviour",
    "SenInfluence",
    "SenOutcomes",
    "attendance_change",
    "own_words",
    "provision_map",
    "register_review",
    "send_attendance",
    "send_behaviour",
    "send_context",
    "send_influence",
    "send_outcomes",
]
