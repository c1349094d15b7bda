"""A page in words where a run's route is missing here: nothing is lost, and somebody has to bring its file back."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from toolkit.errors import unavailable
from workflows.journeys.definitions import RouteMissing

logger = logging.getLogger(__name__)
MISSING = (
    "The route that this began on is missing from this installation. Nothing that was recorded is lost. Tell whoever runs "
    "the toolkit: they have to bring the file of the route back."
)


class RouteMissingMiddleware:
    """Turns the error into a page; whoever runs the toolkit finds in the log which route it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Of any other error it says nothing."""
        if not isinstance(exception, RouteMissing):
            return None
        logger.error("%s", exception)
        return unavailable(request, MISSING)
