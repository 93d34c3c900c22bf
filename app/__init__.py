"""What the person sees and presses: the window, the command line, and the only place where Qt is imported.

Pages receive frozen values and emit wishes; they never import `audio`. The controller and its parts
(`conductor`, `archive`, `hearing`) are where threads, rules and widgets meet.
"""

VERSION = "0.1.0"
