"""Training of the local judge's weights: `python -m eval.train`."""
