/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/probe.h"

#include <gst/pbutils/pbutils.h>
#include <gst/tag/tag.h>
#include <string.h>

#include "base/error.h"
#include "media/container.h"
#include "media/decoder.h"
#include "media/tag-text.h"

#define DISCOVER_SECONDS 20
#define COMMENT_MAX      2000 /* characters */

static const GmField fields[] = {
  GM_FIELD (GmProbe, mime, "mime", TEXT, 0),
  GM_FIELD (GmProbe, extension, "extension", TEXT, 0),
  GM_FIELD (GmProbe, format, "format", TEXT, 0),
  GM_FIELD (GmProbe, rate, "rate", INT, 0),
  GM_FIELD (GmProbe, channels, "channels", INT, 0),
  GM_FIELD (GmProbe, bits, "bits", INT, 0),
  GM_FIELD (GmProbe, duration_ms, "durationMs", INT, 0),
  GM_FIELD (GmProbe, title, "title", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmProbe, artist, "artist", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmProbe, album, "album", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmProbe, genre, "genre", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmProbe, mood, "mood", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmProbe, comment, "comment", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmProbe, key_sig, "keySig", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmProbe, bpm, "bpm", INT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmProbe, price, "price", TEXT, GM_FIELD_OPTIONAL),
};

const GmRecordType gm_probe_type = { "probe", sizeof (GmProbe), fields, G_N_ELEMENTS (fields) };

void
gm_probe_free (GmProbe *probe)
{
  gm_record_free (&gm_probe_type, probe);
}

gboolean
gm_probe_check_size (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NONE, NULL, error);
  guint64 bytes;

  if (info == NULL)
    {
      gm_error_adopt (error);
      return FALSE;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return gm_fail (error, GM_ERROR_BAD_DATA, "this is not a file");

  bytes = (guint64) g_file_info_get_size (info);
  if (bytes > GM_PROBE_MAX_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "the file has %" G_GUINT64_FORMAT " MiB, at most %d are taken", bytes >> 20,
                    (int) (GM_PROBE_MAX_BYTES >> 20));

  return TRUE;
}

/* The caps of what is inside an envelope decide the word: an Ogg file may be Opus or Vorbis. */
static const char *
codec_word (GmContainerKind kind, GstStructure *caps)
{
  static const struct
  {
    const char *caps;
    const char *word;
  } codecs[] = {
    { "audio/x-opus", "Opus" }, { "audio/x-vorbis", "Ogg Vorbis" }, { "audio/x-flac", "FLAC" },
    { "audio/x-alac", "ALAC" }, { "audio/x-speex", "Speex" },
  };
  int version = 0;

  if (kind == GM_CONTAINER_WAV || kind == GM_CONTAINER_AIFF)
    return kind == GM_CONTAINER_WAV ? "WAV" : "AIFF";
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    if (gst_structure_has_name (caps, codecs[i].caps))
      return codecs[i].word;
  if (gst_structure_has_name (caps, "audio/mpeg") &&
      gst_structure_get_int (caps, "mpegversion", &version))
    return version == 1 ? "MP3" : "AAC";

  return "Sound";
}

