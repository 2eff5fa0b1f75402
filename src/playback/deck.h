/* deck.h - the one GStreamer pipeline: what is laid on it sounds, from a position and up to a
 * limit.
 *
 *   EMPTY ──load──▶ LOADING ──▶ (SEEKING) ──▶ READY ◀──▶ SEEKING
 *     ▲                │                        │
 *     └────unload──────┴────────silence─────────┘
 *
 * Only URIs and times are known here. Seeks are exact; while one is on its way only the newest of
 * those that follow is kept. All calls and all answers are on the main loop, except next_uri().
 * Once something was read ahead there is no way back into the pipeline's present stream: a seek is
 * answered with late(), and the listener loads anew from where gm_deck_get_position() says.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  char *(*next_uri) (gpointer data); /* streaming thread: what goes on without a gap, or NULL */
  void (*ready) (gpointer data);     /* loaded, or a seek landed: position and duration are known */
  void (*late) (gpointer data);      /* a seek is not possible any more: load again */
  void (*moved_on) (gpointer data);  /* what next_uri() gave is heard now */
  void (*ended) (gpointer data);
  void (*failed) (gpointer data, const GError *error); /* silent until the next load */
  void (*changed) (gpointer data);                     /* buffering or volume */
} GmDeckListener;

typedef struct _GmDeck GmDeck;

GmDeck *gm_deck_new (GstElement *audio_sink, const GmDeckListener *listener, gpointer data);
void gm_deck_free (GmDeck *self);

/* When it returns, no thread of the pipeline runs and next_uri() is not called any more. */
void gm_deck_silence (GmDeck *self); /* keeps the sound output open */
void gm_deck_unload (GmDeck *self);  /* gives it back */

/* After silence or unload. @limit: GST_CLOCK_TIME_NONE or where it ends, whatever is sought. */
void gm_deck_load (GmDeck *self, const char *uri, GstClockTime from, GstClockTime limit);
void gm_deck_set_playing (GmDeck *self, gboolean playing);
void gm_deck_seek (GmDeck *self, GstClockTime to);

GstClockTime gm_deck_get_position (GmDeck *self); /* GST_CLOCK_TIME_NONE when not known */
GstClockTime gm_deck_get_duration (GmDeck *self); /* of what is heard before the limit */
gboolean gm_deck_is_buffering (GmDeck *self);

void gm_deck_set_volume (GmDeck *self, double cubic);
double gm_deck_get_volume (GmDeck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmDeck, gm_deck_free)

G_END_DECLS
