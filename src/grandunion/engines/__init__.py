"""The wing that thinks: pure Python, frozen facts in, explained answers out."""
