/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/deck-error.h"

#include "base/error.h"
#include "playback/cipher-source.h"

#define ANY -1

typedef struct
{
  GQuark (*domain) (void);
  int code; /* or ANY */
  GmErrorCode ours;
  const char *words;
} Meaning;

/* The first that fits. */
static const Meaning meanings[] = {
  { gst_stream_error_quark, GST_STREAM_ERROR_CODEC_NOT_FOUND, GM_ERROR_NOT_FOUND,
    "no decoder for this format is installed" },
  { gst_core_error_quark, GST_CORE_ERROR_MISSING_PLUGIN, GM_ERROR_NOT_FOUND,
    "no decoder for this format is installed" },
  { gst_stream_error_quark, ANY, GM_ERROR_BAD_DATA, "the sound is damaged" },
  { gst_resource_error_quark, GST_RESOURCE_ERROR_NOT_FOUND, GM_ERROR_NOT_FOUND,
    "the sound is not there" },
  { gst_resource_error_quark, GST_RESOURCE_ERROR_NOT_AUTHORIZED, GM_ERROR_DENIED,
    "the sound may not be read" },
  { gst_resource_error_quark, ANY, GM_ERROR_OFFLINE, "the sound cannot be read" },
};

static gboolean
is_within (GstObject *object, GstElement *sink)
{
  return object == GST_OBJECT (sink) ||
         (object != NULL && gst_object_has_as_ancestor (object, GST_OBJECT (sink)));
}

GError *
gm_deck_error_parse (GstMessage *message, GstElement *sink)
{
  g_autoptr (GError) theirs = NULL;
  GError *ours = gm_cipher_source_parse_error (message);

  if (ours != NULL)
    return ours;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING)
    gst_message_parse_warning (message, &theirs, NULL);
  else
    gst_message_parse_error (message, &theirs, NULL);
  if (is_within (GST_MESSAGE_SRC (message), sink))
    return g_error_new (GM_ERROR, GM_ERROR_OFFLINE, "no sound output: %s", theirs->message);

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].domain () == theirs->domain &&
        (meanings[i].code == ANY || meanings[i].code == theirs->code))
      return g_error_new (GM_ERROR, meanings[i].ours, "%s: %s", meanings[i].words, theirs->message);
  return g_error_new (GM_ERROR, GM_ERROR_BUG, "play: %s", theirs->message);
}

GstMessage *
gm_deck_error_message (GstElement *pipeline)
{
  g_autoptr (GError) error = g_error_new_literal (GST_CORE_ERROR, GST_CORE_ERROR_STATE_CHANGE,
                                                  "the pipeline refuses to start");

  return gst_message_new_error (GST_OBJECT (pipeline), error, NULL);
}
