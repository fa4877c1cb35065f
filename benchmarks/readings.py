"""The words of RESULTS.md that no measurement makes: how it was done, why a goal is missed, what others needed."""

PREFACE = """Written by `make bench`. Every case asks the same question in several ways, in turns, in one process:
the bare database (statements written by hand, rows fetched, nothing done with them), a plain Django JSON view of the
same columns, filter, order and size (default middleware, `login_required`, no rules of visibility, no journal), our
API by token and our page by session. All go through Django's WSGI handler with real sign-ins; before the clock starts
the plain view and the API must have answered the same rows in the same order as the bare database. The measured
reader is an officer with a second factor set up. Read the ratios: the milliseconds are this machine's."""

MISSED: dict[object, str] = {}

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
