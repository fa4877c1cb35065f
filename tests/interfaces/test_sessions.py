"""Sessions: a signature is checked once, what is signed is read anew, and what we did not sign says nothing."""

from grandunion.interfaces.kit.sessions import SessionStore

HELD = {"words": ["one"]}


def test_what_a_session_holds_is_made_anew_at_every_reading():
    store = SessionStore()
    kept = store.encode(HELD)
    store.decode(kept)["words"].append("two")
    assert store.decode(kept) == HELD


def test_a_session_changed_by_one_sign_holds_nothing_even_where_the_true_one_was_read():
    store = SessionStore()
    kept = store.encode(HELD)
    assert store.decode(kept) == HELD
    for place in (1, len(kept) // 2, -1):
        signs = list(kept)
        signs[place] = "A" if signs[place] != "A" else "B"
        assert store.decode("".join(signs)) == {}
