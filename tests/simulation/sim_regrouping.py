"""Input on which stories split and merge: articles on two events at a time, invented as all others."""

from sim_inputs import fetched

from schemas.events import Event

_MILL = [
    "A fire destroyed the paper mill at Dunmarrow on Monday, and 60 workers escaped unhurt, fire chief Ada Krell said.",
    "The paper mill had stored 900 tonnes of pulp, and firefighters fought the flames through the night.",
    "Fire chief Ada Krell said sparks from a welder had set the pulp on fire.",
]
_ROAD = [
    "The council of Ferrowby voted on Monday to build a bypass across the Hollin marshes.",
    "Mayor Tobias Wren said the bypass would keep 8,000 lorries a day out of Ferrowby.",
    "Herons nest in the Hollin marshes, and bird lovers vowed to go to court against the bypass.",
]
_MILL_RETOLD = [
    "Flames gutted the Dunmarrow paper mill, but its 60 workers were unhurt, fire chief Ada Krell told the press.",
    "Firefighters spent the night at the mill, where 900 tonnes of paper pulp lay in store.",
    "It was a welder whose sparks lit the pulp, fire chief Krell said.",
]
_ROAD_RETOLD = [
    "A bypass is to cross the Hollin marshes near Ferrowby, its council decided in a vote.",
    "Some 8,000 lorries a day would no longer rumble through Ferrowby, mayor Tobias Wren said of the bypass.",
    "Bird lovers, who fear for the herons of the Hollin marshes, announced that they would sue over the bypass.",
]
_BOTH = [
    "Sparks from a welder set fire to pulp at the Dunmarrow paper mill, fire chief Ada Krell said.",
    "All 60 workers escaped from the paper mill before its roof fell in.",
    "Bird lovers will sue over the bypass that the council of Ferrowby wants to build across the Hollin marshes, where "
    "herons nest.",
    "Mayor Tobias Wren wants the bypass to take 8,000 lorries a day.",
]
_TRAM = [
    "A tram left the rails in Oskerby on Monday and stopped against the town hall, police said.",
    "Nobody was hurt, because the tram was empty on its way to the depot, driver Petra Lund told police.",
    "Trams in Oskerby will stand still until Thursday.",
]
_OPERA = [
    "Soprano Maud Ellering cancelled her tour of nine cities because of a cold, her agent said on Monday.",
    "Tickets for the concerts of Maud Ellering stay valid until the spring.",
]
_TOGETHER = [
    "The tram that left the rails in Oskerby was empty on its way to the depot, police said.",
    "Soprano Maud Ellering has a cold and cancelled her concerts in nine cities, her agent said.",
]
_BALLOON = ["Nobody was hurt when a balloon landed in an orchard near Quellmoor on Tuesday."]
_ROWS: tuple[tuple[int, str, list[str]], ...] = (
    (10, "News from the county", _BOTH),
    (10, "Fire destroys paper mill at Dunmarrow", _MILL),
    (10, "Ferrowby votes for bypass", _ROAD),
    (11, "Paper mill burns at Dunmarrow", _MILL_RETOLD),
    (11, "Bypass for Ferrowby", _ROAD_RETOLD),
    (11, "Dunmarrow mill burns", [_MILL[2], *_MILL[:2]]),
    (11, "Bypass vote in Ferrowby", [_ROAD[2], *_ROAD[:2]]),
    (11, "Mill on fire", _MILL[::-1]),
    (14, "", _TRAM),
    (15, "", _OPERA),
    (15, "", _TOGETHER),
    (15, "", _TOGETHER[::-1]),
    (15, "", _TOGETHER),
    (20, "", _BALLOON),
)


def regrouping() -> list[Event]:
    """The county story splits when the tram comes, tram and soprano merge with the balloon; last, one is amended."""
    events = [
        fetched(f"outlet{number}.example", f"r-{number}", hours, title, " ".join(sentences))
        for number, (hours, title, sentences) in enumerate(_ROWS)
    ]
    amended = fetched("outlet8.example", "r-8", 21, "", " ".join(_TRAM[:2]))
    return [*events, amended]
