"""The sections of scenarios and open challenges: opportunities, capabilities, proposals, challenges and bids."""
