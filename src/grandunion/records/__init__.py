"""The wing that remembers: fields, constraints, and sense that needs only one row."""
