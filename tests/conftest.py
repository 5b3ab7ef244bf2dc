"""What holds for every test.

An example that a busy machine is slow over is no failure; for the rest, Hypothesis knows CI from a desk by itself. A
key and a server of whoever runs the tests are neither used nor seen.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

for name in [name for name in os.environ if name.startswith(("OPENAI_", "CLAIMDESK_LLM_", "CLAIMDESK_BACKEND"))]:
    del os.environ[name]
