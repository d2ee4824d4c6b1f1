"""Sentences about a rating: what the sites give, who said what, what is not recorded yet."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from qsin_desktop.domain.rating import NetworkRating, Opinion, RatingKey
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import RollUp
from qsin_desktop.domain.visits import NETWORK
from qsin_desktop.ui.panels.pending_ratings import Pending

_RULES = {RollUp.WORST: "by the worst-of rule", RollUp.MAJORITY: "by the majority rule", RollUp.NONE: ""}


def label_of(record: VisitRecord, rating: str) -> str:
    return next((p.label for p in record.rules.scale if p.id == rating), rating)


def spot_in_words(record: VisitRecord, spot: RatingKey) -> str:
    """“IN-301 b on documents at Harbour CDC”; on site and network go without saying."""
    stage = "" if spot.stage is spot.stage.SITE else " on documents"
    site = "" if spot.site == NETWORK else f" at {record.site_name(spot.site)}"
    return f"{record.pack.criterion(spot.criterion).shown_code}{stage}{site}"


def roll_up_words(record: VisitRecord, spot: RatingKey) -> str:
    """What the sites give for the network, and what that makes of the network's rating; may be empty."""
    network = record.network_rating(spot.criterion, spot.stage)
    counted = _sites_counted(record, spot)
    if not counted:
        return ""
    if spot.site != NETWORK:
        return f"The network: {_network_so_far(record, network)}"
    if network.rolled_up is None or record.rules.roll_up is RollUp.NONE:
        return f"Sites: {counted}. The network is rated by itself."
    gives = f"Sites: {counted} → {label_of(record, network.rolled_up)} {_RULES[record.rules.roll_up]}"
    if network.stated and network.rating != network.rolled_up:
        return f"{gives}. The network was rated by itself."
    return gives


def _sites_counted(record: VisitRecord, spot: RatingKey) -> str:
    """“3 met, 2 partly met, 4 not rated”; empty while no site is rated."""
    cells = [record.rating(spot._replace(site=site.id)) for site in record.sites]
    given = Counter(cell.rating for cell in cells if cell.rating)
    disputed = sum(cell.disputed for cell in cells)
    parts = [f"{given[p.id]} {_lower(p.label)}" for p in record.rules.scale if given[p.id]]
    parts += [f"{disputed} in disagreement"] if disputed else []
    left = len(cells) - sum(given.values()) - disputed
    parts += [f"{left} not rated"] if parts and left else []
    return ", ".join(parts)


def _network_so_far(record: VisitRecord, network: NetworkRating) -> str:
    sites = len(record.sites)
    if network.rating is None:
        return "no rating yet"
    label = _lower(label_of(record, network.rating))
    return (
        f"{label}, rated by itself"
        if network.stated
        else f"{label}, from {network.sites_rated} of {sites} sites"
    )


def _lower(label: str) -> str:
    """As it stands inside a sentence; what is written in capitals stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def said_by(record: VisitRecord, opinion: Opinion, me: str) -> str:
    """“You, 10:31” or “Ada Assessor, 24 Nov 10:31”."""
    who = "You" if opinion.by == me else record.person_name(opinion.by)
    return f"{who}, {moment(opinion.at)}"


def moment(at: str) -> str:
    """Day and time of an entry as written by the laptop that made it."""
    try:
        then = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{then.day} {then:%b %H:%M}"


def pending_in_words(record: VisitRecord, spot: RatingKey, pending: Pending) -> str:
    """As it is saved elsewhere when the visit's disk takes nothing: where, the rating, the reason."""
    label = label_of(record, pending.rating)
    return f"{spot_in_words(record, spot)}: {label}. {pending.reason}".strip()


def not_recorded(record: VisitRecord, spot: RatingKey, pending: Pending) -> str:
    """What is kept here only, told when it is left."""
    where = spot_in_words(record, spot)
    if pending.refused:
        label = label_of(record, pending.rating)
        return f"{where}: “{label}” could not be recorded yet; it is tried again as you go on."
    if pending.rating:
        label = label_of(record, pending.rating)
        return f"{where}: “{label}” is not recorded yet, because its reason is missing."
    return f"{where}: the reason you wrote is not recorded yet, because no rating is chosen."
