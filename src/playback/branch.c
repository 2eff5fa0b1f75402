/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/branch.h"

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
  GstElement *self = gst_bin_new (NULL);
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
