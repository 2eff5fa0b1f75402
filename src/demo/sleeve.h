/* sleeve.h - the cover of a piece of demo music: a design and a palette that follow from its words.
 *
 * The same words always get the same sleeve. No text is drawn, so no font is needed. (What people
 * import without a cover gets one from media/cover-art.h.)
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_SLEEVE_SIDE 1024

typedef enum
{
  GM_SLEEVE_SUN,
  GM_SLEEVE_TILES,
  GM_SLEEVE_RIDGES,
  GM_SLEEVE_CIRCLES,
  GM_SLEEVE_BARS,
  GM_SLEEVE_CLOUDS,
  GM_SLEEVE_RAYS,
  GM_SLEEVE_PIXELS,
  GM_SLEEVE_LEAVES,
  GM_SLEEVE_ORBITS,
  GM_SLEEVE_N_DESIGNS,
} GmSleeveDesign;

typedef struct
{
  const char *title;
  const char *artist;
  GmSleeveDesign design;
} GmSleeveAsk;

GBytes *gm_sleeve_draw (const GmSleeveAsk *ask, GError **error); /* JPEG */

G_END_DECLS
