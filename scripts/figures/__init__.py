"""The figures this product promises, each measured beside what it is compared with.

One run alternates between the two sides, because machines are noisy: only ratios of the
same run are worth quoting. `scripts/bench` is the entrance.
"""
