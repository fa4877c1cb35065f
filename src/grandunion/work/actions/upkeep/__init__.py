"""Keeping the hub in order: packs, the demonstration set, imports, backups."""
