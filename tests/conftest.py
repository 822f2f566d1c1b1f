"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# A slow or crowded machine is no failure: what a test asserts is what its code does, never how fast.
settings.register_profile("newsfold", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsfold")
