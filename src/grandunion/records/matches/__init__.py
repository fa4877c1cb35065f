"""What is brought together: offers, matches, rounds, the weights of each market, topics, and ties that forbid."""

from grandunion.records.matches.looks import Look
from grandunion.records.matches.offers import Offer
from grandunion.records.matches.pairs import Match, Meeting
from grandunion.records.matches.rounds import Appointment, Pairing, Participant, Round
from grandunion.records.matches.ties import OptOut, Tie
from grandunion.records.matches.topics import TopicSet
from grandunion.records.matches.weights import WeightSet

__all__ = [
    "Appointment",
    "Look",
    "Match",
    "Meeting",
    "Offer",
    "OptOut",
    "Pairing",
    "Participant",
    "Round",
    "Tie",
    "TopicSet",
    "WeightSet",
]
