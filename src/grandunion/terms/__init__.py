"""The glossary in code: words, verdicts, money, periods and identifiers that every room may use."""
