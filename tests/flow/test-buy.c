/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "license-world.h"
#include "licenses/license-db.h"
#include "market.h"
#include "shopper.h"

static GmAsset *
find_asset (Shopper *shopper, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) page = gm_store_client_get (shopper->store, "/api/assets?limit=100", NULL,
                                                     &error);
  JsonArray *items;

  g_assert_no_error (error);
  items = json_object_get_array_member (page, "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      GmAsset *asset = gm_record_from_json (&gm_asset_type,
                                            json_array_get_object_element (items, i), &error);

      g_assert_no_error (error);
      if (g_ascii_strcasecmp (asset->title, title) == 0)
        return asset;
      gm_asset_free (asset);
    }
  g_assert_not_reached ();
}

/* Every sample of an encoded file. */
static GByteArray *
decode (GBytes *encoded)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (
      "giostreamsrc name=in ! decodebin ! audioconvert ! audio/x-raw,format=S16LE "
      "! appsink name=out sync=false",
      &error);
  g_autoptr (GstElement) in = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  g_autoptr (GstElement) out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (encoded);
  GByteArray *samples = g_byte_array_new ();
  GstSample *sample;

  g_assert_no_error (error);
  g_object_set (in, "stream", stream, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (out))) != NULL)
    {
      GstMapInfo map;

      g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
      g_byte_array_append (samples, map.data, (guint) map.size);
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
      gst_sample_unref (sample);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return samples;
}

/* What was bought is what was imported: the file to its last byte, the music to its last sample. */
static void
assert_same_music (Shopper *shopper, const char *asset_id, const char *original)
{
  g_autoptr (GBytes) bought = shopper_open (shopper, asset_id);
  g_autoptr (GBytes) file = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GByteArray) heard = NULL;
  g_autoptr (GByteArray) expected = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (original, &content, &length, NULL));
  file = g_bytes_new (content, length);
  g_assert_true (g_bytes_equal (bought, file));
  heard = decode (bought);
  expected = decode (file);
  g_assert_cmpuint (heard->len, ==, MARKET_SECONDS * MARKET_RATE * 2 * sizeof (gint16));
  g_assert_cmpmem (heard->data, heard->len, expected->data, expected->len);
}

static void
test_buy (void)
{
  Market *market = market_new ();
  g_autofree char *folder = g_dir_make_tmp ("gm-shopper-XXXXXX", NULL);
  Shopper *shopper = shopper_new (folder, market->origin);
  char *asset_ids[MARKET_PIECES];

  for (guint i = 0; i < MARKET_PIECES; i++)
    {
      g_autoptr (GmAsset) asset = find_asset (shopper, market_title (i));
      g_autofree char *path = market_piece_path (market, i);
      g_autoptr (GError) error = NULL;

      g_assert_true (shopper_buy (shopper, asset->id, &error));
      g_assert_no_error (error);
      assert_same_music (shopper, asset->asset_id, path);
      asset_ids[i] = g_strdup (asset->asset_id);
    }

  /* store and key nodes are gone, the application starts anew: what was bought still plays */
  market_stop (market);
  shopper_free (shopper);
  shopper = shopper_new (folder, NULL);
  for (guint i = 0; i < MARKET_PIECES; i++)
    {
      g_autofree char *path = market_piece_path (market, i);

      assert_same_music (shopper, asset_ids[i], path);
      g_free (asset_ids[i]);
    }
  shopper_free (shopper);
  gm_world_remove_folder (folder);
  market_free (market);
}

/* How often the child reported, when it is killed; see test_killed(). */
static guint reports_left;

static void
die_when_told (const GmPurchase *purchase, GmBuyStep step, double fraction, gpointer user_data)
{
  if (reports_left > 0 && --reports_left == 0)
    raise (SIGKILL);
}

/* test-buy --buy FOLDER ORIGIN ASSET REPORTS */
static int
run_child (char **arguments)
{
  g_autoptr (Shopper) shopper = shopper_new (arguments[0], arguments[1]);
  g_autoptr (GError) error = NULL;

  reports_left = (guint) atoi (arguments[3]);
  shopper->till.progress = die_when_told;
  if (shopper_buy (shopper, arguments[2], &error))
    return EXIT_SUCCESS;

  fprintf (stderr, "%s\n", error->message);
  return EXIT_FAILURE;
}

/* TRUE when it ended by itself, and well. */
static gboolean
spawn_child (const char *folder, const char *origin, const char *asset, guint reports)
{
  g_autofree char *count = g_strdup_printf ("%u", reports);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self, "--buy",
                                                    folder, origin, asset, count, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  if (g_subprocess_get_if_signaled (child))
    g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
  else
    g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  return !g_subprocess_get_if_signaled (child);
}

static guint
count_items (Shopper *shopper, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = gm_store_client_get (shopper->store, path, NULL, &error);

  g_assert_no_error (error);
  return json_array_get_length (json_object_get_array_member (answer, "items"));
}

/* kill -9 at every step of a purchase; the next start makes it one order, one license, music. */
static void
test_killed (void)
{
  Market *market = market_new ();
  g_autofree char *path = market_piece_path (market, 0);
  gboolean ended = FALSE;
  guint killed = 0;

  for (guint n = 1; !ended; n++)
    {
      g_autofree char *folder = g_dir_make_tmp ("gm-shopper-XXXXXX", NULL);
      Shopper *shopper = shopper_new (folder, market->origin);
      g_autoptr (GmAsset) asset = find_asset (shopper, market_title (0));

      ended = spawn_child (folder, market->origin, asset->id, n);
      killed += ended ? 0 : 1;
      g_assert_true (spawn_child (folder, market->origin, asset->id, 0));
      g_assert_cmpuint (count_items (shopper, "/api/orders"), ==, 1);
      g_assert_cmpuint (count_items (shopper, "/api/licenses"), ==, 1);
      assert_same_music (shopper, asset->asset_id, path);
      shopper_free (shopper);
      gm_world_remove_folder (folder);
    }
  g_assert_cmpuint (killed, >=, 9); /* once per step at least */
  market_free (market);
}

/* A stranger signs in, has no license and gets no master. */
static void
test_stranger (void)
{
  Market *market = market_new ();
  g_autofree char *folder = g_dir_make_tmp ("gm-shopper-XXXXXX", NULL);
  Shopper *shopper = shopper_new (folder, market->origin);
  g_autoptr (GmAsset) asset = find_asset (shopper, market_title (0));
  g_autofree char *path = g_strdup_printf ("/api/assets/%s/download", asset->id);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = gm_store_client_get (shopper->store, path, NULL, &error);

  g_assert_null (answer);
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  shopper_free (shopper);
  gm_world_remove_folder (folder);
  market_free (market);
}

int
main (int argc, char **argv)
{
  if (argc == 6 && strcmp (argv[1], "--buy") == 0)
    return run_child (argv + 2);

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/buy/a-bought-master-is-the-original", test_buy);
  g_test_add_func ("/buy/killed-anywhere-it-goes-on", test_killed);
  g_test_add_func ("/buy/a-stranger-gets-nothing", test_stranger);
  return g_test_run ();
}
