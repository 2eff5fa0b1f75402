# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real store and the real window, for flows: run inside tools/run-headless --sound."""
import os, pathlib, re, shutil, signal, subprocess, sys, tempfile, time
from atspi import *

BUILD = pathlib.Path(os.environ["GM_BUILD_DIR"])
SERVER = BUILD / "src/server/gotmusic-server"
PROGRAM = BUILD / "src/ui/gotmusic"
PASSWORD = "correct horse battery"

class Store:
    """gotmusic-server demo with its three key nodes, on a port it chose itself."""

    def __init__(self, pieces=3):
        self.folder = tempfile.mkdtemp(prefix="gotmusic-flow-store.")
        self.port = 0
        self.pieces = pieces
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [SERVER, "--data", self.folder, "--port", str(self.port), "--pieces", str(self.pieces), "--fast", "demo"],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if line.startswith("ready "):
                self.origin = line.split()[1]
                self.port = int(self.origin.rstrip("/").rsplit(":", 1)[1])
                return
        raise AssertionError("the store did not start")

    def add(self, path):
        """Import a folder of music."""
        subprocess.run([SERVER, "--data", self.folder, "import", path], check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()

    def kill(self):
        self.process.kill()
        self.stop()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder)

def write_flac(path, seconds, title, artist="Nadir", wave="saw"):
    subprocess.run(
        ["gst-launch-1.0", "-q", "audiotestsrc", f"wave={wave}", "volume=0.2", f"num-buffers={seconds * 10}",
         "samplesperbuffer=4410", "!", "audio/x-raw,rate=44100,channels=2", "!", "audioconvert", "!",
         "taginject", f'tags=title="{title}",artist="{artist}"', "!", "flacenc", "!",
         "filesink", f"location={path}"], check=True)

def open_window(store):
    return start([PROGRAM, "--store", store.origin])

def close_window(window):
    status = stop(window)
    assert status == 0, f"the application ended with {status}"

def place(window, name):
    """Go to a page by the sidebar."""
    row = find(window, "list item", name)
    wait(lambda: row.get_parent().get_selection_iface().select_child(row.get_index_in_parent()), f"{name} is chosen")
    if row.get_action_iface() and row.get_action_iface().get_n_actions():
        row.get_action_iface().do_action(0)

def make_wallet(window):
    """From the dialog that offers one, to its end."""
    press(find(window, "button", "Create a Wallet"))
    words = dict(re.findall(r"(\d+)[. ]+([a-z]+)", text(find(window, "label", re.compile("recovery words", re.I)))))
    return words

def seconds_of(label):
    minutes, seconds = label.split(":")
    return int(minutes) * 60 + int(seconds)

def position(window):
    """Of the player, in seconds."""
    return value(find(window, "slider", "Position")) / 1000

class Tap:
    def __init__(self):
        self.n = 0
        self.failed = False

    def step(self, name):
        """A decorator that runs a step at once; what comes after a failure is not tried."""
        def run(function):
            self.n += 1
            if self.failed:
                print(f"not ok {self.n} {name}", flush=True)
                return function
            began = time.monotonic()
            try:
                function()
                print(f"ok {self.n} {name}", flush=True)
                print(f"# {time.monotonic() - began:.1f} s", flush=True)
            except Exception as problem:
                self.failed = True
                print(f"not ok {self.n} {name}\n# {type(problem).__name__}: {problem}", flush=True)
                if isinstance(problem, AssertionError) and self.window is not None:
                    dump(self.window)
            return function
        return run

    window = None

    def end(self):
        print(f"1..{self.n}", flush=True)
        sys.exit(1 if self.failed else 0)
