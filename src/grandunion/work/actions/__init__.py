"""Everything that writes: the noun is the module, the verb is the function."""
