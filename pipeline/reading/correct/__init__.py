"""Corrects text read from images, for Vietnamese and for official documents. Every change is recorded; nothing else is touched."""
