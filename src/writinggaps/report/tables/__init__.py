"""Tables, by topic: `tables.gaps.gaps(released)`."""

from importlib import import_module
from pkgutil import iter_modules

for topic in iter_modules(__path__, f"{__name__}."):
    import_module(topic.name)
