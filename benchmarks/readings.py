"""The words of RESULTS.md that no measurement makes: how it was done, why a goal is missed, what others needed."""

PREFACE = """Written by `make bench`. Every case asks the same question in several ways, in turns, in one process: the
bare database (statements written by hand, rows fetched, nothing done with them), a plain Django JSON view of the same
columns, filter, order and size (default middleware, Django's own sessions and accounts, `login_required`, no rules of
visibility, no journal), our API by token and our page by session. For one project there is a second plain view that
answers all its page shows (team, achievements, matches, contracts, milestones, visits, contacts, files, time line);
page and view must show the same rows. The plain creation checks its body by a form and
keeps the row in a transaction, as one would write it; the API's looks for doubles, numbers, indexes and journals.
All go through Django's WSGI handler with real sign-ins; before the clock
starts the plain view and the API must have answered the same rows in the same order as the bare database. A bare
search is the statement one writes first; where a word is common the hub does better, for it walks along the list's
order until the page is full. The measured reader is an officer with a second factor set up. Read the ratios: the
milliseconds are this machine's."""

LIST_PAGE = (
    "The page asks more than the view: how many there are up to a thousand, the choices of its filters, the second "
    "factor and the hub's own facts; and it writes fifty rows of HTML with their frame. Its statements are written "
    "once and its rows and filters in Python; what is left is the frame's templates and reading the session."
)
MISSED: dict[object, str] = {
    ("Organisations of one kind, by name", "page"): LIST_PAGE,
    ("Projects of one phase, the latest changed first", "page"): LIST_PAGE,
    ("Create an organisation", "API"): "The view checks its fields, looks whether its number is taken and writes "
    "one row. The hub also looks for doubles in every name, takes a number from its series, indexes the words, seals a "
    "line of the journal and answers the record as its reader may see it: on PostgreSQL seven ways to the server and "
    "back, where the view needs six.",
    ("Organisations counted by area, kind and industry", "query"): "The hub counts only what the reader may see and "
    "sums divisions up to their sections; the view does neither.",
    "API": "The rules of visibility make the statement longer than the view's; the rest is a token instead of a "
    "session.",
}

PEER_NAMES = ("directus", "nocodb", "odoo", "tryton", "Django admin", "plain Django view", "raw SQLite")
PEERS = {
    "list of organisations, filter + sort": ("9", "19", "16", "30", "50", "13", "0.6"),
    "list of projects": ("15", "105", "27", "33", "93", "11", "0.6"),
    "search, English": ("653", "312", "300", "1726", "924", "500", "1.5"),
    "search, Chinese": ("515", "340", "288", "3504", "634", "453", "2.2"),
    "one record": ("7", "9", "8", "12", "22", "5", "0.4"),
    "create": ("21", "27", "68", "16", "18", "9", "0.9"),
    "count and sum by area and industry": ("21", "24", "80", "51", "13", "14", "2.4"),
    "import, rows a second": ("275", "196", "96", "748", "310", "–", "–"),
}
