"""Rates speakers and outlets on the outcomes of what they said, with an interval beside every figure."""
