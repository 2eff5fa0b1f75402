/* cover-art.h - draws a cover for a sound that brings none: its own waveform as a picture.
 *
 * The same facts give the same picture. Text is not drawn: screens show it beside.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_COVER_ART_SIDE 1024 /* px */

typedef struct
{
  const char *title;
  const char *artist; /* (nullable) its colors go through all of an artist's covers */
  GBytes *peaks;      /* (nullable) one byte a bin, 255 is full scale */
} GmCoverArt;

GBytes *gm_cover_art_draw (const GmCoverArt *facts, GError **error); /* PNG */

G_END_DECLS
