"""The HTTP API at `/api/v1`: every operation calls the queries and actions the pages call, so one set of rules holds.

`urls` puts the operations of each resource behind `edge`, which holds what all of them share: one form of error,
scopes, limits, versions and keys against repetition. `document` tells a program about it, `manual` a person.
"""
