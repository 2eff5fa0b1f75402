/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* clang-format off */ /* it would put spaces into the name */
G_DEFINE_QUARK (gm-error-quark, gm_error)
/* clang-format on */

void
gm_error_set (GError **error, GmErrorCode code, const char *format, ...)
{
  va_list arguments;

  if (error != NULL)
    {
      va_start (arguments, format);
      *error = g_error_new_valist (GM_ERROR, code, format, arguments);
      va_end (arguments);
    }
}

static GmErrorCode
code_for_io (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED: return GM_ERROR_DECLINED;
    case G_IO_ERROR_NOT_FOUND: return GM_ERROR_NOT_FOUND;
    case G_IO_ERROR_PERMISSION_DENIED: return GM_ERROR_DENIED;
    case G_IO_ERROR_EXISTS:
    case G_IO_ERROR_WOULD_MERGE:
    case G_IO_ERROR_WRONG_ETAG: return GM_ERROR_CONFLICT;
    case G_IO_ERROR_INVALID_DATA:
    case G_IO_ERROR_INVALID_FILENAME:
    case G_IO_ERROR_NOT_DIRECTORY:
    case G_IO_ERROR_IS_DIRECTORY:
    case G_IO_ERROR_PARTIAL_INPUT: return GM_ERROR_BAD_DATA;
    default: return GM_ERROR_OFFLINE;
    }
}

static GmErrorCode
code_for_file (int code)
{
  switch (code)
    {
    case G_FILE_ERROR_NOENT: return GM_ERROR_NOT_FOUND;
    case G_FILE_ERROR_ACCES:
    case G_FILE_ERROR_PERM: return GM_ERROR_DENIED;
    case G_FILE_ERROR_EXIST: return GM_ERROR_CONFLICT;
    case G_FILE_ERROR_ISDIR:
    case G_FILE_ERROR_NOTDIR:
    case G_FILE_ERROR_INVAL: return GM_ERROR_BAD_DATA;
    default: return GM_ERROR_OFFLINE;
    }
}

/* GLib's words name a temporary file and the system call. */
static void
say_disk_is_full (GError *error)
{
  g_free (error->message);
  error->message = g_strdup (_ ("the disk is full. Free some space and try again"));
}

GError *
gm_error_take (GError *foreign)
{
  GmErrorCode code = GM_ERROR_BUG;

  g_return_val_if_fail (foreign != NULL, NULL);

  if (foreign->domain == GM_ERROR)
    return foreign;
  if (foreign->domain == G_IO_ERROR)
    code = code_for_io (foreign->code);
  else if (foreign->domain == G_FILE_ERROR)
    code = code_for_file (foreign->code);
  else if (foreign->domain == G_RESOLVER_ERROR || foreign->domain == G_TLS_ERROR)
    code = GM_ERROR_OFFLINE;

  if (g_error_matches (foreign, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ||
      g_error_matches (foreign, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    say_disk_is_full (foreign);
  foreign->domain = GM_ERROR;
  foreign->code = (int) code;
  return foreign;
}

void
gm_error_adopt (GError **error)
{
  if (error != NULL && *error != NULL)
    *error = gm_error_take (*error);
}

gboolean
gm_error_is (const GError *error, GmErrorCode code)
{
  return error != NULL && error->domain == GM_ERROR && error->code == (int) code;
}
