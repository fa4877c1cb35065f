"""What the import linter cannot see: sizes, shapes, words and pages of the house itself."""
