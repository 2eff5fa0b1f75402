/* error.h - the one error domain of the project.
 *
 * A code answers "what can be done about it?", not "where did it happen?":
 * the place is in the message, which every layer prefixes on the way up.
 * Foreign errors (GIOError, SQLite, HTTP) are converted where they enter.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_ERROR (gm_error_quark ())
GQuark gm_error_quark (void);

typedef enum
{
  GM_ERROR_OFFLINE,   /* no answer: wait, try again */
  GM_ERROR_REMOTE,    /* the other side answered with a refusal or nonsense */
  GM_ERROR_BAD_DATA,  /* input breaks its format; trying again is pointless */
  GM_ERROR_NOT_FOUND, /* no such thing */
  GM_ERROR_LOCKED,    /* the vault has to be unlocked first */
  GM_ERROR_FUNDS,     /* the account cannot pay for this */
  GM_ERROR_DECLINED,  /* the user said no, or cancelled */
  GM_ERROR_CONFLICT,  /* changed meanwhile: reload */
  GM_ERROR_DENIED,    /* not allowed; the message says why */
  GM_ERROR_BUG,       /* ours: say so, keep a log */
} GmErrorCode;

/* Sets @error and is FALSE (or NULL), so that a guard is one statement. A macro, so that the
 * compiler sees it is FALSE and does not warn about what only success sets. */
#define gm_fail(error, code, ...)      (gm_error_set ((error), (code), __VA_ARGS__), FALSE)
#define gm_fail_null(error, code, ...) (gm_error_set ((error), (code), __VA_ARGS__), NULL)
void gm_error_set (GError **error, GmErrorCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Takes a GIOError, GFileError, GResolverError, GTlsError or our own, and returns it in our domain;
 * cancelling is DECLINED, a full disk keeps its words. */
GError *gm_error_take (GError *foreign);

/* gm_error_take() on what @error points to; for the line after a failed GIO call. */
void gm_error_adopt (GError **error);

gboolean gm_error_is (const GError *error, GmErrorCode code);

G_END_DECLS
