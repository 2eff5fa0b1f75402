/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ulid.h"

#include <string.h>

#include "base/clock.h"

static void
test_new (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  gm_clock_set_for_test (1469918176385); /* the time of the specification's example */
  for (guint i = 0; i < 1000; i++)
    {
      char *id = gm_ulid_new ();

      g_assert_true (gm_ulid_is_valid (id));
      g_assert_true (g_str_has_prefix (id, "01ARYZ6S41"));
      g_assert_true (g_hash_table_add (seen, id)); /* no two are the same */
    }
  gm_clock_set_for_test (0);
}

static void
test_sorts_by_time (void)
{
  static const gint64 times[] = { 1, 31, 32, 1023, 1024, 1795514642000, 281474976710655 };
  g_autofree char *before = g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      char *id;

      gm_clock_set_for_test (times[i]);
      id = gm_ulid_new ();
      g_assert_true (gm_ulid_is_valid (id));
      g_assert_cmpint (strcmp (before, id), <, 0);
      g_free (before);
      before = id;
    }
  gm_clock_set_for_test (0);
}

static void
test_valid (void)
{
  static const char *const invalid[] = {
    NULL,
    "",
    "01ARZ3NDEKTSV4RRFFQ69G5FA",   /* one too few */
    "01ARZ3NDEKTSV4RRFFQ69G5FAVV", /* one too many */
    "81ARZ3NDEKTSV4RRFFQ69G5FAV",  /* more than 48 bits */
    "01arz3ndektsv4rrffq69g5fav",
    "01ARZ3NDEKTSV4RRFFQ69G5FAI", /* I, L, O and U are no digits */
    "01ARZ3NDEKTSV4RRFFQ69G5FAL",
    "01ARZ3NDEKTSV4RRFFQ69G5FAO",
    "01ARZ3NDEKTSV4RRFFQ69G5FAU",
    "01ARZ3NDEKTSV4RRFFQ69G5FA/",
    "01ARZ3NDEKTSV4RRFFQ69G5F\xc3\xa9",
    "/1ARZ3NDEKTSV4RRFFQ69G5FAV",
  };

  g_assert_true (gm_ulid_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
  g_assert_true (gm_ulid_is_valid ("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    g_assert_false (gm_ulid_is_valid (invalid[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ulid/starts-with-its-time", test_new);
  g_test_add_func ("/ulid/sorts-by-time", test_sorts_by_time);
  g_test_add_func ("/ulid/other-texts-are-none", test_valid);
  return g_test_run ();
}
