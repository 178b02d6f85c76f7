"""What the plan costs a month and a year, where prices are declared."""

from planner.sizing.numbers import Figure

SOURCE = "definition: the sum of its parts"

FIGURES = (
    Figure(
        "cost.per_month",
        "currency",
        "Cost of all servers, their disks and the traffic of the link, a month",
        "hardware.servers_total * (price.server + price.terabyte * server.disk_installed / price.terabyte_bytes) + "
        "price.mbit * network.total_bits_per_second / price.mbit_rate",
        (SOURCE,),
    ),
    Figure("cost.per_year", "currency", "Cost a year", "cost.per_month * price.months", (SOURCE,)),
)
