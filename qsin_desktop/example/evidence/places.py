"""The invented network: its name and its nine sites, in the order in which they are visited."""

from __future__ import annotations

NETWORK_NAME = "Thames Estuary Imaging Network"

SITES = (
    "Royal Wessex",
    "St Aldhelm's",
    "Harbour CDC",
    "Moor",
    "Quay",
    "Castle",
    "Vale",
    "Ridge",
    "Ford",
)
