"""Everything that tells people: reading the journal, letters, webhooks, what somebody wants."""