static char *
format_words (const GmProbe *probe, const char *codec)
{
  const char *places[] = { "mono", "stereo" };
  char khz[G_ASCII_DTOSTR_BUF_SIZE];
  g_autoptr (GString) out = g_string_new (codec);

  g_ascii_formatd (khz, sizeof khz, "%g", (double) probe->rate / 1000);
  g_string_append_printf (out, " %s kHz", khz);
  if (probe->bits > 0)
    g_string_append_printf (out, " %" G_GINT64_FORMAT " bit", probe->bits);
  if (probe->channels <= 2)
    g_string_append_printf (out, " %s", places[probe->channels - 1]);
  else
    g_string_append_printf (out, " %" G_GINT64_FORMAT " channels", probe->channels);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_tag (const GstTagList *tags, const char *tag, gsize max_chars)
{
  const char *text = NULL;

  return gst_tag_list_peek_string_index (tags, tag, 0, &text) ? gm_tag_text_clean (text, max_chars)
                                                              : NULL;
}

/* Tags GStreamer has no name for arrive as "NAME=value". */
static char *
dup_extended (const GstTagList *tags, const char *name)
{
  guint n = gst_tag_list_get_tag_size (tags, GST_TAG_EXTENDED_COMMENT);
  gsize length = strlen (name);
  const char *text = NULL;

  for (guint i = 0; i < n; i++)
    if (gst_tag_list_peek_string_index (tags, GST_TAG_EXTENDED_COMMENT, i, &text) &&
        g_ascii_strncasecmp (text, name, length) == 0 && text[length] == '=')
      return gm_tag_text_clean (text + length + 1, GM_TAG_TEXT_MAX_CHARS);

  return NULL;
}

static void
read_tags (GmProbe *probe, const GstTagList *tags)
{
  const char *key = NULL;
  double bpm = 0;
  g_autofree char *extended_key = dup_extended (tags, "INITIALKEY");

  probe->title = dup_tag (tags, GST_TAG_TITLE, GM_TAG_TEXT_MAX_CHARS);
  probe->artist = dup_tag (tags, GST_TAG_ARTIST, GM_TAG_TEXT_MAX_CHARS);
  probe->album = dup_tag (tags, GST_TAG_ALBUM, GM_TAG_TEXT_MAX_CHARS);
  probe->genre = dup_tag (tags, GST_TAG_GENRE, GM_TAG_TEXT_MAX_CHARS);
  probe->comment = dup_tag (tags, GST_TAG_COMMENT, COMMENT_MAX);
  if (probe->comment == NULL)
    probe->comment = dup_tag (tags, GST_TAG_DESCRIPTION, COMMENT_MAX);
  probe->mood = dup_extended (tags, "MOOD");
  probe->price = dup_extended (tags, "PRICE");

  if (!gst_tag_list_peek_string_index (tags, GST_TAG_MUSICAL_KEY, 0, &key))
    key = extended_key;
  probe->key_sig = key != NULL ? gm_tag_text_key (key) : NULL;
  if (gst_tag_list_get_double (tags, GST_TAG_BEATS_PER_MINUTE, &bpm) && bpm >= 20 && bpm <= 400)
    probe->bpm = (gint64) (bpm + 0.5);
}

static GBytes *
dup_picture (const GstTagList *tags)
{
  g_autoptr (GstSample) sample = NULL;
  GstBuffer *buffer;
  GstMapInfo map;
  GBytes *bytes = NULL;

  if (!gst_tag_list_get_sample (tags, GST_TAG_IMAGE, &sample) &&
      !gst_tag_list_get_sample (tags, GST_TAG_PREVIEW_IMAGE, &sample))
    return NULL;

  buffer = gst_sample_get_buffer (sample);
  if (buffer == NULL || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return NULL;
  if (map.size > 0 && map.size <= GM_PROBE_MAX_PICTURE_BYTES)
    bytes = g_bytes_new (map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  return bytes;
}

static GstDiscovererInfo *
discover (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GstDiscoverer) discoverer = gst_discoverer_new (DISCOVER_SECONDS * GST_SECOND,
                                                             &problem);
  g_autofree char *uri = gst_filename_to_uri (path, NULL);
  g_autoptr (GstDiscovererInfo) info = NULL;

  if (discoverer == NULL || uri == NULL)
    return gm_fail_null (error, GM_ERROR_BUG, "GStreamer is incomplete");

  info = gst_discoverer_discover_uri (discoverer, uri, &problem);
  if (info == NULL || gst_discoverer_info_get_result (info) == GST_DISCOVERER_ERROR)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the file cannot be decoded: %s",
                         problem != NULL ? problem->message : "no reason given");
  if (gst_discoverer_info_get_result (info) != GST_DISCOVERER_OK)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "the file cannot be decoded in %d seconds, or "
                         "its codec is not supported",
                         DISCOVER_SECONDS);

  return g_steal_pointer (&info);
}

