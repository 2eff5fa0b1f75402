#!/usr/bin/python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies the files that are its arguments, as a file manager does. They can be pasted until its input ends."""
import os, pathlib, sys
import gi
gi.require_version("Gdk", "4.0")
from gi.repository import Gdk, GLib

uris = "".join(pathlib.Path(path).absolute().as_uri() + "\r\n" for path in sys.argv[1:])
content = Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(uris.encode()))
Gdk.Display.open(os.environ["DISPLAY"]).get_clipboard().set_content(content)
print("copied", flush=True)
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, lambda *_: loop.quit())
loop.run()
