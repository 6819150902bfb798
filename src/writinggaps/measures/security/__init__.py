"""What has been secured, by whom, and what to teach next.

Two layers are kept apart. `earlier years`: what pupils should have kept from the years before
theirs. `this year`: what is expected by the end of their own year group. What teachers move on to
is in the second layer or in none, so teaching something harder never lowers the first.
"""
