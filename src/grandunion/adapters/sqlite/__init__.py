"""SQLite as Django speaks it, fit for `trusted_schema=OFF`."""
