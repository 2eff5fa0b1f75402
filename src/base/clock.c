/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include "base/error.h"

static gint64 standing_ms; /* atomic by convention: tests set it before threads start */

gint64
gm_clock_now_ms (void)
{
  gint64 ms = __atomic_load_n (&standing_ms, __ATOMIC_RELAXED);

  return ms != 0 ? ms : g_get_real_time () / 1000;
}

gint64
gm_clock_now_unix (void)
{
  return gm_clock_now_ms () / 1000;
}

void
gm_clock_set_for_test (gint64 unix_ms)
{
  __atomic_store_n (&standing_ms, unix_ms, __ATOMIC_RELAXED);
}

char *
gm_clock_format_iso (gint64 unix_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (unix_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

gboolean
gm_clock_parse_iso (const char *text, gint64 *unix_ms, GError **error)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (time == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is not a date and time with a zone",
                    text != NULL ? text : "");

  *unix_ms = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  return TRUE;
}
