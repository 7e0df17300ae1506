"""What marks a knowledge base as one, and of which form: constants that opening and upgrading share."""

from __future__ import annotations

SCHEMA_VERSION = 3
APPLICATION_ID = 0x56424E31  # "VBN1", so that another program's database is not taken for ours
