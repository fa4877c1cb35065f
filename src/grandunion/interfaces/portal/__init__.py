"""The public site in both languages, and the forms by which people come in."""
