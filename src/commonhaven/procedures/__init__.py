"""Steps and clocks: the state of a procedure from its recorded events and an instant."""

from commonhaven.procedures.decisions import Position, RefusedVote, Tally, Vote, recused, tally
from commonhaven.procedures.engine import state
from commonhaven.procedures.library import procedure, procedures, read, said_of
from commonhaven.procedures.model import Act, Datum, Limit, Option, Procedure, Stage
from commonhaven.procedures.modes import Mode, modes
from commonhaven.procedures.page import reference_page
from commonhaven.procedures.periods import zone
from commonhaven.procedures.run import period_of
from commonhaven.procedures.setting import check_option, check_options, checked, options
from commonhaven.procedures.value import (
    Deadline,
    Event,
    Permission,
    Refusal,
    Setting,
    State,
    Step,
)

__all__ = [
    "Act",
    "Datum",
    "Deadline",
    "Event",
    "Limit",
    "Mode",
    "Option",
    "Permission",
    "Position",
    "Procedure",
    "Refusal",
    "RefusedVote",
    "Setting",
    "Stage",
    "State",
    "Step",
    "Tally",
    "Vote",
    "check_option",
    "check_options",
    "checked",
    "modes",
    "options",
    "period_of",
    "procedure",
    "procedures",
    "read",
    "recused",
    "reference_page",
    "said_of",
    "state",
    "tally",
    "zone",
]
