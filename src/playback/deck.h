/* deck.h - the one GStreamer pipeline: what is laid on it sounds, from a position and up to a
 * limit.
 *
 *   branch (heard) ─┐
 *                   ├─▶ concat ─▶ convert ─▶ resample ─▶ volume ─▶ preview-limit, sink
 *   branch (next) ──┘    opens the next when the one before it ends: no gap
 *
 *   EMPTY ──load──▶ LOADING ──▶ (SEEKING) ──▶ READY ◀──▶ SEEKING      unload: from anywhere
 *
 * Only URIs and times are known here. Seeks are exact; while one is on its way only the newest of
 * those that follow is kept. All calls and all answers are on the main loop.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  void (*ready) (gpointer data);    /* loaded, or a seek landed: position and duration are known */
  void (*late) (gpointer data);     /* a seek in the very last moment: load again, from position */
  void (*moved_on) (gpointer data); /* the next is heard now */
  void (*next_failed) (gpointer data); /* and was taken away; what is heard goes on to its end */
  void (*ended) (gpointer data);
  void (*failed) (gpointer data, const GError *error); /* silent: unload */
  void (*changed) (gpointer data);                     /* is_buffering() */
} GmDeckListener;

typedef struct _GmDeck GmDeck;

GmDeck *gm_deck_new (GstElement *audio_sink, const GmDeckListener *listener, gpointer data);
void gm_deck_free (GmDeck *self);

/* After unload. @limit: GST_CLOCK_TIME_NONE or where it ends, whatever is sought. When load() and
 * append() return, the source of @uri has been made. */
void gm_deck_load (GmDeck *self, const char *uri, GstClockTime from, GstClockTime limit);
void gm_deck_append (GmDeck *self, const char *uri); /* the next, once there is none */
gboolean gm_deck_has_next (GmDeck *self);
void gm_deck_unload (GmDeck *self); /* gives the sound output back, too */

void gm_deck_set_playing (GmDeck *self, gboolean playing);
void gm_deck_seek (GmDeck *self, GstClockTime to);
void gm_deck_set_volume (GmDeck *self, double cubic);

GstClockTime gm_deck_get_position (GmDeck *self); /* GST_CLOCK_TIME_NONE when not known */
GstClockTime gm_deck_get_duration (GmDeck *self); /* of what is heard before the limit */
gboolean gm_deck_is_buffering (GmDeck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmDeck, gm_deck_free)

G_END_DECLS
