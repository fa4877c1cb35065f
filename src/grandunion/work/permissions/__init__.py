"""Everything that judges: may this person do this?"""
