#!/usr/bin/python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The other half: the first wallet of a demo store is its admin, who uploads a FLAC, publishes it, edits it, and
buys it. Run by tests/ui/meson.build inside tools/run-headless."""
import sys, tempfile
sys.path.insert(0, __file__.rsplit("/", 1)[0])
from scene import *

PUBLISH = re.compile("^([A-Z_a-z]+ )?Publish$")
tap = Tap()
store = Store(pieces=1)
music = tempfile.mkdtemp(prefix="gotmusic-flow-music.")
write_flac(f"{music}/gale.flac", 60, "Gale", "Boreas")
tap.window = window = open_window(store)

@tap.step("the first wallet of a demo store may edit it")
def _ ():
    find(window, "list", "Places")
    assert not find_all(window, "list item", "Uploads"), "shown to nobody"
    key("ctrl+4")
    press(find(window, "button", re.compile("Create or Restore…$")))
    make_wallet(window)
    find(window, "list item", "Uploads")

@tap.step("a pasted file is sent, the store tells its steps, and suggests what buyers will read")
def _ ():
    key("ctrl+6")
    find(window, "button", re.compile("Choose Files…$"))
    with Copied(f"{music}/gale.flac"):
        key("ctrl+v")
        name = find(window, "label", "gale.flac")
    told = [node for node in children(name.get_parent()) if node.get_role_name() == "label"][1]
    steps = []

    def is_ready():
        words = text(told)
        if words not in steps:
            steps.append(words)
        return words.startswith("Ready. Check what buyers will read")
    wait(is_ready, "it is ready", 4 * PATIENCE)    # sanitizers measure slowly
    print("#", *steps, flush=True)
    assert any(words.startswith("Store: ") for words in steps), "no step was told"
    assert text(find(window, "entry", "Title")) == "Gale"
    assert text(find(window, "entry", "Artist")) == "Boreas"

@tap.step("a wrong price is told while it is typed, and nothing can be published")
def _ ():
    set_text(find(window, "entry", "Price"), "a lot")
    find(window, "label", re.compile("^Price: Write an amount"))
    publish = find(window, "button", PUBLISH)
    wait(lambda: "sensitive" not in states(publish), "it cannot be published")
    set_text(find(window, "entry", "Price"), "2.50")

@tap.step("what is published is in the catalog at once")
def _ ():
    began = time.monotonic()
    press(find(window, "button", PUBLISH))
    key("ctrl+1")
    find(window, "table cell", re.compile("^Gale by Boreas.*2.50 USDC"))
    print(f"# seen after {time.monotonic() - began:.2f} s", flush=True)

def open_row(title):
    """As open_tile(), of a row of the table; the sheet that opens."""
    click(find(find(window, "tree table", "Assets of the store"), "label", title), 2)
    return find(window, "frame", title)

@tap.step("the table finds it, and an edit shows at once and in its history")
def _ ():
    key("ctrl+5")
    set_text(find(window, "entry", "Search assets"), "gale")
    find(window, "label", "1 asset")
    sheet = open_row("Gale")
    set_text(find(sheet, "entry", "Price"), "3.00")
    press(find(sheet, "button", re.compile("Save$")))
    gone(window, "frame", "Gale")
    find(find(window, "tree table", "Assets of the store"), "label", "3.00 USDC")
    sheet = open_row("Gale")
    subprocess.run(["xdotool", "mousemove", "260", "400", "click", "--repeat", "30", "5"], check=True)
    history = find(sheet, "label", "History")
    wait(lambda: history.get_component_iface().get_extents(Atspi.CoordType.WINDOW).y < 600, "it is scrolled to")
    click(history)
    find(sheet, "label", "Price: 2.50 USDC → 3.00 USDC")
    key("Escape")
    gone(window, "frame", "Gale")

@tap.step("it is sold at the new price, and ends with a license")
def _ ():
    key("ctrl+1")
    find(window, "table cell", re.compile("^Gale by Boreas.*3.00 USDC"))
    open_tile(window, re.compile("^Gale"))
    press(find(window, "button", "Buy Gale"))
    forward(window, "Pay 3.00 USDC")
    forward(window, "Sign")
    find(window, "label", "It is in your library.")
    forward(window, "View License")
    find(window, "list", "Receipt")

close_window(window)
store.remove()
shutil.rmtree(music)
tap.end()
