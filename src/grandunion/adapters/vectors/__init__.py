"""The embedded index of vectors: tables of the database as the truth, files mapped into memory for the search."""
