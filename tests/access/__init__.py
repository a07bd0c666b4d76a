"""The access matrix: every route x every role x {own, other team, other world, other customer, absent}.

The routes come from the router, the expectation from the policy each route declares, so a new route is in the matrix
at once. What the engine cannot guess stands in `tests/access/examples/<app>.py`, found by its place:

    EXAMPLES = {
        "desk:ticket": Example(kwargs={"number": Ref("desk.ticket")}),
        "desk:assign": Example(
            kwargs={"ticket_id": Ref("desk.ticket")},
            method="POST",
            body=lambda scene: {"assignee_id": scene.people["ben"].user.pk, "version": 1},
            secondary={"assignee_id": Ref("accounts.staff")},
        ),
    }
    OBJECTS = {"desk.ticket": Kind(make=make_ticket, visible=sees_ticket)}

* `kwargs`: a value for each argument in the address; `Ref(kind)` asks for an object of that kind, in each placement.
  A route with arguments and no example fails `test_every_route_with_arguments_has_an_example`.
* `body`: what a POST sends when everything is right. `secondary`: its fields that hold ids; each is swapped for a
  foreign one, which must answer 403, 404 or 422 and write nothing.
* `passed_over`: fields that name one of many. A foreign one is neither refused nor named: where it leads and what it
  writes is what an absent one leads to and writes.
* `visible(actor, placement, object_id)`: who may know of the object. One route can be narrower: `Example(visible=...)`.
* `Kind.make(scene, placement)` returns the id (or other key) used in the address. Placements: `OWN` (team A, customer
  Dev), `OTHER_TEAM` (team B), `OTHER_WORLD` (the sample), `OTHER_CUSTOMER` (Eve's),
  `RESTRICTED` (Dev's in team A, behind a complaint about a colleague: for managers alone).
"""
