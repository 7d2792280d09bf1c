"""When somebody's asks look like collecting: a quiet note to the organisers, nothing more.

A mixer's guest meets about 14 people; somebody who asks many and is accepted by few asks
for the list and not for the talk. It is a reason to look, never a verdict.
"""

from enum import StrEnum

from kiosk.model.figures import Asks

MANY_ASKS = 30
FEW_ACCEPTED = 5  # one in so many


class Pattern(StrEnum):
    FEW_SAY_YES = "few_say_yes"
    AT_THE_LIMIT = "at_the_limit"


def pattern_in(asks: Asks, daily_limit: int) -> Pattern | None:
    """What in these counts an organiser may want to look at."""
    if asks.late_count >= daily_limit:
        return Pattern.AT_THE_LIMIT
    is_few = asks.accepted_count * FEW_ACCEPTED < asks.asked_count
    return Pattern.FEW_SAY_YES if asks.asked_count >= MANY_ASKS and is_few else None
