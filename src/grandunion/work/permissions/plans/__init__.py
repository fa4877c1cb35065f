"""Who may do what to plans: targets and claims, work reports, periodic returns."""
