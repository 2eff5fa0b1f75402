/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/waveform.h"

#include <math.h>

/* A ramp from 0 to 1 of @n_frames, handed over in uneven pieces. */
static void
add_ramp (GmWaveform *waveform, guint n_frames)
{
  g_autofree float *samples = g_new (float, n_frames * 2);

  for (guint i = 0; i < n_frames; i++)
    {
      samples[2 * i] = 0;
      samples[2 * i + 1] = -(float) (i + 1) / (float) n_frames;
    }
  for (guint at = 0, n = 1; at < n_frames; at += n, n = n * 3 % 1000 + 1)
    {
      const GmFrames frames = { samples + at * 2, MIN (n, n_frames - at), 44100, 2 };

      gm_waveform_add (waveform, &frames);
    }
}

static void
test_ramp_at_any_length (void)
{
  static const guint lengths[] = { 1, 63, 64, 65, 1024, 4095, 4096, 4097, 100000, 1000003 };
  static const guint bins[] = { GM_WAVEFORM_LIST_BINS, GM_WAVEFORM_DETAIL_BINS };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (guint k = 0; k < G_N_ELEMENTS (bins); k++)
      {
        g_autoptr (GmWaveform) waveform = gm_waveform_new ();
        g_autoptr (GBytes) shape = NULL;
        const guint8 *b;
        gsize n;

        add_ramp (waveform, lengths[i]);
        shape = gm_waveform_dup_bins (waveform, bins[k]);
        b = g_bytes_get_data (shape, &n);
        g_assert_cmpuint (n, ==, bins[k]);
        g_assert_cmpuint (b[n - 1], ==, 255);
        for (gsize at = 1; at < n; at++)
          g_assert_cmpuint (b[at - 1], <=, b[at]);
        for (gsize at = 0; at < n && lengths[i] >= 4096; at++)
          g_assert_cmpint (ABS (b[at] - (int) (255 * (at + 1) / n)), <=, 3);
      }
}

static void
test_odd_samples (void)
{
  float samples[4] = { NAN, 3.0F, INFINITY, -0.5F };
  g_autoptr (GmWaveform) waveform = gm_waveform_new ();
  g_autoptr (GBytes) empty = gm_waveform_dup_bins (waveform, 4);
  g_autoptr (GBytes) shape = NULL;
  const GmFrames frames = { samples, 4, 44100, 1 };

  g_assert_cmpuint (*(const guint32 *) g_bytes_get_data (empty, NULL), ==, 0);
  gm_waveform_add (waveform, &frames);
  shape = gm_waveform_dup_bins (waveform, 4);
  g_assert_cmpmem (g_bytes_get_data (shape, NULL), 4, "\x00\xff\xff\x80", 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/waveform/ramp-stays-a-ramp-at-any-length", test_ramp_at_any_length);
  g_test_add_func ("/waveform/odd-samples-are-clipped", test_odd_samples);
  return g_test_run ();
}
