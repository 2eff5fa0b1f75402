/* route.h - the table of everything a server answers, and how a path finds its row.
 *
 * A path is matched segment by segment after decoding each once; ":name" takes one segment. A row
 * says who may call it: a row without roles serves nobody.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "web/reply.h"
#include "web/request.h"

G_BEGIN_DECLS

/* Blocks on a pool thread. A reply, or NULL with @error, which becomes a problem by its code. */
typedef GmReply *(*GmHandler) (const GmRequest *request, GCancellable *cancellable, GError **error);

typedef enum
{
  GM_ROUTE_PLAIN = 0,
  GM_ROUTE_BODY_ANY = 1 << 0,  /* the body need not be JSON */
  GM_ROUTE_BODY_FILE = 1 << 1, /* the body is written to request->body_path instead */
} GmRouteFlags;

typedef struct
{
  const char *method; /* GET serves HEAD too */
  const char *path;   /* "/api/assets/:id" */
  GmRoles roles;      /* any of them */
  GmHandler handler;
  GmRouteFlags flags;
  guint64 max_body; /* bytes; 0 is GM_LIMIT_BODY_BYTES */
  guint per_minute; /* of one client on this row; 0: as many as it likes */
} GmRoute;

typedef struct
{
  const GmRoute *route; /* (nullable): then @allowed, if any, names the methods of that path */
  GHashTable *params;   /* (nullable) */
  char *allowed;        /* (nullable) "GET, HEAD, OPTIONS" */
} GmRouteMatch;

/* @path is as sent, without query. BAD_DATA when it cannot be a path of ours: dot segments, control
 * bytes, an encoded slash, broken percent signs, text that is not UTF-8. */
gboolean gm_route_find (const GmRoute *routes,
                        guint n_routes,
                        const char *method,
                        const char *path,
                        GmRouteMatch *match,
                        GError **error);
void gm_route_match_clear (GmRouteMatch *match);

G_END_DECLS