/* Pictures are streams too, but still ones. */
static gboolean
has_video (GstDiscovererInfo *info)
{
  GList *streams = gst_discoverer_info_get_video_streams (info);
  gboolean moving = FALSE;

  for (GList *l = streams; l != NULL; l = l->next)
    moving |= !gst_discoverer_video_info_is_image (l->data);

  gst_discoverer_stream_info_list_free (streams);
  return moving;
}

static void
read_all_tags (GmProbe *probe,
               GstDiscovererInfo *info,
               GstDiscovererStreamInfo *stream,
               GBytes **picture)
{
  g_autoptr (GstTagList) all = gst_tag_list_new_empty ();
  g_autoptr (GstDiscovererStreamInfo) top = gst_discoverer_info_get_stream_info (info);
  const GstTagList *tags = gst_discoverer_stream_info_get_tags (stream);

  if (tags != NULL)
    gst_tag_list_insert (all, tags, GST_TAG_MERGE_APPEND);
  if (GST_IS_DISCOVERER_CONTAINER_INFO (top))
    tags = gst_discoverer_container_info_get_tags (GST_DISCOVERER_CONTAINER_INFO (top));
  if (tags != NULL)
    gst_tag_list_insert (all, tags, GST_TAG_MERGE_APPEND);

  read_tags (probe, all);
  if (picture != NULL)
    *picture = dup_picture (all);
}

static gboolean
read_stream (GmProbe *probe,
             const GmContainer *container,
             GstDiscovererInfo *info,
             GstDiscovererStreamInfo *stream,
             GError **error)
{
  GstDiscovererAudioInfo *audio = GST_DISCOVERER_AUDIO_INFO (stream);
  g_autoptr (GstCaps) caps = gst_discoverer_stream_info_get_caps (stream);
  const char *codec = codec_word (container->kind, gst_caps_get_structure (caps, 0));
  gboolean has_bits = strstr ("WAV AIFF FLAC ALAC", codec) != NULL;
  /* from the first bit rates; the decoder counts */
  gboolean is_estimate = container->frames == 0 && (container->kind == GM_CONTAINER_MP3 ||
                                                    container->kind == GM_CONTAINER_AAC);
  gint64 told_ms = (gint64) (gst_discoverer_info_get_duration (info) / GST_MSECOND);

  probe->rate = gst_discoverer_audio_info_get_sample_rate (audio);
  probe->channels = gst_discoverer_audio_info_get_channels (audio);
  probe->bits = has_bits ? gst_discoverer_audio_info_get_depth (audio) : 0;
  probe->duration_ms = container->frames > 0 ? gm_container_duration_ms (container) : told_ms;
  if (probe->rate < 1 || probe->channels < 1 || probe->channels > GM_DECODER_MAX_CHANNELS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the sound has %d channels, at most %d",
                    (int) probe->channels, GM_DECODER_MAX_CHANNELS);
  if (!is_estimate && probe->duration_ms > GM_DECODER_MAX_SECONDS * G_GINT64_CONSTANT (1000))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the sound is longer than %d hours",
                    GM_DECODER_MAX_SECONDS / 3600);

  probe->mime = g_strdup (gm_container_mime (container->kind));
  probe->extension = g_strdup (gm_container_extension (container->kind));
  probe->format = format_words (probe, codec);
  return TRUE;
}

GmProbe *
gm_probe_load (const char *path, GBytes **picture, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmProbe) probe = g_new0 (GmProbe, 1);
  g_autoptr (GstDiscovererInfo) info = NULL;
  GmContainer container;
  GList *sounds;
  gboolean read;

  if (!gm_probe_check_size (path, error) || !gm_container_load (path, &container, error))
    return NULL;

  info = discover (path, error);
  if (info == NULL)
    return NULL;
  if (has_video (info))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "this is a video, not a sound file");

  sounds = gst_discoverer_info_get_audio_streams (info);
  if (sounds == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the file contains no sound");

  read = read_stream (probe, &container, info, sounds->data, error);
  if (read)
    read_all_tags (probe, info, sounds->data, picture);
  gst_discoverer_stream_info_list_free (sounds);

  return read ? g_steal_pointer (&probe) : NULL;
}
