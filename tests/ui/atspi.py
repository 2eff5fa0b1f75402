# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drive the application as a screen reader does: by role and name, never by coordinates or by time.

    from atspi import *
    app = start(["build/src/gotmusic", "--store", url])
    set_text(find(app, "search box"), "tide")
    press(find(app, "button", "Play preview"))
    wait(lambda: "pressed" in states(find(app, "toggle button", "Play")), "it plays")

For /usr/bin/python3 (with gi), inside tools/run-headless. A name is a string or a compiled pattern. Roles
are those of GTK 4.8; the names that later versions give are understood too.
"""
import atexit, re, subprocess, sys, time, warnings

warnings.simplefilter("ignore")
import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

Atspi.init()

PATIENCE = 60      # seconds until something that should happen has not; a slow machine with sanitizers fits in
SAME_ROLE = {      # GTK 4.8 says push button for both kinds
    "button": {"push button", "button", "toggle button"},
    "toggle button": {"push button", "toggle button"},
    "search box": {"search box", "entry", "text"},
    "entry": {"entry", "text", "password text"},
}

def wait(condition, what, seconds=PATIENCE):
    """What the condition returned once it was true. Nodes that vanish while being looked at count as false."""
    end = time.monotonic() + seconds
    while True:
        try:
            result = condition()
        except GLib.Error:
            result = None
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"never happened in {seconds} s: {what}")
        time.sleep(0.05)

def children(node):
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield child

def walk(node, depth=0):
    yield node, depth
    for child in children(node):
        yield from walk(child, depth + 1)

def app(name="gotmusic", seconds=PATIENCE):
    """The application on the accessibility bus."""
    return wait(lambda: next((c for c in children(Atspi.get_desktop(0)) if c.get_name() == name), None),
                f"application {name} on the bus", seconds)

def start(command, name="gotmusic", **options):
    """Start it and return its node; its process is node.process."""
    process = subprocess.Popen(command, **options)
    atexit.register(process.kill)     # a test that fails leaves nothing running
    node = app(name)
    node.process = process
    return node

def stop(node, seconds=PATIENCE):
    """Ask it to end and wait; its exit status."""
    node.process.terminate()
    return node.process.wait(seconds)

def matches(node, role, name):
    if node.get_role_name() not in SAME_ROLE.get(role, {role}):
        return False
    if isinstance(name, re.Pattern):
        return name.search(node.get_name() or "") is not None
    return name is None or node.get_name() == name

def find_all(root, role, name=None):
    return [node for node, _ in walk(root) if matches(node, role, name)]

def find(root, role, name=None, seconds=PATIENCE):
    """The first that matches, in the order of the tree."""
    wanted = name.pattern if isinstance(name, re.Pattern) else name
    return wait(lambda: next((node for node, _ in walk(root) if matches(node, role, name)), None),
                f"a {role} named {wanted!r}", seconds)

def gone(root, role, name=None, seconds=PATIENCE):
    wait(lambda: not find_all(root, role, name), f"no {role} named {name!r}", seconds)

def states(node):
    return {state.value_nick for state in node.get_state_set().get_states()}

def press(node, action=0):
    """Click a button, toggle, activate a row; waits until it may be."""
    wait(lambda: "sensitive" in states(node), f"{node.get_name()!r} can be pressed")
    if not node.get_action_iface().do_action(action):
        raise AssertionError(f"{node.get_role_name()} {node.get_name()!r} did not take the press")

def select(container, index):
    """Select a child of a list, grid or combo box."""
    if not container.get_selection_iface().select_child(index):
        raise AssertionError(f"{container.get_name()!r} did not select {index}")

def text(node):
    """What is written in it; of what is no text, its name."""
    iface = node.get_text_iface()
    return iface.get_text(0, iface.get_character_count()) if iface else node.get_name()

def set_text(node, words):
    """Replace what is written in it. On GTK 4.8 the editable part of an entry is a child of it."""
    for part, _ in walk(node):
        if part.get_editable_text_iface():
            part.get_editable_text_iface().set_text_contents(words)
            return
    raise AssertionError(f"{node.get_role_name()} {node.get_name()!r} cannot be written in")

def value(node):
    return node.get_value_iface().get_current_value()

def set_value(node, number):
    if not node.get_value_iface().set_current_value(number):
        raise AssertionError(f"{node.get_name()!r} did not take {number}")

def actions(node):
    try:
        iface = node.get_action_iface()
        return [iface.get_action_name(i) for i in range(iface.get_n_actions())] if iface else []
    except GLib.Error:     # it went while we looked
        return []

def dump(root, file=sys.stderr):
    """The tree as it is now, for when a test fails; what a label lets one copy is left out."""
    for node, depth in walk(root):
        shown = [] if node.get_role_name() == "label" else actions(node)
        print("  " * depth + node.get_role_name(), repr(node.get_name()), *shown, file=file)
