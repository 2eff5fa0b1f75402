/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/demo-store.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <math.h>

#include "base/bytes.h"
#include "media/measure.h"
#include "media/probe.h"

static const GmPiece *pieces;
static guint n_pieces;

static char *
render (const GmPiece *piece, const char *folder)
{
  g_autoptr (GError) error = NULL;
  char *path = gm_demo_store_render (&(GmDemoStoreAsk){ piece, folder, TRUE }, NULL, &error);

  g_assert_no_error (error);
  return path;
}

static void
assert_tags (const GmPiece *piece, const char *path)
{
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GmProbe) probe = gm_probe_load (path, &picture, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (probe->title, ==, piece->title);
  g_assert_cmpstr (probe->artist, ==, piece->artist);
  g_assert_cmpstr (probe->genre, ==, piece->music.genre);
  g_assert_cmpstr (probe->mood, ==, piece->mood);
  g_assert_cmpstr (probe->key_sig, ==, piece->music.key);
  g_assert_cmpstr (probe->price, ==, piece->price);
  g_assert_cmpint (probe->bpm, ==, (gint64) piece->music.bpm);
  g_assert_nonnull (probe->comment);
  g_assert_nonnull (picture);
}

/* Half and twice the tempo are the same music, counted otherwise. */
static gboolean
is_tempo (double measured, double bpm)
{
  for (double factor = 0.5; factor <= 2; factor *= 2)
    if (fabs (measured / (bpm * factor) - 1) < 0.02)
      return TRUE;

  return FALSE;
}

/* The key, its relative, or a neighbor on the circle of fifths: six of seven tones are common. */
static gboolean
is_related (const char *measured, const char *written)
{
  GmKey a, b;

  if (measured == NULL || !gm_chord_parse_key (measured, &a) || !gm_chord_parse_key (written, &b))
    return FALSE;
  a.tonic = (a.tonic + (a.minor ? 3 : 0)) % 12;
  b.tonic = (b.tonic + (b.minor ? 3 : 0)) % 12;
  return a.tonic == b.tonic || (a.tonic + 7) % 12 == b.tonic || (b.tonic + 7) % 12 == a.tonic;
}

static void
test_what_is_written_is_what_is_heard (void)
{
  g_autofree char *folder = g_dir_make_tmp ("demo-store-XXXXXX", NULL);
  guint n = 0, n_tempo = 0, n_key = 0;

  for (guint i = 0; i < n_pieces / 2; i++) /* each genre once */
    {
      g_autofree char *path = render (&pieces[i], folder);
      g_autoptr (GError) error = NULL;
      g_autoptr (GmMeasure) measure = gm_measure_run (path, NULL, NULL, NULL, &error);
      double bpm = (double) measure->centi_bpm / 100;

      g_assert_no_error (error);
      assert_tags (&pieces[i], path);
      g_test_message ("%s: %g LUFS, %g dB, %g of %g bpm, %s of %s", pieces[i].music.genre,
                      (double) measure->loudness_clufs / 100, (double) measure->peak_cdb / 100, bpm,
                      pieces[i].music.bpm, measure->key_sig, pieces[i].music.key);
      g_assert_cmpint (measure->peak_cdb, <=, -100);
      g_assert_cmpint (ABS (measure->loudness_clufs + 1400), <=, 120);
      g_assert_cmpint (measure->duration_ms, >=, 8000);
      g_assert_cmpint (measure->duration_ms, <=, 16000);
      n++;
      n_tempo += is_tempo (bpm, pieces[i].music.bpm);
      n_key += is_related (measure->key_sig, pieces[i].music.key);
      g_unlink (path);
    }
  g_rmdir (folder);
  g_assert_cmpuint (3 * n_tempo, >=, 2 * n); /* of so short ones; whole pieces all agree */
  g_assert_cmpuint (2 * n_key, >=, n);
}

static void
test_same_bytes_every_time (void)
{
  g_autofree char *folder = g_dir_make_tmp ("demo-store-XXXXXX", NULL);
  GmHash hashes[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = render (&pieces[5], folder);

      g_assert_true (gm_hash_file (path, &hashes[i], NULL));
      if (i == 1)
        g_unlink (path);
    }
  g_assert_cmpmem (hashes[0].b, sizeof hashes[0].b, hashes[1].b, sizeof hashes[1].b);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing else was left */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  pieces = gm_piece_all (&n_pieces);
  g_test_add_func ("/demo-store/what-is-written-is-what-is-heard",
                   test_what_is_written_is_what_is_heard);
  g_test_add_func ("/demo-store/same-bytes-every-time", test_same_bytes_every_time);
  return g_test_run ();
}
