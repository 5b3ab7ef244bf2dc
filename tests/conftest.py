"""What holds for every test.

An example that a busy machine is slow over is no failure; for the rest, Hypothesis knows CI from a desk by itself. A
key and a server of whoever runs the tests are neither used nor seen.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
    os.environ.pop(name, None)
