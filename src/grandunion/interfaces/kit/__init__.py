"""What the doors share: pages, tables, forms, words in two languages."""
