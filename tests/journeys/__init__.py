"""Whole stories through the real doors: the browser, the API, the command line."""
