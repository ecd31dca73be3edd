"""`python -m app` opens the window."""

import sys

from app.application import main

sys.exit(main())
