#!/usr/bin/python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A first look without a person: smoke.py PICTURE PROGRAM ARGUMENT…

Starts the application, waits for music in the catalog, plays a preview, hears it on the null sink, saves a
picture and closes the window. For tools/run-headless --sound --wayland.
"""
import array, glob, json, os, re, shutil, subprocess, sys, tempfile, urllib.request
from gi.repository import Gio, GLib
from atspi import actions, dump, find, find_all, press, start, states, wait

ID = "app.gotmusic.GotMusic"
TILES = 24         # all of the music, so that nothing moves in the picture
LOUD = 500         # of 32767: more than silence and dither

def hears_sound():
    """Half a second of what went to the loudspeaker."""
    recorder = subprocess.Popen(["parec", "-d", "null.monitor", "--raw", "--format=s16ne", "--latency-msec=50"],
                                stdout=subprocess.PIPE)
    heard = array.array("h", recorder.stdout.read(2 * 2 * 44100 // 2))
    recorder.terminate()
    recorder.communicate()
    return max(map(abs, heard)) > LOUD

def take_picture(path):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["weston-screenshooter"], cwd=folder, check=True, timeout=30)
        shutil.move(glob.glob(folder + "/*.png")[0], path)
    os.chmod(path, 0o644)

def preview_newest(store):
    """What Space does on the first tile. Neither keys nor pointers reach a headless compositor, and GTK 4.8
    gives assistive technologies no action on a tile, but the actions of an application are on the bus."""
    with urllib.request.urlopen(store.rstrip("/") + "/api/assets?limit=1", timeout=30) as answer:
        newest = json.load(answer)["items"][0]["id"]
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    group = Gio.DBusActionGroup.get(bus, ID, "/" + ID.replace(".", "/"))
    group.activate_action("preview", GLib.Variant("s", newest))
    bus.flush_sync()

def main(picture, *command):
    app = start(command)
    try:
        window = find(app, "frame")
        wait(lambda: len(find_all(window, "table cell")) >= TILES, "music in the catalog", 180)
        press(window, actions(window).index("window.toggle-maximized"))     # to fill the picture
        preview_newest(command[-1])
        find(window, "button", "Pause preview", 30)
        wait(hears_sound, "sound", 30)
        take_picture(picture)
        press(find(window, "button", "Pause preview"))
        close = find(window, "button", re.compile("^Close"))
        press(close)
        status = app.process.wait(15)
    except BaseException:
        dump(app)
        app.process.kill()
        raise
    print(f"A preview was heard; the picture is {picture}")
    return status

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
