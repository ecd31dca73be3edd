"""`python -m app` is `kinfolk`: without a command it opens the window."""

import sys

from engine.cli import main

sys.exit(main())
