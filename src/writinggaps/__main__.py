"""`python -m writinggaps` is the command `writinggaps`."""

import sys

from writinggaps.cli import main

if __name__ == "__main__":
    sys.exit(main())
