"""From counts to an index: priors, posteriors, scores, and seeded draws of what is not known."""
