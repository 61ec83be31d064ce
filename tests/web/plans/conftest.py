"""The cast of the talks."""

from talks_cast import convened, plan, proposal, room, seen, situation

__all__ = ["convened", "plan", "proposal", "room", "seen", "situation"]
