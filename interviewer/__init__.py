"""What an interview is: patterns, turns, times, takes and sessions.

Pure rules on plain values. This room imports the standard library and nothing else: no Qt, no numpy, no sound card.
Everything here can be run in a test without a window, a microphone or a clock.
"""
