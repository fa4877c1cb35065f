"""Writes to plans: the ledger, targets and claims, work reports, periodic returns."""
