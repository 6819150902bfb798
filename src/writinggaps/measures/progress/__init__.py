"""How far pupils have come from a starting point: who moved where, and value added.

Starting points are data (`[starts]` of the standards): a Reception profile, a phonics check, a
school's own baseline or points. Codes are an order, not a quantity: they are never averaged.
`transitions` counts who went from which code to which, `jumps` who went up enough steps of an
order; `value_added` needs scores at both ends whose differences mean something.
"""
