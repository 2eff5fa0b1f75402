/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row-list.h"

#define MANY 1000000

static void
check (const gint64 *rows, guint n, gsize most_bytes)
{
  g_autoptr (GmRowList) list = gm_row_list_new (rows, n);

  g_assert_cmpuint (gm_row_list_get_length (list), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (gm_row_list_get (list, i), ==, rows[i]);
  g_assert_cmpuint (gm_row_list_get_bytes (list), <=, most_bytes);
}

static void
test_lengths (void)
{
  static const guint lengths[] = { 0, 1, 2, 255, 256, 257, 511, 512, 513 };
  gint64 rows[513];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i] = (gint64) i * i * 7919 % 1009;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    check (rows, lengths[i], 2000);
}

static void
test_any_number (void)
{
  static const gint64 rows[] = { G_MAXINT64, G_MININT64, 0, -1, 1, G_MAXINT64, 255, 256, -256 };
  static const gint64 highest[] = { G_MAXINT64 - 1, G_MAXINT64 };
  static const gint64 lowest[] = { G_MININT64, G_MININT64, G_MININT64 + 5 };
  static const gint64 falling[] = { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1 };

  check (rows, G_N_ELEMENTS (rows), 200);
  check (highest, G_N_ELEMENTS (highest), 200);
  check (lowest, G_N_ELEMENTS (lowest), 200);
  check (falling, G_N_ELEMENTS (falling), 200);
}

/* What each width of a row reaches, and one more. */
static void
test_widths (void)
{
  for (guint bits = 8; bits < 64; bits += 8)
    for (gint64 more = -1; more <= 1; more++)
      {
        gint64 rows[] = { 0, (G_GINT64_CONSTANT (1) << bits) + more, 3, 0 };

        check (rows, G_N_ELEMENTS (rows), 200);
      }
}

static void
test_small (void)
{
  g_autofree gint64 *rows = g_new (gint64, MANY);
  guint64 random = 1;

  for (guint i = 0; i < MANY; i++)
    rows[i] = i;
  check (rows, MANY, 100 * 1000);

  rows[MANY / 2] = MANY; /* only its own block is larger */
  check (rows, MANY, 101 * 1000);

  for (guint i = 0; i < MANY; i++)
    rows[i] = (gint64) i * 9; /* one of nine, newest first */
  check (rows, MANY, 2100 * 1000);

  for (guint i = 0; i < MANY; i++)
    {
      random = random * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407;
      rows[i] = (gint64) (random >> 33) % MANY; /* by title */
    }
  check (rows, MANY, 3100 * 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-list/every-length-comes-back", test_lengths);
  g_test_add_func ("/row-list/every-number-comes-back", test_any_number);
  g_test_add_func ("/row-list/the-edge-of-every-width-comes-back", test_widths);
  g_test_add_func ("/row-list/a-million-rows-are-small", test_small);
  return g_test_run ();
}
