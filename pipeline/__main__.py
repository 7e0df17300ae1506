"""`python -m pipeline` is `vanban`."""

from __future__ import annotations

import sys

from pipeline.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
