"""Everything that reads, within what the reader may see."""
