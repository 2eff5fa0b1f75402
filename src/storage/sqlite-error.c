/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "storage/sqlite.h"

gboolean
gm_sqlite_is_damage (int result)
{
  return (result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB;
}

static gboolean
is_full_number (int number)
{
  return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

/* What the system said to the last write of the database or its log. */
static gboolean
file_was_full (sqlite3 *db, int which)
{
  sqlite3_file *file = NULL;
  int number = 0;

  if (sqlite3_file_control (db, "main", which, &file) == SQLITE_OK && file != NULL &&
      file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &number);
  return is_full_number (number);
}

/* SQLite says FULL only for ENOSPC while writing; quotas and size limits come as I/O errors. */
static gboolean
is_full (sqlite3 *db, int result)
{
  if ((result & 0xff) == SQLITE_FULL)
    return TRUE;
  return db != NULL && (result & 0xff) == SQLITE_IOERR &&
         (is_full_number (sqlite3_system_errno (db)) ||
          file_was_full (db, SQLITE_FCNTL_FILE_POINTER) ||
          file_was_full (db, SQLITE_FCNTL_JOURNAL_POINTER));
}

void
gm_sqlite_set_error (GError **error, sqlite3 *db, int result)
{
  const char *words = db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (result);

  if (is_full (db, result))
    {
      gm_error_set (error, GM_ERROR_OFFLINE,
                    _ ("the disk is full: this change was not saved, everything before it was. "
                       "Free some space and try again"));
      return;
    }

  switch (result & 0xff)
    {
    case SQLITE_CONSTRAINT: gm_error_set (error, GM_ERROR_CONFLICT, "%s", words); break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      gm_error_set (error, GM_ERROR_OFFLINE,
                    _ ("the database is in use by another program; try again"));
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      gm_error_set (error, GM_ERROR_DENIED, _ ("the database may not be written (%s)"), words);
      break;
    case SQLITE_CANTOPEN:
      gm_error_set (error, GM_ERROR_DENIED, _ ("the database cannot be opened (%s)"), words);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      gm_error_set (error, GM_ERROR_BAD_DATA, _ ("the database file is damaged (%s)"), words);
      break;
    case SQLITE_IOERR:
      gm_error_set (error, GM_ERROR_OFFLINE, _ ("the disk cannot be read or written (%s)"), words);
      break;
    case SQLITE_INTERRUPT: gm_error_set (error, GM_ERROR_DECLINED, "%s", words); break;
    default: gm_error_set (error, GM_ERROR_BUG, "%s", words);
    }
}
