"""Mentions to identities: which place, which body, which instrument."""
