/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "storage/migration.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "storage/sql-driver.h"

#define UP_ENDING     ".up.sql"
#define DOWN_ENDING   ".down.sql"
#define NUMBER_DIGITS 3

/* "012-name.up.sql" is step 12; 0 is a file that is no step in this direction. */
static guint
step_number (const char *name, const char *ending)
{
  guint64 number;
  g_autofree char *digits = g_strndup (name, NUMBER_DIGITS);

  if (!g_str_has_suffix (name, ending) || strlen (digits) < NUMBER_DIGITS ||
      name[NUMBER_DIGITS] != '-' ||
      !g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT, &number, NULL))
    return 0;
  return (guint) number;
}

static char *
find_step (const char *folder, guint number, const char *ending)
{
  g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (step_number (names[i], ending) == number)
      return g_strconcat (folder, g_str_has_suffix (folder, "/") ? "" : "/", names[i], NULL);
  return NULL;
}

guint
gm_migration_newest (const char *folder)
{
  g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, NULL);
  guint newest = 0;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    newest = MAX (newest, step_number (names[i], UP_ENDING));
  return newest;
}

gboolean
gm_migration_version (GmSql *sql, guint *version, GError **error)
{
  return sql->driver->version (sql, version, error);
}

static gboolean
run_script (GmSql *sql, const char *folder, guint number, const char *ending, GError **error)
{
  g_autofree char *path = find_step (folder, number, ending);
  g_autoptr (GBytes) content = NULL;
  g_autofree char *text = NULL;

  if (path == NULL)
    return gm_fail (error, GM_ERROR_BUG, "no step %03u%s in %s", number, ending, folder);
  content = g_resources_lookup_data (path, 0, error);
  if (content == NULL)
    {
      gm_error_adopt (error);
      return FALSE;
    }

  text = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  if (gm_sql_script (sql, text, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/* One version up or down in one transaction. */
static gboolean
step_from (GmSql *sql, const char *folder, guint from, guint to, GError **error)
{
  gboolean up = to > from;
  guint now;

  if (!gm_sql_begin (sql, error))
    return FALSE;

  if (gm_migration_version (sql, &now, error) &&
      (now == from || gm_fail (error, GM_ERROR_CONFLICT, "another program is migrating it")) &&
      run_script (sql, folder, MAX (from, to), up ? UP_ENDING : DOWN_ENDING, error) &&
      sql->driver->check_references (sql, error) && sql->driver->set_version (sql, to, error))
    return gm_sql_commit (sql, error);

  gm_sql_rollback (sql);
  return FALSE;
}

/* @from follows the steps that were committed. */
static gboolean
walk (GmSql *sql, const char *folder, guint *from, guint to, GError **error)
{
  gboolean good = sql->driver->enforce_references (sql, FALSE, error);

  while (good && *from != to)
    {
      guint next = to > *from ? *from + 1 : *from - 1;

      good = step_from (sql, folder, *from, next, error);
      if (good)
        *from = next;
    }

  return sql->driver->enforce_references (sql, TRUE, good ? error : NULL) && good;
}

/* A failed step undoes itself; the copy takes back the ones before it. */
static gboolean
walk_with_copy (GmSql *sql, const char *folder, guint from, guint to, GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.before-%03u", sql->path, to);
  g_autoptr (GError) failure = NULL;
  guint reached = from, now;

  if (!sql->driver->backup (sql, copy, error))
    {
      g_prefix_error (error, _ ("copy the database before changing it: "));
      return FALSE;
    }
  if (walk (sql, folder, &reached, to, error))
    return TRUE;

  /* Another program may have gone on from here: its work is not ours to undo. */
  if (reached != from && gm_migration_version (sql, &now, NULL) && now == reached &&
      !sql->driver->restore (sql, copy, &failure))
    g_prefix_error (error, _ ("the old database is in “%s” and could not be put back (%s): "), copy,
                              failure->message);
  return FALSE;
}

gboolean
gm_migration_refuse_newer (guint version, guint newest, GError **error)
{
  return gm_fail (error, GM_ERROR_CONFLICT,
                  _ ("the database was made by a newer program (%u, this one knows %u). "
                     "It was left as it is: install the newer program"),
                     version, newest);
}

gboolean
gm_migration_run_to (GmSql *sql, const char *folder, guint version, GError **error)
{
  guint now, newest = gm_migration_newest (folder);

  if (!gm_migration_version (sql, &now, error))
    return FALSE;
  if (now > newest)
    return gm_migration_refuse_newer (now, newest, error);
  if (version > newest)
    return gm_fail (error, GM_ERROR_NOT_FOUND, "there is no schema %u, the newest is %u", version,
                    newest);
  if (now == version)
    return TRUE;

  return now == 0 || sql->path == NULL || sql->policy == GM_SQL_CACHE
             ? walk (sql, folder, &now, version, error)
             : walk_with_copy (sql, folder, now, version, error);
}

/* A cache from a newer program, or one that no longer fits its steps, is made anew. */
static gboolean
run_cache (GmSql *sql, const char *folder, guint newest, GError **error)
{
  guint now;

  if (!gm_migration_version (sql, &now, error))
    return FALSE;
  if (now <= newest && gm_migration_run_to (sql, folder, newest, now == 0 ? error : NULL))
    return TRUE;
  if (now == 0)
    return FALSE;
  return sql->driver->reset (sql, error) && gm_migration_run_to (sql, folder, newest, error);
}

gboolean
gm_migration_run (GmSql *sql, const char *folder, GError **error)
{
  guint newest = gm_migration_newest (folder);

  return sql->policy == GM_SQL_CACHE ? run_cache (sql, folder, newest, error)
                                     : gm_migration_run_to (sql, folder, newest, error);
}
