/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/flac-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/tag/tag.h>

#include "base/error.h"
#include "demo/dsp.h"

#define FRAME_BYTES (2 * sizeof (gint16))
#define PUSH_BYTES  (64 * 1024)
#define WAIT        (60 * GST_SECOND) /* after the last frame is in */

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define FORMAT "S16LE"
#else
#define FORMAT "S16BE"
#endif

static void
add_extended (GstTagList *list, const char *name, const char *value)
{
  g_autofree char *pair = value != NULL ? g_strdup_printf ("%s=%s", name, value) : NULL;

  if (pair != NULL)
    gst_tag_list_add (list, GST_TAG_MERGE_APPEND, GST_TAG_EXTENDED_COMMENT, pair, NULL);
}

static GstTagList *
tag_list_of (const GmFlacFileTags *tags)
{
  const struct
  {
    const char *name;
    const char *value;
  } texts[] = {
    { GST_TAG_TITLE, tags->title },     { GST_TAG_ARTIST, tags->artist },
    { GST_TAG_ALBUM, tags->album },     { GST_TAG_GENRE, tags->genre },
    { GST_TAG_COMMENT, tags->comment },
  };
  GstTagList *list = gst_tag_list_new_empty ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL)
      gst_tag_list_add (list, GST_TAG_MERGE_APPEND, texts[i].name, texts[i].value, NULL);
  if (tags->bpm > 0)
    gst_tag_list_add (list, GST_TAG_MERGE_APPEND, GST_TAG_BEATS_PER_MINUTE, tags->bpm, NULL);
  add_extended (list, "INITIALKEY", tags->key_sig); /* GST_TAG_MUSICAL_KEY is not written to FLAC */
  add_extended (list, "MOOD", tags->mood);
  add_extended (list, "PRICE", tags->price);
  if (tags->picture != NULL)
    {
      g_autoptr (GstSample) sample = gst_tag_image_data_to_image_sample (
          g_bytes_get_data (tags->picture, NULL), (guint) g_bytes_get_size (tags->picture),
          GST_TAG_IMAGE_TYPE_FRONT_COVER);

      if (sample != NULL)
        gst_tag_list_add (list, GST_TAG_MERGE_APPEND, GST_TAG_IMAGE, sample, NULL);
    }
  return list;
}

static GstElement *
build (const char *path, const GmFlacFileTags *tags, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = g_strdup_printf (
      "appsrc name=in format=time block=true max-bytes=%d caps=audio/x-raw,format=" FORMAT
      ",rate=%d,channels=2,channel-mask=(bitmask)3,layout=interleaved ! flacenc name=encoder ! "
      "filesink name=out",
      4 * PUSH_BYTES, GM_DSP_RATE);
  GstElement *pipeline = gst_parse_launch (text, &problem);
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstElement) encoder = NULL;
  g_autoptr (GstTagList) list = NULL;

  if (problem != NULL)
    {
      g_clear_pointer (&pipeline, gst_object_unref);
      return gm_fail_null (error, GM_ERROR_BUG, "GStreamer has no FLAC encoder: %s",
                           problem->message);
    }

  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  encoder = gst_bin_get_by_name (GST_BIN (pipeline), "encoder");
  list = tag_list_of (tags);
  g_object_set (out, "location", path, NULL);
  gst_tag_setter_merge_tags (GST_TAG_SETTER (encoder), list, GST_TAG_MERGE_REPLACE_ALL);
  return pipeline;
}

static gboolean
push (GstElement *pipeline, GBytes *frames, GCancellable *cancellable)
{
  g_autoptr (GstElement) in = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  gsize length = g_bytes_get_size (frames);

  for (gsize at = 0; at < length; at += PUSH_BYTES)
    {
      gsize n = MIN (PUSH_BYTES, length - at);
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (frames, at, n);
      GstBuffer *buffer = gst_buffer_new_wrapped_bytes (part);

      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (at / FRAME_BYTES, GST_SECOND, GM_DSP_RATE);
      GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n / FRAME_BYTES, GST_SECOND,
                                                            GM_DSP_RATE);
      if (g_cancellable_is_cancelled (cancellable) ||
          gst_app_src_push_buffer (GST_APP_SRC (in), buffer) != GST_FLOW_OK)
        return FALSE;
    }

  return gst_app_src_end_of_stream (GST_APP_SRC (in)) == GST_FLOW_OK;
}

static gboolean
finish (GstElement *pipeline, const char *path, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, WAIT,
                                                               GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_autoptr (GError) problem = NULL;

  if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;
  if (message != NULL)
    gst_message_parse_error (message, &problem, NULL);
  return gm_fail (error, GM_ERROR_OFFLINE, "write “%s”: %s", path,
                  problem != NULL ? problem->message : "it takes too long");
}

static gboolean
encode (const char *path,
        GBytes *frames,
        const GmFlacFileTags *tags,
        GCancellable *cancellable,
        GError **error)
{
  GstElement *pipeline = build (path, tags, error);
  gboolean done;

  if (pipeline == NULL)
    return FALSE;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  push (pipeline, frames, cancellable); /* what stopped it is on the bus */
  done = g_cancellable_is_cancelled (cancellable) ? gm_fail (error, GM_ERROR_DECLINED, "cancelled")
                                                  : finish (pipeline, path, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return done;
}

gboolean
gm_flac_file_write (const char *path,
                    GBytes *frames,
                    const GmFlacFileTags *tags,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%s", name);
  g_autofree char *part = g_build_filename (folder, hidden, NULL);

  gst_init (NULL, NULL);
  if (encode (part, frames, tags, cancellable, error))
    {
      if (g_rename (part, path) == 0)
        return TRUE;
      gm_error_set (error, GM_ERROR_OFFLINE, "write “%s”: %s", path, g_strerror (errno));
    }
  g_unlink (part);
  return FALSE;
}
