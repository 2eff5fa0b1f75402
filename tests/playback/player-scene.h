/* player-scene.h - a player on a sink that notes what is heard, with real files to play.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "playback/player.h"
#include "tests/media/sounds.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  GmSecret *key;
  GmPlayer *player; /* as heard on the sink */
  GmPlayerState *state;
  GstPad *pad;
  GMutex lock;       /* of what follows: written by the streaming thread */
  GByteArray *heard; /* PCM since the last flush, load or end */
  GByteArray *whole; /* what was heard when the stream ended */
  GstClockTime from; /* stream time of its first frame */
  GstClockTime to;
  guint rate;
  guint frame_bytes;
  guint flushes;
  guint n_starts;  /* of streams */
  gint64 first_us; /* monotonic time of the first buffer since gm_player_scene_forget() */
  GstSegment segment;
} GmPlayerScene;

/* @sync: in real time, on the clock; otherwise as fast as it decodes. */
void gm_player_scene_init (GmPlayerScene *self, gboolean sync);
void gm_player_scene_clear (GmPlayerScene *self);

/* A sound file in the folder, encoded once; its path belongs to the caller. */
char *gm_player_scene_sound (GmPlayerScene *self, const char *format, double seconds);
char *gm_player_scene_write (GmPlayerScene *self, const char *name, const GmSound *sound);
char *gm_player_scene_encrypt (GmPlayerScene *self, const char *path);

GmTrack *gm_player_scene_plain (GmPlayerScene *self, GmTrackKind kind, const char *path);
GmTrack *gm_player_scene_master (GmPlayerScene *self, const char *cipher_path, double seconds);
void gm_player_scene_play (GmPlayerScene *self, guint n, GmTrack **tracks); /* takes them */

typedef gboolean (*GmPlayerSceneTest) (GmPlayerScene *self);

/* Runs the main loop until @test holds; fails after a minute. */
void gm_player_scene_wait (GmPlayerScene *self, GmPlayerSceneTest test);
gboolean gm_player_scene_is_ready (GmPlayerScene *self);
gboolean gm_player_scene_has_stopped (GmPlayerScene *self);
gboolean gm_player_scene_has_failed (GmPlayerScene *self);

void gm_player_scene_forget (GmPlayerScene *self); /* what was heard so far */
guint64 gm_player_scene_frames (GmPlayerScene *self);
gint64 gm_player_scene_first_us (GmPlayerScene *self); /* 0: nothing was heard yet */

G_END_DECLS
