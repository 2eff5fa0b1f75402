# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real store and the real window, for flows: run inside tools/run-headless --sound."""
import atexit, os, pathlib, random, re, shutil, signal, socket, subprocess, sys, tempfile, time
from atspi import *

BUILD = pathlib.Path(os.environ.get("GM_BUILD_DIR", pathlib.Path(__file__).parents[2] / "build"))
SERVER = BUILD / "src/server/gotmusic-server"
PROGRAM = BUILD / "src/ui/gotmusic"
os.environ.setdefault("GM_DECODE_PROGRAM", str(BUILD / "src/media/gotmusic-decode"))
os.environ.setdefault("GSETTINGS_SCHEMA_DIR", str(BUILD / "data"))
os.environ["GSETTINGS_BACKEND"] = "keyfile"  # what is chosen lives as long as the desktop
PASSWORD = "correct horse battery"

def free_port():
    """None that the system hands out to others, for who comes back to it."""
    while True:
        port = random.randrange(16384, 32768)
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass

class Store:
    """gotmusic-server demo with its three key nodes, on a port it chose itself."""

    def __init__(self, pieces=3):
        self.folder = tempfile.mkdtemp(prefix="gotmusic-flow-store.")
        self.port = free_port()
        self.pieces = pieces
        atexit.register(self.remove)
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [SERVER, "--data", self.folder, "--port", str(self.port), "--pieces", str(self.pieces), "--fast", "demo"],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if line.startswith("ready "):
                self.origin = line.split()[1]
                return
        raise AssertionError("the store did not start")

    def add(self, path):
        """Import a folder of music."""
        subprocess.run([SERVER, "--data", self.folder, "import", path], check=True, stdout=sys.stderr)

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
        shutil.rmtree(self.folder, ignore_errors=True)

def write_flac(path, seconds, title, artist="Nadir", wave="saw"):
    subprocess.run(
        ["gst-launch-1.0", "-q", "audiotestsrc", f"wave={wave}", "volume=0.2", f"num-buffers={seconds * 10}",
         "samplesperbuffer=4410", "!", "audio/x-raw,rate=44100,channels=2", "!", "audioconvert", "!",
         "taginject", f'tags=title="{title}",artist="{artist}"', "!", "flacenc", "!",
         "filesink", f"location={path}"], check=True)

def open_window(store):
    return start([PROGRAM, "--store", store.origin])

def close_window(window):
    key("ctrl+q")
    status = window.process.wait(PATIENCE)
    assert status == 0, f"the application ended with {status}"

def key(*names):
    """A real key press, to the window that has the focus."""
    subprocess.run(["xdotool", "key", *names], check=True)

def click(node, times=1):
    """What takes no action by name on GTK 4.8: the mouse, in its upper middle. That its place is off by the
    window's border does not matter."""
    box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 3),
                    "click", "--repeat", str(times), "--delay", "80", "1"], check=True)

def open_tile(window, name):
    click(find(window, "table cell", name), 2)

def place(window, name):
    """Go to a page by the sidebar."""
    places = find(window, "list", "Places")
    rows = [row.get_name() for row in children(places)]
    select(places, rows.index(name))

def make_wallet(window):
    """From the first page of its dialog to the last."""
    dialog = find(window, "frame", "Wallet")
    press(find(dialog, "button", "Create a Wallet"))
    shown = find(window, "table", "Recovery words")
    labels = wait(lambda: (lambda found: found if len(found) == 24 else None)(
        [text(node) for node, _ in walk(shown) if node.get_role_name() == "label"]), "twelve words are shown")
    words = {int(number): word for number, word in zip(labels[0::2], labels[1::2])}
    press(find(window, "button", "I Wrote Them Down"))
    asked = wait(lambda: find_all(window, "entry", re.compile(r"^Word \d+$")), "words are asked for")
    for field in asked:
        set_text(field, words[int(field.get_name().split()[1])])
    forward(window, "Continue")
    for name in "New password", "The same again":
        set_text(find(window, "entry", name), PASSWORD)
    forward(window, "Make the Wallet")
    find(dialog, "label", re.compile("^0x[0-9A-Fa-f]{40}$"))
    forward(window, "Done")
    gone(window, "frame", "Wallet")

class Copied:
    """Files that can be pasted, within a with statement."""

    def __init__(self, *paths):
        self.command = [sys.executable, __file__.replace("scene.py", "copy-files.py"), *paths]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == b"copied\n"

    def __exit__(self, *_):
        self.process.communicate(timeout=PATIENCE)

def forward(window, name):
    """The one button of that name that may be pressed: those of other steps are hidden, and cannot."""
    press(wait(lambda: next((button for button in find_all(window, "button", name)
                             if {"sensitive", "focusable"} <= states(button)), None), f"{name} can be pressed"))

def position(window, length):
    """Of the player, in seconds; its slider goes from 0 to 1."""
    return value(find(window, "slider", "Position")) * length

def move_to(window, seconds, length):
    set_value(find(window, "slider", "Position"), seconds / length)

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
                try:
                    dump(self.window)
                except GLib.Error:
                    print("# the window is gone", flush=True)
            return function
        return run

    window = None

    def end(self):
        print(f"1..{self.n}", flush=True)
        sys.exit(1 if self.failed else 0)
