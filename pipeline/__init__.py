"""vanban: what Vietnamese official documents oblige whom to do, with the sentence that says so."""

__version__ = "0.1.0"
