"""The wing that reaches outside: files, mail, packs, the text index."""
