"""A simulated quarter of the need desk: thousands of needs over forty offices, through the real actions and clocks."""
