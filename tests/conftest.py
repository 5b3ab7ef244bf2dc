"""An example that a busy machine is slow over is no failure; for the rest, Hypothesis knows CI from a desk by itself."""

from hypothesis import HealthCheck, settings

settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
