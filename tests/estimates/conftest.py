from hypothesis import settings

settings.register_profile("estimates", deadline=None)  # a busy machine is not a failing claim
settings.load_profile("estimates")
