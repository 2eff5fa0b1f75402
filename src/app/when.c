/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/when.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
gm_when_format (gint64 unix_ms)
{
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) yesterday = NULL;

  if (unix_ms <= 0)
    return NULL;

  then = g_date_time_new_from_unix_local (unix_ms / 1000);
  now = g_date_time_new_from_unix_local (gm_clock_now_unix ());
  if (then == NULL)
    return NULL;
  yesterday = g_date_time_add_days (now, -1);
  if (is_same_day (then, now))
    return g_date_time_format (then, _ ("Today, %H:%M"));
  if (is_same_day (then, yesterday))
    return g_date_time_format (then, _ ("Yesterday, %H:%M"));
  return g_date_time_format (then, _ ("%-d %B %Y"));
}

char *
gm_when_format_exact (gint64 unix_ms)
{
  g_autoptr (GDateTime) then = unix_ms > 0 ? g_date_time_new_from_unix_local (unix_ms / 1000)
                                           : NULL;

  return then != NULL ? g_date_time_format (then, _ ("%-d %B %Y, %H:%M")) : NULL;
}

char *
gm_when_format_full (gint64 unix_ms)
{
  g_autoptr (GDateTime) then = unix_ms > 0 ? g_date_time_new_from_unix_utc (unix_ms / 1000) : NULL;

  return then != NULL ? g_date_time_format (then, _ ("%-d %B %Y, %H:%M:%S UTC")) : NULL;
}
