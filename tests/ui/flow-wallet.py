#!/usr/bin/python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A wallet on real chains: its words bring it back with its money, it signs in, it sends dollars in words, and they
arrive. tools/devnet is the chains and the store. Run by tests/ui/meson.build inside tools/run-headless."""
import json, sys, urllib.request
sys.path.insert(0, __file__.rsplit("/", 1)[0])
from scene import *

WORDS = ["test"] * 11 + ["junk"]
AMOUNT = 5_250_000     # units of USDC

class Devnet:
    """Base, Ethereum and a store of its contracts; the application's environment, too."""

    def __init__(self):
        script = pathlib.Path(__file__).parents[2] / "tools/devnet"
        self.process = subprocess.Popen([script, "--demo", "--pieces", "1", "--fast"], stdout=subprocess.PIPE,
                                        stdin=subprocess.DEVNULL, text=True)
        atexit.register(self.stop)
        for line in self.process.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "ready":
                self.net = json.loads(pathlib.Path(rest).read_text())
            elif word == "store":
                self.origin = rest
            for name, value in re.findall(r"\b((?:XDG|GSETTINGS)_\w+)=(\S+)", line):
                os.environ[name] = value
            if line.startswith("A wallet of the phrase"):
                return
        raise AssertionError("the devnet did not start")

    def account(self, name):
        return next(account["address"] for account in self.net["accounts"] if account["name"] == name)

    def dollars(self, address):
        call = {"to": self.net["tokens"]["USDC"]["address"], "data": "0x70a08231" + address[2:].lower().rjust(64, "0")}
        ask = {"jsonrpc": "2.0", "id": 1, "method": "eth_call", "params": [call, "latest"]}
        request = urllib.request.Request(self.net["rpc"][0], json.dumps(ask).encode(), {"Content-Type": "application/json"})
        return int(json.load(urllib.request.urlopen(request))["result"], 16)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()

if not (pathlib.Path(__file__).parents[2] / "contracts/node_modules").is_dir():
    print("1..0 # SKIP tools/setup contracts brings the chains")
    sys.exit()
tap = Tap()
chains = Devnet()
tap.window = window = open_window(chains)

@tap.step("a store of real chains is added by its fingerprint")
def _ ():
    set_text(find(window, "entry", "Store Address"), chains.origin)
    forward(window, re.compile("^Connect"))
    find(window, "label", re.compile("^([0-9A-F]{4} ){7}[0-9A-F]{4}$"))
    forward(window, re.compile("Add Store"))
    find(window, "table cell", re.compile(" by "))

@tap.step("its words bring a wallet back")
def _ ():
    place(window, "Wallet")
    press(find(window, "button", re.compile("^Create or Restore")))
    press(find(window, "button", re.compile("^Restore from Words")))
    fields = wait(lambda: (lambda found: found if len(found) == 12 else None)(
        find_all(window, "entry", re.compile(r"^Word \d+$"))), "twelve words are asked for")
    for field, word in zip(fields, WORDS):
        set_text(field, word)
    forward(window, "Continue")
    for name in "New password", "The same again":
        set_text(find(window, "entry", name), PASSWORD)
    forward(window, "Make the Wallet")
    find(find(window, "frame", "Wallet"), "label", re.compile("^0x[0-9A-Fa-f]{40}$"))
    forward(window, "Done")
    gone(window, "frame", "Wallet")

@tap.step("its money on both chains is there")
def _ ():
    find(window, "label", re.compile(r"1000000\.00 PYUSD"))
    find(window, "label", re.compile(r"1000000\.00 USDC"))

@tap.step("it is signed in, out and in again")
def _ ():
    press(find(window, "button", re.compile("^Sign Out")))
    press(find(window, "button", "Sign In"))
    find(window, "button", re.compile("^Sign Out"))

@tap.step("a payment link fills in the form; the last look says it in words")
def _ ():
    token = chains.net["tokens"]["USDC"]["address"]
    press(find(window, "button", re.compile("^Send…")))
    dialog = find(window, "frame", "Send")
    set_text(find(dialog, "entry", re.compile("^Address or payment link")),
             f"ethereum:{token}@8453/transfer?address={chains.account('buyer')}&uint256={AMOUNT}")
    forward(dialog, "Continue")
    forward(dialog, "Send")
    find(window, "heading", re.compile("^Send 5.25 USDC to 0x[0-9a-fA-F]{40}$"))

@tap.step("what is signed arrives, and the activity knows it")
def _ ():
    before = chains.dollars(chains.account("buyer"))
    forward(window, "Sign")
    gone(window, "frame", "Send")
    wait(lambda: chains.dollars(chains.account("buyer")) == before + AMOUNT, "the dollars arrive")
    find(window, "label", re.compile("5.25 USDC"))
    find(window, "label", re.compile(r"999994\.75 USDC"))

@tap.step("a store on a chain says that it cannot be bought from yet")
def _ ():
    place(window, "Discover")
    tile = find(window, "table cell", re.compile(" by "))
    click(tile, 2)
    press(find(window, "button", re.compile("^Buy ")))
    find(window, "alert", re.compile("cannot buy yet"))

    key("Escape")

close_window(window)
chains.stop()
tap.end()
