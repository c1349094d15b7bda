"""PostgreSQL with a health check that costs no round trip: see ADR 0022. Django looks for it in a module of this name."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that ends a connection says so on the line: a last message, then its end. While nothing waits there unread,
    a kept connection stands as it did when it was last used, and need not be asked."""

    def is_usable(self) -> bool:
        """Whether the connection can be used. It is asked when something waits on the line or something went wrong before."""
        connection = self.connection
        if connection is None or connection.closed:
            return False
        if not self.errors_occurred and _is_silent(connection.fileno()):
            return True
        return bool(super().is_usable())


def _is_silent(descriptor: int) -> bool:
    """Nothing to read, and the line was not cut. `poll`, because `select` knows no descriptor above 1,023."""
    line = select.poll()
    line.register(descriptor, select.POLLIN)
    return not line.poll(0)
