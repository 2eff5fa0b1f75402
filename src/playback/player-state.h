/* player-state.h - what the player does, for everyone who shows or follows it.
 *
 * Read-only properties, notified only when they change:
 *   "mode" (GmPlayerMode), "playing" b, "buffering" b, "asset-id" s, "asset" s, "title" s,
 *   "artist" s, "artwork" s, "position-ms" x, "duration-ms" x (0: not known), "fraction" d (0 to
 * 1), "position-text" s ("1:05"), "duration-text" s (NULL: not known), "can-next" b, "can-previous"
 * b, "volume" d (0 to 1, cubic), "error" (GError, NULL when all is well).
 *
 * Texts are NULL while the mode is IDLE. The position moves at most ten times a second.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "playback/track.h"

G_BEGIN_DECLS

typedef enum
{
  GM_PLAYER_IDLE, /* nothing is loaded */
  GM_PLAYER_PREVIEW,
  GM_PLAYER_MASTER,
} GmPlayerMode;

#define GM_TYPE_PLAYER_MODE (gm_player_mode_get_type ())
GType gm_player_mode_get_type (void);

typedef struct
{
  GmPlayerMode mode;
  gboolean playing;   /* wanted: stays TRUE while buffering */
  gboolean buffering; /* no sound yet: opening, seeking far, or the network is slow */
  gboolean can_next;
  gboolean can_previous;
  GmTrack *track; /* NULL when IDLE */
  gint64 position_ms;
  gint64 duration_ms;
  double volume;
  GError *error;
} GmPlayerFacts;

#define GM_TYPE_PLAYER_STATE (gm_player_state_get_type ())
G_DECLARE_FINAL_TYPE (GmPlayerState, gm_player_state, GM, PLAYER_STATE, GObject)

GmPlayerState *gm_player_state_new (void);
const GmPlayerFacts *gm_player_state_get_facts (GmPlayerState *self);

/* For the player, and for tests of what follows it: copies @facts, notifies what differs. */
void gm_player_state_show (GmPlayerState *self, const GmPlayerFacts *facts);

G_END_DECLS
