"""The roof: settings, addresses and the server entry; it decides nothing."""
