"""The fictional retailer of the sample service: who works there, what it sells, what it promises."""

import dataclasses
from collections.abc import Mapping

from wellserved.apps.accounts.types import Role

NAME = "Larkfield Home"
DOMAIN = "larkfield.example"
TIME_ZONE = "Europe/London"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody on the staff of the sample service."""

    name: str
    role: Role
    teams: tuple[str, ...] = ()
    title: str = ""
    signs_in: bool = False
    skills: tuple[tuple[str, int], ...] = ()

    @property
    def email(self) -> str:
        """Return the address she signs in with."""
        return f"{self.name.split()[0].lower()}@{DOMAIN}"


CARE, DELIVERY, BILLING = "Customer care", "Orders and delivery", "Billing and returns"

COLLEAGUES: tuple[Colleague, ...] = (
    Colleague(name="Amara Okafor", role=Role.MANAGER, title="Service manager", signs_in=True),
    Colleague(
        name="Lena Fischer",
        role=Role.TEAM_LEADER,
        teams=(CARE,),
        title="Team leader, care",
        signs_in=True,
        skills=(("Complaints", 4), ("German", 4)),
    ),
    Colleague(name="Gareth Pugh", role=Role.TEAM_LEADER, teams=(DELIVERY,), title="Team leader, delivery"),
    Colleague(
        name="Sana Patel",
        role=Role.TEAM_LEADER,
        teams=(BILLING,),
        title="Team leader, billing",
        skills=(("Refunds", 4),),
    ),
    Colleague(
        name="Ben Dahl",
        role=Role.AGENT,
        teams=(CARE,),
        title="Adviser",
        signs_in=True,
        skills=(("Complaints", 2), ("Orders", 3)),
    ),
    Colleague(name="Priya Shah", role=Role.AGENT, teams=(CARE,), title="Adviser", skills=(("Orders", 3),)),
    Colleague(name="Tom Whelan", role=Role.AGENT, teams=(CARE,), title="Adviser", skills=(("Chat", 3),)),
    Colleague(name="Yusuf Demir", role=Role.AGENT, teams=(CARE,), title="Adviser", skills=(("Turkish", 4),)),
    Colleague(
        name="Chloe Martin",
        role=Role.AGENT,
        teams=(DELIVERY,),
        title="Delivery adviser",
        skills=(("Couriers", 3), ("French", 4)),
    ),
    Colleague(
        name="Owen Price", role=Role.AGENT, teams=(DELIVERY,), title="Delivery adviser", skills=(("Couriers", 2),)
    ),
    Colleague(name="Ruth Mensah", role=Role.AGENT, teams=(DELIVERY,), title="Delivery adviser"),
    Colleague(name="Isla Grant", role=Role.AGENT, teams=(BILLING,), title="Billing adviser", skills=(("Refunds", 3),)),
    Colleague(
        name="Karim Haddad", role=Role.AGENT, teams=(BILLING,), title="Billing adviser", skills=(("Refunds", 2),)
    ),
    Colleague(name="Frank Ellery", role=Role.DECISION_MAKER, title="Operations director"),
    Colleague(name="Anna Lindqvist", role=Role.ANALYST, title="Service analyst"),
    Colleague(name="Ada Byrne", role=Role.ADMINISTRATOR, title="Systems administrator", signs_in=True),
)

PORTAL_CUSTOMER = ("Joanna Reyes", "joanna@customer.example")

SKILLS: tuple[tuple[str, str, int], ...] = (
    ("Complaints", "Handles formal complaints to the final letter", 2),
    ("Refunds", "May work out and grant refunds", 2),
    ("Orders", "Knows the order system", 2),
    ("Couriers", "Chases couriers and files claims", 2),
    ("Chat", "Answers several chats at once", 2),
    ("French", "Answers in French", 1),
    ("German", "Answers in German", 1),
    ("Turkish", "Answers in Turkish", 1),
)

SKILL_GROUPS: Mapping[str, str] = {
    "Complaints": "Casework",
    "Refunds": "Casework",
    "Orders": "Systems",
    "Couriers": "Systems",
    "Chat": "Channels",
    "French": "Languages",
    "German": "Languages",
    "Turkish": "Languages",
}
SKILL_LEVELS: Mapping[str, tuple[str, ...]] = {
    "Refunds": (
        "Has not seen a refund worked out",
        "Knows the three cases in which we refund and where they stand",
        "Works out a refund and has it checked",
        "Works out and grants refunds within her limit; ten checked ones were right",
        "Checks others' refunds and signs them off",
    ),
    "Couriers": (
        "Has not filed a claim",
        "Reads tracking and knows each courier's deadline",
        "Files a claim with somebody beside her",
        "Files and follows claims, and knows when to stop waiting",
        "Settles disputed claims and teaches the others",
    ),
}
# Days from today until the certificate of refunds runs out.
REFUNDS_END_IN: Mapping[str, int] = {"Isla Grant": 5, "Karim Haddad": -3}
NEWCOMER = "Ruth Mensah"

LIMITS: tuple[tuple[Role, str, str, str], ...] = (
    (Role.AGENT, "refund", "50.00", "ticket"),
    (Role.AGENT, "goodwill", "20.00", "day"),
    (Role.TEAM_LEADER, "refund", "250.00", "ticket"),
    (Role.TEAM_LEADER, "goodwill", "150.00", "day"),
    (Role.MANAGER, "refund", "2000.00", "ticket"),
    (Role.MANAGER, "goodwill", "1000.00", "day"),
    (Role.DECISION_MAKER, "spend", "100000.00", "ticket"),
)

# What the range is called in lists, and one thing of it as a customer would say.
ITEMS = {
    "Sofas": "sofa",
    "Beds": "bed",
    "Lighting": "lamp",
    "Kitchenware": "casserole",
    "Rugs": "rug",
    "Garden": "garden chair",
    "Storage": "shelf",
    "Mirrors": "mirror",
}
PRODUCTS = tuple(ITEMS)
PLACES = ("Leeds depot", "Bristol depot", "Glasgow depot", "Online", "Manchester shop", "London shop")

ROUND_THE_CLOCK = {
    "tz": TIME_ZONE,
    "hours": {str(day): [["00:00", "24:00"]] for day in range(7)},
    "holidays": [],
}
OFFICE_HOURS = {
    "tz": TIME_ZONE,
    "hours": {**{str(day): [["08:00", "18:00"]] for day in range(5)}, "5": [["09:00", "13:00"]]},
    "holidays": [],
}

FIRST_NAMES = (
    "Kwame",
    "Lucie",
    "Tomasz",
    "Asha",
    "Rosa",
    "Hannah",
    "Imran",
    "Megan",
    "Oliver",
    "Fatima",
    "Diego",
    "Aoife",
    "Callum",
    "Nadia",
    "Peter",
    "Grace",
    "Wei",
    "Sofia",
    "Marcus",
    "Bethan",
    "Leila",
    "Joel",
    "Ingrid",
    "Samuel",
    "Carys",
    "Dmitri",
    "Ewan",
    "Noor",
    "Patrick",
    "Zofia",
    "Elena",
    "Hugo",
    "Maya",
    "Stefan",
    "Tariq",
    "Willow",
)
LAST_NAMES = (
    "Osei",
    "Moreau",
    "Herman",
    "Singh",
    "Conti",
    "Clarke",
    "Ahmed",
    "Lloyd",
    "Baker",
    "Khan",
    "Alvarez",
    "Byrne",
    "Fraser",
    "Rahman",
    "Novak",
    "Adeyemi",
    "Chen",
    "Rossi",
    "Weber",
    "Evans",
    "Karimi",
    "Turner",
    "Larsen",
    "Wright",
    "Morgan",
    "Petrov",
    "Campbell",
    "Malik",
    "Doyle",
    "Kowalska",
    "Popescu",
    "Martins",
    "Sharma",
    "Vogel",
    "Aziz",
    "Hart",
)
ORGANISATIONS = ("Harbour Hotels", "Stonegate Lettings", "Brightside Nurseries", "Fern & Co. Interiors")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SampleTarget:
    """A target in hours of a named calendar, the share of tickets meant to meet it, and what pauses it."""

    metric: str
    hours: int
    calendar: str
    aim: float
    pause_on: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SamplePolicy:
    """A policy of the sample; conditions name queues, which are turned into ids when it is written."""

    name: str
    targets: tuple[SampleTarget, ...]
    conditions: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)


POLICIES: tuple[SamplePolicy, ...] = (
    SamplePolicy(
        name="Complaints",
        conditions={"kind": ("complaint",)},
        targets=(
            SampleTarget(metric="first_reply", hours=4, calendar="Round the clock", aim=0.9),
            SampleTarget(
                metric="keep_informed", hours=48, calendar="Round the clock", aim=0.9, pause_on=("waiting_customer",)
            ),
            SampleTarget(
                metric="resolution", hours=50, calendar="Office hours", aim=0.85, pause_on=("waiting_customer",)
            ),
        ),
    ),
    SamplePolicy(
        name="Deliveries",
        conditions={"queue": (DELIVERY,)},
        targets=(
            SampleTarget(metric="first_reply", hours=4, calendar="Round the clock", aim=0.9),
            SampleTarget(metric="next_reply", hours=24, calendar="Round the clock", aim=0.8),
            SampleTarget(
                metric="resolution", hours=48, calendar="Round the clock", aim=0.85, pause_on=("waiting_customer",)
            ),
        ),
    ),
    SamplePolicy(
        name="Everybody else",
        targets=(
            SampleTarget(metric="first_reply", hours=4, calendar="Round the clock", aim=0.9),
            SampleTarget(metric="next_reply", hours=24, calendar="Round the clock", aim=0.8),
            SampleTarget(
                metric="resolution",
                hours=72,
                calendar="Round the clock",
                aim=0.85,
                pause_on=("waiting_customer", "waiting_supplier"),
            ),
        ),
    ),
)
