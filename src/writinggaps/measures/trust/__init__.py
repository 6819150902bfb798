"""A trust's questions, answered from what its schools' own reports found."""
