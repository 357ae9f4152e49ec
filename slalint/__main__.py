"""``python -m slalint``."""

import sys

from slalint.cli import main

if __name__ == "__main__":
    sys.exit(main())
