"""Without a key nothing here is collected: the suite knows no test that never runs."""

from __future__ import annotations

import os

collect_ignore = [] if any(name.startswith("LIVE") for name in os.environ) else ["test_live_providers.py"]
