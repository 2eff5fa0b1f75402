/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/branch.h"

#define ERROR_NAME "gm-branch-error"

struct _GmBranch
{
  GstBin parent;
};

G_DEFINE_FINAL_TYPE (GmBranch, gm_branch, GST_TYPE_BIN)

/* Streaming thread. Only audio is exposed; the first stream is taken. */
static void
on_pad_added (GstElement *decoder, GstPad *pad, GstElement *queue)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (queue, "sink");

  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

static void
on_no_more_pads (GstElement *decoder, GstElement *queue)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (queue, "sink");

  if (!gst_pad_is_linked (sink))
    GST_ELEMENT_ERROR (decoder, STREAM, WRONG_TYPE, ("There is no music in it."), (NULL));
}

GstElement *
gm_branch_new (const char *uri)
{
  GstElement *self = g_object_new (GM_TYPE_BRANCH, NULL);
  GstElement *decoder = gst_element_factory_make ("uridecodebin", NULL);
  GstElement *queue = gst_element_factory_make ("queue", NULL);
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("audio/x-raw");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (queue, "src");

  g_object_set (self, "async-handling", TRUE, NULL);
  g_object_set (decoder, "uri", uri, "caps", caps, "expose-all-streams", FALSE, "use-buffering",
                g_str_has_prefix (uri, "http"), NULL);
  g_object_set (queue, "max-size-time", GST_SECOND, "max-size-buffers", 0, "max-size-bytes", 0,
                NULL);
  gst_bin_add_many (GST_BIN (self), decoder, queue, NULL);
  gst_element_add_pad (self, gst_ghost_pad_new ("src", pad));
  g_signal_connect (decoder, "pad-added", G_CALLBACK (on_pad_added), queue);
  g_signal_connect (decoder, "no-more-pads", G_CALLBACK (on_no_more_pads), queue);
  return self;
}

/* Any thread. A bin that sees an error completes no state change any more, and no seek: the
 * pipeline would not tell when what is heard has landed, for the sake of the branch that is not
 * heard. */
static gboolean
post_message (GstElement *element, GstMessage *message)
{
  GstElementClass *parent = GST_ELEMENT_CLASS (gm_branch_parent_class);
  GstStructure *wrapped;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return parent->post_message (element, message);

  wrapped = gst_structure_new (ERROR_NAME, ERROR_NAME, GST_TYPE_MESSAGE, message, NULL);
  gst_message_unref (message);
  return parent->post_message (element,
                               gst_message_new_application (GST_OBJECT (element), wrapped));
}

static void
gm_branch_class_init (GmBranchClass *klass)
{
  GST_ELEMENT_CLASS (klass)->post_message = post_message;
}

static void
gm_branch_init (GmBranch *self)
{
}

GstMessage *
gm_branch_dup_error (GstMessage *message)
{
  const GstStructure *wrapped = gst_message_get_structure (message);
  GstMessage *error = NULL;

  if (gst_message_has_name (message, ERROR_NAME))
    gst_structure_get (wrapped, ERROR_NAME, GST_TYPE_MESSAGE, &error, NULL);
  return error;
}

static gboolean
has_element (GstElement *self, const char *factory)
{
  GstIterator *found = gst_bin_iterate_all_by_element_factory_name (GST_BIN (self), factory);
  g_auto (GValue) item = G_VALUE_INIT;
  gboolean has = gst_iterator_next (found, &item) == GST_ITERATOR_OK;

  gst_iterator_free (found);
  return has;
}

/* Frames of FLAC say which sample they begin with, so every seek without a stop is exact. Asked to
 * be accurate, the parser reads all frames up to there: a second in a long file. */
static GstSeekFlags
seek_flags (GstElement *self, GstClockTime stop)
{
  if (!GST_CLOCK_TIME_IS_VALID (stop) && has_element (self, "flacparse") &&
      !has_element (self, "oggdemux"))
    return GST_SEEK_FLAG_FLUSH;
  return GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE;
}

gboolean
gm_branch_seek (GstElement *self, GstClockTime to, GstClockTime stop)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self, "src");

  return gst_pad_send_event (pad, gst_event_new_seek (1, GST_FORMAT_TIME, seek_flags (self, stop),
                                                      GST_SEEK_TYPE_SET, (gint64) to,
                                                      GST_SEEK_TYPE_SET, (gint64) stop));
}

GstClockTime
gm_branch_get_duration (GstElement *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self, "src");
  gint64 duration;

  if (!gst_pad_query_duration (pad, GST_FORMAT_TIME, &duration) || duration <= 0)
    return GST_CLOCK_TIME_NONE;
  return (GstClockTime) duration;
}
