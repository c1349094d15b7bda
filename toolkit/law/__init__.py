"""The law as data and arithmetic: calendars, periods, thresholds, notice rules. Pure: no models, no network, no clock.

Whoever calls says which day it is. Every result says which rule gave it, where that rule stands, and whether the days
it depends on are confirmed.
"""
