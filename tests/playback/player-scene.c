/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/playback/player-scene.h"

#include <glib/gstdio.h>
#include <gst/audio/audio.h>

#include "base/error.h"

#define DEADLINE_MS 60000
#define LOOK_MS     5

static void
forget (GmPlayerScene *self)
{
  g_byte_array_set_size (self->heard, 0);
  self->from = self->to = GST_CLOCK_TIME_NONE;
  self->first_us = 0;
}

static void
note_event (GmPlayerScene *self, GstEvent *event)
{
  GstAudioInfo info;
  GstCaps *caps;

  switch ((int) GST_EVENT_TYPE (event))
    {
    case GST_EVENT_STREAM_START: self->n_starts++; break;
    case GST_EVENT_SEGMENT: gst_event_copy_segment (event, &self->segment); break;
    case GST_EVENT_FLUSH_STOP:
      self->flushes++;
      forget (self);
      break;
    case GST_EVENT_EOS:
      g_byte_array_set_size (self->whole, 0);
      g_byte_array_append (self->whole, self->heard->data, self->heard->len);
      forget (self);
      break;
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      g_assert_true (gst_audio_info_from_caps (&info, caps));
      self->rate = (guint) info.rate;
      self->frame_bytes = (guint) info.bpf;
      break;
    default: break;
    }
}

static void
note_buffer (GmPlayerScene *self, GstBuffer *buffer)
{
  GstMapInfo map;

  if (self->heard->len == 0)
    {
      self->from = gst_segment_to_stream_time (&self->segment, GST_FORMAT_TIME,
                                               GST_BUFFER_PTS (buffer));
      self->first_us = g_get_monotonic_time ();
    }
  gst_buffer_map (buffer, &map, GST_MAP_READ);
  g_byte_array_append (self->heard, map.data, (guint) map.size);
  gst_buffer_unmap (buffer, &map);
  self->to = gst_segment_to_stream_time (&self->segment, GST_FORMAT_TIME,
                                         GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer));
}

static GstPadProbeReturn
note (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GmPlayerScene *self = data;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0)
    note_buffer (self, GST_PAD_PROBE_INFO_BUFFER (info));
  else
    note_event (self, GST_PAD_PROBE_INFO_EVENT (info));
  return GST_PAD_PROBE_OK;
}

void
gm_player_scene_init (GmPlayerScene *self, gboolean sync)
{
  GstElement *sink;

  gst_init (NULL, NULL);
  *self = (GmPlayerScene){
    .folder = g_dir_make_tmp ("player-XXXXXX", NULL),
    .key = gm_secret_new_random (32),
    .heard = g_byte_array_new (),
    .whole = g_byte_array_new (),
  };
  g_mutex_init (&self->lock);
  forget (self);

  sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", sync, NULL);
  self->pad = gst_element_get_static_pad (sink, "sink");
  self->player = gm_player_new (sink);
  self->state = gm_player_get_state (self->player);
  gst_pad_add_probe (self->pad,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM |
                         GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                     note, self, NULL);
}

void
gm_player_scene_clear (GmPlayerScene *self)
{
  GmPlayerState *state = g_object_ref (self->state);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  gm_player_free (self->player);
  g_assert_finalize_object (state);
  gst_object_unref (self->pad);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  gm_secret_unref (self->key);
  g_byte_array_unref (self->heard);
  g_byte_array_unref (self->whole);
  g_mutex_clear (&self->lock);
}

char *
gm_player_scene_write (GmPlayerScene *self, const char *name, const GmSound *sound)
{
  char *path = g_build_filename (self->folder, name, NULL);

  gm_sound_write (path, sound);
  return path;
}

char *
gm_player_scene_sound (GmPlayerScene *self, const char *format, double seconds)
{
  g_autofree char *name = g_strdup_printf ("%g.%s", seconds, format);

  return gm_player_scene_write (
      self, name, &(GmSound){ .format = format, .seconds = seconds, .shape = gm_sound_noise });
}

