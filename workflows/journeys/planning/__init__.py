"""Planning back: from the day something is needed to the day to start, and forwards from today.

Pure: no models, no I/O. A *shape* (shapes.toml) says which *activities* a route is made of; each takes an allowance of
calendar days, which is practice and may be changed, or a count that the law or the organisation's own rules set. The same
network is passed backwards (the latest day for each) and forwards (the earliest); between them lies the float.
"""
