/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/range.h"

static const struct
{
  const char *header;
  guint64 size;
  GmRangeKind kind;
  guint64 first;
  guint64 count;
} cases[] = {
  { NULL, 10, GM_RANGE_NONE, 0, 0 },
  { "bytes=0-0", 10, GM_RANGE_PART, 0, 1 },
  { "bytes=2-5", 10, GM_RANGE_PART, 2, 4 },
  { "bytes=2-", 10, GM_RANGE_PART, 2, 8 },
  { "bytes=-3", 10, GM_RANGE_PART, 7, 3 },
  { "bytes=-30", 10, GM_RANGE_PART, 0, 10 },
  { "bytes=9-900", 10, GM_RANGE_PART, 9, 1 },
  { "bytes=0-9223372036854775807", 10, GM_RANGE_PART, 0, 10 },
  { "bytes=10-", 10, GM_RANGE_UNSATISFIABLE, 0, 0 },
  { "bytes=-0", 10, GM_RANGE_UNSATISFIABLE, 0, 0 },
  { "bytes=0-", 0, GM_RANGE_UNSATISFIABLE, 0, 0 },
  { "bytes=5-2", 10, GM_RANGE_NONE, 0, 0 },
  { "bytes=1-2,4-5", 10, GM_RANGE_NONE, 0, 0 },
  { "bytes=-", 10, GM_RANGE_NONE, 0, 0 },
  { "bytes=+1-2", 10, GM_RANGE_NONE, 0, 0 },
  { "bytes=1 -2", 10, GM_RANGE_NONE, 0, 0 },
  { "bytes=99999999999999999999-", 10, GM_RANGE_NONE, 0, 0 },
  { "items=1-2", 10, GM_RANGE_NONE, 0, 0 },
};

static void
test_headers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 first = 0, count = 0;

      g_test_message ("%s of %" G_GUINT64_FORMAT, cases[i].header, cases[i].size);
      g_assert_cmpint (gm_range_parse (cases[i].header, cases[i].size, &first, &count), ==,
                       cases[i].kind);
      g_assert_cmpuint (first, ==, cases[i].first);
      g_assert_cmpuint (count, ==, cases[i].count);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/range/headers-are-read-exactly", test_headers);
  return g_test_run ();
}
