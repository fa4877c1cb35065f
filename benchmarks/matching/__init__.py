"""How well and how fast the matching engine answers: one module a case, each with its baseline in the same run."""
