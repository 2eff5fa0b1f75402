#!/usr/bin/env python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the symbolic icons: resources/icons/scalable/actions. --check only compares.

A line of ICONS is one icon on a grid of 16 (others may be drawn by hand). GTK 4.8 fills every shape of a symbolic icon, so a
stroke is drawn as its outline; all outlines run the same way and holes the other way.
"""
import math, pathlib, sys

W = 2  # a stroke
OUT = pathlib.Path(__file__).resolve().parent.parent / "resources/icons/scalable/actions"


def n(value):
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def poly(*points):
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))
    points = points if area > 0 else points[::-1]
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + "Z"


def disc(x, y, r, sweep=1):
    return (f"M{n(x - r)} {n(y)}A{n(r)} {n(r)} 0 1 {sweep} {n(x + r)} {n(y)}"
            f"A{n(r)} {n(r)} 0 1 {sweep} {n(x - r)} {n(y)}Z")


def ring(x, y, r, w=W):
    return disc(x, y, r + w / 2) + disc(x, y, r - w / 2, 0)


def box(x, y, w, h, r=1.0):
    return (f"M{n(x + r)} {n(y)}H{n(x + w - r)}A{n(r)} {n(r)} 0 0 1 {n(x + w)} {n(y + r)}V{n(y + h - r)}"
            f"A{n(r)} {n(r)} 0 0 1 {n(x + w - r)} {n(y + h)}H{n(x + r)}A{n(r)} {n(r)} 0 0 1 {n(x)} {n(y + h - r)}"
            f"V{n(y + r)}A{n(r)} {n(r)} 0 0 1 {n(x + r)} {n(y)}Z")


def hole(x, y, w, h):
    return f"M{n(x)} {n(y)}V{n(y + h)}H{n(x + w)}V{n(y)}Z"


def frame(x, y, w, h, r=2.0, s=W):
    return box(x, y, w, h, r) + hole(x + s, y + s, w - 2 * s, h - 2 * s)


def line(*points, w=W):
    """Straight strokes with round ends and joints."""
    out = ""
    for (x1, y1), (x2, y2) in zip(points, points[1:]):
        length = math.hypot(x2 - x1, y2 - y1) or 1
        dx, dy = (y2 - y1) / length * w / 2, -(x2 - x1) / length * w / 2
        out += (f"M{n(x1 + dx)} {n(y1 + dy)}L{n(x2 + dx)} {n(y2 + dy)}"
                f"A{n(w / 2)} {n(w / 2)} 0 0 1 {n(x2 - dx)} {n(y2 - dy)}"
                f"L{n(x1 - dx)} {n(y1 - dy)}A{n(w / 2)} {n(w / 2)} 0 0 1 {n(x1 + dx)} {n(y1 + dy)}Z")
    return out


def arc(x, y, r, start, end, w=W):
    """From start to end degrees, clockwise as seen, 0 is east."""
    a, b = math.radians(start), math.radians(end)
    big = int((end - start) % 360 > 180)
    o, i = r + w / 2, r - w / 2
    at = lambda radius, angle: f"{n(x + radius * math.cos(angle))} {n(y + radius * math.sin(angle))}"
    cap = f"A{n(w / 2)} {n(w / 2)} 0 0 1 "
    return (f"M{at(o, a)}A{n(o)} {n(o)} 0 {big} 1 {at(o, b)}{cap}{at(i, b)}"
            f"A{n(i)} {n(i)} 0 {big} 0 {at(i, a)}{cap}{at(o, a)}Z")


def dot(x, y, r=1.0):
    return disc(x, y, r)


def soft(*points):
    """A filled shape with round corners."""
    return poly(*points) + line(*points, points[0])


SPEAKER = soft((2, 6.5), (4.5, 6.5), (7, 4), (7, 12), (4.5, 9.5), (2, 9.5))
SHIELD = line((8, 1.8), (13.2, 3.6), (13.2, 8), (11.6, 11.4), (8, 14.2), (4.4, 11.4), (2.8, 8), (2.8, 3.6), (8, 1.8))
TRAY = line((2, 10.5), (2, 14), (14, 14), (14, 10.5))
CHECK = line((3, 8.5), (6.5, 12), (13, 4.5))

ICONS = {
    "discover": ring(8, 8, 6) + poly((11.2, 4.8), (9.2, 9.2), (4.8, 11.2), (6.8, 6.8)),
    "library": box(1, 2, 3, 12) + box(5.5, 2, 3, 12) + line((11.2, 3.5), (13.6, 12.7), w=3),
    "orders": frame(2, 1, 12, 14) + line((5.5, 5), (10.5, 5), w=1.5) + line((5.5, 8), (10.5, 8), w=1.5) + line((5.5, 11), (8, 11), w=1.5),
    "wallet": frame(1, 3, 14, 11) + box(9, 7, 6, 3.5, 1.2) + line((3, 2), (11.5, 2)),
    "assets": "".join(box(1, y, 3, 3, 0.8) + line((7, y + 1.5), (14, y + 1.5)) for y in (1.5, 6.5, 11.5)),
    "uploads": TRAY + line((8, 2), (8, 10)) + line((4.5, 5.5), (8, 2), (11.5, 5.5)),

    "media-playback-start": soft((4.5, 3), (12.5, 8), (4.5, 13)),
    "media-playback-pause": box(3, 2, 4, 12) + box(9, 2, 4, 12),
    "media-playback-stop": box(3, 3, 10, 10, 1.5),
    "media-skip-forward": soft((3, 4), (9, 8), (3, 12)) + box(11, 3, 3, 10),
    "media-skip-backward": soft((13, 4), (7, 8), (13, 12)) + box(2, 3, 3, 10),
    "audio-volume-muted": SPEAKER + line((10.5, 6), (14, 10)) + line((14, 6), (10.5, 10)),
    "audio-volume-low": SPEAKER + arc(8, 8, 3, -45, 45),
    "audio-volume-medium": SPEAKER + arc(8, 8, 3, -45, 45) + arc(8, 8, 6, -45, 12),
    "audio-volume-high": SPEAKER + arc(8, 8, 3, -45, 45) + arc(8, 8, 6, -50, 50),
    "audio-headphones": arc(8, 9, 6, 180, 360) + box(1, 9, 4, 6, 1.5) + box(11, 9, 4, 6, 1.5),
    "audio-x-generic": dot(4, 12, 2.5) + dot(12, 11, 2.5) + line((5.5, 11.5), (5.5, 3.5), (13.5, 2.3), (13.5, 10.5)) + line((5.5, 6), (13.5, 4.8)),

    "open-menu": line((3, 4), (13, 4)) + line((3, 8), (13, 8)) + line((3, 12), (13, 12)),
    "view-more": dot(8, 3, 1.5) + dot(8, 8, 1.5) + dot(8, 13, 1.5),
    "go-previous": line((10.5, 3), (5.5, 8), (10.5, 13)),
    "go-next": line((5.5, 3), (10.5, 8), (5.5, 13)),
    "go-up": line((3, 10.5), (8, 5.5), (13, 10.5)),
    "go-down": line((3, 5.5), (8, 10.5), (13, 5.5)),
    "sidebar-show": frame(1, 2, 14, 12) + box(3.5, 4.5, 3, 7, 0.6),
    "external-link": line((7, 3), (3, 3), (3, 13), (13, 13), (13, 9)) + line((7.5, 8.5), (13.5, 2.5)) + line((9.5, 2), (14, 2), (14, 6.5)),
    "system-search": ring(6.5, 6.5, 4.5) + line((10.2, 10.2), (14, 14)),
    "view-grid": box(1.5, 1.5, 5.5, 5.5) + box(9, 1.5, 5.5, 5.5) + box(1.5, 9, 5.5, 5.5) + box(9, 9, 5.5, 5.5),
    "view-list": line((2, 3), (14, 3)) + line((2, 8), (14, 8)) + line((2, 13), (14, 13)),
    "view-refresh": arc(8, 8, 5.5, -40, 250) + poly((8.2, 0.2), (12.8, 3), (8.2, 5.8)),
    "view-sort-descending": line((2, 3), (14, 3)) + line((2, 8), (10, 8)) + line((2, 13), (6, 13)),
    "funnel": soft((2.5, 3), (13.5, 3), (9.3, 8.2), (9.3, 11.8), (6.7, 13.5), (6.7, 8.2)),

    "list-add": line((8, 2.5), (8, 13.5)) + line((2.5, 8), (13.5, 8)),
    "list-remove": line((2.5, 8), (13.5, 8)),
    "process-stop": ring(8, 8, 6) + line((5.8, 5.8), (10.2, 10.2)) + line((10.2, 5.8), (5.8, 10.2)),
    "window-close": line((4, 4), (12, 12)) + line((12, 4), (4, 12)),
    "emblem-ok": CHECK,
    "step-pending": ring(8, 8, 5),
    "object-select": CHECK,
    "edit-find": ring(6.5, 6.5, 4.5) + line((10.2, 10.2), (14, 14)),
    "edit-clear": line((4, 4), (12, 12)) + line((12, 4), (4, 12)),
    "edit-copy": frame(5, 5, 10, 10) + line((2, 10.5), (2, 2), (10.5, 2)),
    "edit-undo": line((5.5, 2.5), (2.5, 5.5), (5.5, 8.5)) + line((3, 5.5), (9.5, 5.5)) + arc(9.5, 9.25, 3.75, -90, 90) + line((9.5, 13), (6, 13)),
    "document-edit": line((3.4, 12.6), (11.6, 4.4), w=3.4) + poly((1.2, 14.8), (2, 11), (5, 14)),
    "document-save": TRAY + line((8, 1.8), (8, 9.5)) + line((4.5, 6.5), (8, 10), (11.5, 6.5)),
    "document-open": line((2, 13), (2, 3), (6, 3), (8, 5), (14, 5), (14, 13), (2, 13)),
    "folder": line((2, 13), (2, 3), (6, 3), (8, 5), (14, 5), (14, 13), (2, 13)),
    "folder-download": TRAY + line((8, 1.8), (8, 9.5)) + line((4.5, 6.5), (8, 10), (11.5, 6.5)),
    "document-open-recent": ring(8, 8, 6) + line((8, 4.5), (8, 8), (10.8, 9.6)),
    "user-trash": line((2.5, 4), (13.5, 4)) + line((6.2, 2.2), (9.8, 2.2)) + line((4, 5), (4.8, 14), (11.2, 14), (12, 5)),
    "archive": frame(1, 1, 14, 5, 1.5, 1.5) + line((3, 6), (3, 14), (13, 14), (13, 6)) + line((6.5, 9), (9.5, 9)),

    "changes-prevent": box(2.5, 7, 11, 8, 1.5) + arc(8, 6, 3, 180, 360) + line((5, 6), (5, 8)) + line((11, 6), (11, 8)),
    "changes-allow": box(2.5, 7, 11, 8, 1.5) + arc(8, 4.5, 3, 180, 350) + line((5, 4.5), (5, 8)),
    "dialog-password": ring(5, 8, 3) + line((8, 8), (14, 8)) + line((13.5, 8), (13.5, 11)) + line((10.5, 8), (10.5, 10)),
    "security-high": SHIELD + line((5.6, 7.8), (7.4, 9.6), (10.4, 6.2), w=1.6),
    "avatar-default": ring(8, 5, 2.8) + arc(8, 14, 5, 190, 350),
    "emblem-favorite": disc(5, 5.8, 3.2) + disc(11, 5.8, 3.2) + poly((8, 4.8), (13.5, 7.7), (8, 14), (2.5, 7.7)) + line((2.9, 7.8), (8, 13.4), (13.1, 7.8), w=1.2),
    "heart-outline": arc(5, 6, 2.8, 150, 330) + arc(11, 6, 2.8, 210, 390) + line((2.6, 7.4), (8, 13.2), (13.4, 7.4)),
    "starred": soft(*[(8 + (6 if i % 2 == 0 else 2.6) * math.sin(i * math.pi / 5), 8.4 - (6 if i % 2 == 0 else 2.6) * math.cos(i * math.pi / 5)) for i in range(10)]),
    "shopping-cart": line((1.5, 3), (3.5, 3), (5.3, 10.5), (12.5, 10.5), (14, 5.5), (4.5, 5.5)) + dot(6.3, 13.6, 1.4) + dot(11.6, 13.6, 1.4),
    "tag": line((2, 2), (8, 2), (14, 8), (8, 14), (2, 8), (2, 2)) + dot(5.4, 5.4, 1.2),
    "license": ring(8, 6, 4) + line((5.8, 9.8), (4.8, 14), (8, 12.4), (11.2, 14), (10.2, 9.8)),
    "qr-code": frame(1, 1, 6, 6, 1, 1.5) + frame(9, 1, 6, 6, 1, 1.5) + frame(1, 9, 6, 6, 1, 1.5) + box(9, 9, 2.5, 2.5, 0.3) + box(12.5, 12.5, 2.5, 2.5, 0.3) + box(12.5, 9, 2.5, 2.5, 0.3) + box(9, 12.5, 2.5, 2.5, 0.3),
    "send-to": line((2, 8), (14, 8)) + line((9.5, 3.5), (14, 8), (9.5, 12.5)),

    "network-offline": arc(8, 13, 9.5, 222, 318) + arc(8, 13, 5.2, 222, 290) + dot(8, 13, 1.6) + line((11.2, 10.2), (14.4, 13.4)) + line((14.4, 10.2), (11.2, 13.4)),
    "network-server": frame(1.5, 2, 13, 5, 1.5, 1.6) + frame(1.5, 9, 13, 5, 1.5, 1.6) + dot(4.6, 4.5, 0.9) + dot(4.6, 11.5, 0.9),
    "dialog-warning": line((8, 2.5), (14, 13.5), (2, 13.5), (8, 2.5)) + line((8, 6.8), (8, 9), w=1.6) + dot(8, 11.4),
    "dialog-error": ring(8, 8, 6) + line((8, 5), (8, 8.4)) + dot(8, 11, 1.1),
    "dialog-information": ring(8, 8, 6) + dot(8, 5, 1.1) + line((8, 7.8), (8, 11)),
    "preferences-system": ring(8, 8, 3.6) + "".join(line((8 + 5 * math.cos(a), 8 + 5 * math.sin(a)), (8 + 6 * math.cos(a), 8 + 6 * math.sin(a)), w=2.4) for a in (k * math.pi / 4 for k in range(8))),
}

# Where reading goes from right to left, GTK looks for the name with -rtl.
MIRRORED = ("assets", "edit-undo", "external-link", "go-next", "go-previous", "send-to", "sidebar-show",
            "view-sort-descending")


def draw(path, mirrored=False):
    turn = ' transform="matrix(-1 0 0 1 16 0)"' if mirrored else ""
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">\n'
            "  <!-- SPDX-FileCopyrightText: The GotMusic developers; SPDX-License-Identifier: GPL-3.0-or-later -->\n"
            f'  <path{turn} fill="#2e3436" d="{path}"/>\n</svg>\n')


def main():
    check = "--check" in sys.argv
    wrong = []
    drawings = {f"{name}-symbolic.svg": draw(path) for name, path in ICONS.items()}
    drawings |= {f"{name}-symbolic-rtl.svg": draw(ICONS[name], mirrored=True) for name in MIRRORED}
    for name, text in drawings.items():
        file = OUT / name
        if check and (not file.exists() or file.read_text() != text):
            wrong.append(f"{file.name} is not what tools/draw-icons.py draws")
        elif not check:
            OUT.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    print("\n".join(wrong))
    sys.exit(bool(wrong))


main()
