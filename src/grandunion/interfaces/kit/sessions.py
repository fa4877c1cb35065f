"""Sessions in the database as Django keeps them, read with a statement written out: every page begins with it."""

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

OPEN = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own store; only the reading is shorter."""

    def load(self) -> dict[str, object]:
        """What the session holds; nothing, and no key, where there is none that still holds."""
        found = self._found() if self.session_key.isalnum() else None  # PostgreSQL takes no NUL; we make no such key
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])

    def _found(self) -> tuple[str] | None:
        with connection.cursor() as cursor:
            cursor.execute(OPEN, [self.session_key, connection.ops.adapt_datetimefield_value(timezone.now())])
            return cursor.fetchone()
