#!/usr/bin/python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A buyer's first hour, in the real window with the real store: browse, search, hear, buy, play, seek, quit,
play again with the store gone. Run by tests/ui/meson.build inside tools/run-headless."""
import sys, tempfile
sys.path.insert(0, __file__.rsplit("/", 1)[0])
from scene import *

LENGTH = 160   # seconds: under sanitizers a look at the window takes seconds, and what is looked for must not have passed

tap = Tap()
store = Store(pieces=1)
music = tempfile.mkdtemp(prefix="gotmusic-flow-music.")
write_flac(f"{music}/tide.flac", LENGTH, "Tide")
write_flac(f"{music}/storm.flac", 8, "Storm", wave="square")
store.add(music)
tap.window = window = open_window(store)

@tap.step("the catalog is there, without an account")
def _ ():
    find(window, "table cell", re.compile("^Tide by Nadir"))
    find(window, "table cell", re.compile("^Storm by Nadir"))

@tap.step("a search narrows it as one types")
def _ ():
    search = find(window, "entry", "Search the catalog")
    set_text(search, "sto")
    gone(window, "table cell", re.compile("^Tide"))
    find(window, "table cell", re.compile("^Storm"))
    set_text(search, "")
    find(window, "table cell", re.compile("^Tide"))

@tap.step("a preview plays, cannot be moved past 30 seconds, and stops there")
def _ ():
    open_tile(window, re.compile("^Tide"))
    slider = find(window, "slider", "Position")     # found first: on a slow machine looking takes seconds
    press(find(window, "button", "Play Preview"))
    wait(lambda: value(slider) > 0.01, "it plays")
    find(window, "label", "PREVIEW")
    find(window, "label", "0:30")
    set_value(slider, 22 / 30)
    most = 0
    end = time.monotonic() + 30
    while time.monotonic() < end:
        now = value(slider) * 30
        if now < most - 5:
            break
        most = max(most, now)
        time.sleep(0.02)
    assert 29.7 <= most <= 30.1, f"it stopped at {most}"
    wait(lambda: position(window, 30) == 0, "it went back to its start")
    find(window, "button", "Play Preview")

@tap.step("buying makes a wallet first, then asks to sign")
def _ ():
    press(find(window, "button", "Buy Tide"))
    press(find(window, "button", "Create a Wallet…"))
    make_wallet(window)
    forward(window, "Pay 5.00 USDC")
    forward(window, "Sign")

@tap.step("the purchase ends with a license and something to play")
def _ ():
    find(window, "label", "It is in your library.", 60)
    forward(window, "View License")
    find(window, "list", "Receipt")

@tap.step("the library has it, and it plays as a whole")
def _ ():
    key("Escape")
    key("Escape")
    place(window, "Library")
    press(find(window, "button", "Play Tide"))
    wait(lambda: position(window, LENGTH) > 0.3, "it plays")
    find(window, "label", "2:40")
    gone(window, "label", "PREVIEW")

@tap.step("it seeks past where the preview ends")
def _ ():
    move_to(window, 35, LENGTH)
    wait(lambda: position(window, LENGTH) > 35, "it plays from there")

@tap.step("it plays again with the store gone")
def _ ():
    global window
    close_window(window)
    store.stop()
    tap.window = window = open_window(store)
    find(window, "table cell", re.compile("^Tide by Nadir.*Owned"))
    place(window, "Library")
    press(find(window, "button", "Play Tide"))
    wait(lambda: position(window, LENGTH) > 0.3, "it plays")
    move_to(window, 120, LENGTH)
    wait(lambda: position(window, LENGTH) > 120, "it seeks")
    close_window(window)

store.remove()
shutil.rmtree(music)
tap.end()
