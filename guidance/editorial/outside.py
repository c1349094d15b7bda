"""Asking servers of others, and never one on a private network, however its address is written or its name resolves."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from toolkit.core.addresses import is_clean

SECONDS = 10


class NotPublicError(Exception):
    """The server stands on a private network, or on this machine."""


def is_plain(address: str) -> bool:
    """http or https, a host, and nothing that two readers of addresses may read differently."""
    parts = urlsplit(address)
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and is_clean(address)
    )


def _public_addresses(host: str) -> list[str]:
    """Where a name leads, asked once. Raises NotPublicError if any of it is private."""
    found = list(dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(host, None)))
    for each in found:
        address = ipaddress.ip_address(each)
        if not address.is_global or address.is_multicast:
            raise NotPublicError(host)
    return found


def _connected(connection: HTTPConnection) -> socket.socket:
    """A socket to the very address that was looked at: asking the name again could lead elsewhere."""
    try:
        last: OSError | None = None
        for address in _public_addresses(connection.host):
            try:
                return socket.create_connection((address, connection.port), connection.timeout)
            except OSError as error:
                last = error
        raise last or OSError("The name leads nowhere")
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self)


class _SecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


def session() -> requests.Session:
    """A session that reaches public addresses only, and takes neither proxies nor passwords from its surroundings."""
    made = requests.Session()
    made.trust_env = False
    made.headers["User-Agent"] = "London procurement toolkit link check"
    for scheme in ("http://", "https://"):
        made.mount(scheme, _PublicAdapter())
    return made