char *
gm_player_scene_encrypt (GmPlayerScene *self, const char *path)
{
  GmCipherHeader header;
  g_autoptr (GError) error = NULL;
  char *to = g_strdup_printf ("%s.gma1", path);

  gm_cipher_encrypt_file (path, to, self->key, &header, NULL, &error);
  g_assert_no_error (error);
  return to;
}

GmTrack *
gm_player_scene_plain (GmPlayerScene *self, GmTrackKind kind, const char *path)
{
  g_autofree char *uri = gst_filename_to_uri (path, NULL);

  return gm_track_new (&(GmTrackInfo){
      .asset = "01J00000000000000000000000",
      .title = "Plain",
      .artist = "Nobody",
      .kind = kind,
      .uri = uri,
  });
}

typedef struct
{
  char *path;
  GmSecret *key;
} Master;

static GmCipher *
open_master (gpointer data, GError **error)
{
  Master *self = data;

  return gm_cipher_open_file (self->path, self->key, error);
}

static void
free_master (gpointer data)
{
  Master *self = data;

  gm_secret_unref (self->key);
  g_free (self->path);
  g_free (self);
}

GmTrack *
gm_player_scene_master (GmPlayerScene *self, const char *cipher_path, double seconds)
{
  g_autofree char *title = g_path_get_basename (cipher_path);
  Master *master = g_new (Master, 1);

  *master = (Master){ .path = g_strdup (cipher_path), .key = gm_secret_ref (self->key) };
  return gm_track_new (&(GmTrackInfo){
      .asset_id = "0x6d61737465720000000000000000000000000000000000000000000000000000",
      .asset = "01J00000000000000000000001",
      .title = title,
      .artist = "Somebody",
      .kind = GM_TRACK_MASTER,
      .duration_ms = (gint64) (seconds * 1000),
      .open = open_master,
      .data = master,
      .free_data = free_master,
  });
}

/* From silence: what an earlier one had prepared is not heard. */
void
gm_player_scene_play (GmPlayerScene *self, guint n, GmTrack **tracks)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_track_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, tracks[i]);
  gm_player_stop (self->player);
  gm_player_scene_forget (self);
  gm_player_play (self->player, list, 0);
}

static gboolean
on_look (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
fail (GmPlayerScene *self)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (self->state);

  g_error ("%s: nothing came of it: mode %d, %s%s, at %" G_GINT64_FORMAT " ms, %" G_GUINT64_FORMAT
           " frames heard, error: %s",
           g_test_get_path (), facts->mode, facts->playing ? "playing" : "paused",
           facts->buffering ? ", buffering" : "", facts->position_ms, gm_player_scene_frames (self),
           facts->error != NULL ? facts->error->message : "none");
}

void
gm_player_scene_wait (GmPlayerScene *self, GmPlayerSceneTest test)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;
  guint look = g_timeout_add (LOOK_MS, on_look, NULL); /* what streaming threads do wakes no loop */

  while (!test (self))
    {
      if (g_get_monotonic_time () >= deadline)
        fail (self);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (look);
}

gboolean
gm_player_scene_is_ready (GmPlayerScene *self)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (self->state);

  return facts->mode != GM_PLAYER_IDLE && !facts->buffering && gm_player_scene_frames (self) > 0;
}

gboolean
gm_player_scene_has_stopped (GmPlayerScene *self)
{
  return !gm_player_state_get_facts (self->state)->playing;
}

gboolean
gm_player_scene_has_failed (GmPlayerScene *self)
{
  return gm_player_state_get_facts (self->state)->error != NULL;
}

void
gm_player_scene_forget (GmPlayerScene *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  forget (self);
}

guint64
gm_player_scene_frames (GmPlayerScene *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->frame_bytes > 0 ? self->heard->len / self->frame_bytes : 0;
}

gint64
gm_player_scene_first_us (GmPlayerScene *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->first_us;
}
