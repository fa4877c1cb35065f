"""Reads tables out of CSV, TSV, XLSX, JSON and JSON lines, row by row, and writes them; hostile files are refused."""

from grandunion.adapters.tables.opening import TableFile, format_of, open_table
from grandunion.adapters.tables.writing import Writer, writer_for

__all__ = ["TableFile", "Writer", "format_of", "open_table", "writer_for"]
