"""What the room tells of its keys, state by state. Commands in curly brackets stand for the keys they have now."""

from interviewer.interview import State

STILL = "Take your time. {room.next} when you are done."

KEYS = {
    State.READY: "{room.next} begin · {room.leave} leave",
    State.ASKING: "{room.next} skip the voice · {room.repeat} again from the start · {room.leave} leave",
    State.THINKING: "{room.next} start now · {room.repeat} question again · {room.leave} leave",
    State.ARMED: "{room.next} start now · {room.repeat} question again · {room.leave} leave",
    State.RECORDING: "{room.next} next part · {room.finish} finish answer · {room.redo} redo · {room.hint} hint · "
    "{room.mark} mark · {room.clock} clock · {room.leave} leave",
    State.DECLINED: "{room.next} next",
    State.DEVICE_LOST: "Y go on · N end here",
    State.DONE: "{room.finish} read the debrief",
    State.LEAVING: "Tab and Enter choose · {room.leave} stay",
}

PROBE_KEYS = {
    State.ASKING: "{room.next} skip the voice · {room.repeat} again · {room.decline} I don't have one · "
    "{room.leave} leave",
    State.RECORDING: "{room.next} next · {room.redo} redo · {room.decline} I don't have one · {room.hint} hint · "
    "{room.mark} mark · {room.clock} clock · {room.leave} leave",
}

LONGEST_KEYS = (KEYS[State.RECORDING], PROBE_KEYS[State.RECORDING])
