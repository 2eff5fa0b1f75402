/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include "base/error.h"

static void
test_stands (void)
{
  gint64 real = g_get_real_time () / 1000;

  g_assert_cmpint (gm_clock_now_ms (), >=, real);
  gm_clock_set_for_test (1795514642999);
  g_assert_cmpint (gm_clock_now_ms (), ==, 1795514642999);
  g_assert_cmpint (gm_clock_now_unix (), ==, 1795514642);
  gm_clock_set_for_test (0);
  g_assert_cmpint (gm_clock_now_ms (), >=, real);
}

static void
test_iso (void)
{
  static const struct
  {
    const char *text;
    gint64 ms;
    const char *again; /* NULL: the same */
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0, NULL },
    { "2026-11-24T10:04:02Z", 1795514642000, NULL },
    { "2000-02-29T23:59:59Z", 951868799000, NULL },
    { "9999-12-31T23:59:59Z", 253402300799000, NULL },
    { "2026-11-24T10:04:02.125Z", 1795514642125, "2026-11-24T10:04:02Z" },
    { "2026-11-24T12:04:02+02:00", 1795514642000, "2026-11-24T10:04:02Z" },
    { "2026-11-23T22:34:02-11:30", 1795514642000, "2026-11-24T10:04:02Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      gint64 ms;

      g_assert_true (gm_clock_parse_iso (cases[i].text, &ms, &error));
      g_assert_no_error (error);
      g_assert_cmpint (ms, ==, cases[i].ms);
      text = gm_clock_format_iso (ms);
      g_assert_cmpstr (text, ==, cases[i].again != NULL ? cases[i].again : cases[i].text);
    }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    NULL,
    "",
    "now",
    "2026-11-24",
    "2026-11-24T10:04:02",
    "10:04:02Z",
    "2026-13-01T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-11-24T24:00:01Z",
    "2026-11-24T10:04:02Z ",
    "1795514642",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 ms = 77;

      g_assert_false (gm_clock_parse_iso (cases[i], &ms, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_cmpint (ms, ==, 77);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/stands-when-a-test-says-so", test_stands);
  g_test_add_func ("/clock/text-and-time-are-the-same", test_iso);
  g_test_add_func ("/clock/a-time-without-a-zone-is-refused", test_refused);
  return g_test_run ();
}
