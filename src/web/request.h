/* request.h - what a handler sees of a request: checked, limited, decoded once.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  GM_ROLE_ANYONE = 1 << 0,
  GM_ROLE_SIGNED_IN = 1 << 1, /* a buyer */
  GM_ROLE_PRODUCER = 1 << 2,
  GM_ROLE_ADMIN = 1 << 3,
  GM_ROLE_AUDITOR = 1 << 4,
} GmRoles;

typedef struct
{
  char *address; /* (nullable) EIP-55; NULL: not signed in */
  GmRoles roles; /* always with GM_ROLE_ANYONE */
} GmPrincipal;

typedef struct
{
  char *method; /* HEAD arrives as GET */
  char *path;   /* as sent, without the query */
  GHashTable *params;
  GHashTable *query;
  GHashTable *headers; /* by lower-case name */
  GBytes *body;        /* (nullable) */
  char *body_path;     /* (nullable) a file of the caller's spool; whoever keeps it renames it */
  char *request_id;
  char *client; /* address of the peer, for rate limits only: never logged with a principal */
  GmPrincipal principal;
  gpointer context;  /* the server's own */
  gboolean may_wait; /* a long poll may still answer gm_reply_wait() */
} GmRequest;

GmRequest *gm_request_new (void);
void gm_request_free (GmRequest *self);

const char *gm_request_param (const GmRequest *self, const char *name); /* of the route's path */
const char *gm_request_query (const GmRequest *self, const char *name); /* (nullable) */
const char *gm_request_header (const GmRequest *self,
                               const char *name); /* (nullable), lower case */
gboolean gm_request_has_role (const GmRequest *self, GmRoles any_of);

/* Decimal digits within the bounds, @fallback when absent; BAD_DATA names the parameter. */
gboolean gm_request_query_int (const GmRequest *self,
                               const char *name,
                               const gint64 bounds[2],
                               gint64 fallback,
                               gint64 *out,
                               GError **error);

/* The body as a JSON object within the limits of base/json.h. */
JsonObject *gm_request_json (const GmRequest *self, GError **error);

/* Splits and decodes once ("+" is a space); BAD_DATA for a name given twice or over a limit. */
GHashTable *gm_request_parse_query (const char *query, GError **error);

/* %41 to A; BAD_DATA for broken escapes, control bytes and what is not UTF-8. */
char *gm_request_decode (const char *text, gsize length, gboolean plus, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmRequest, gm_request_free)

G_END_DECLS
