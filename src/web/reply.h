/* reply.h - what a handler answers: status, headers, and JSON, bytes, or a file.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint status;
  GPtrArray *headers; /* name, value, name, value, … */
  char *content_type; /* (nullable) */
  char *etag;         /* (nullable) with its quotes; If-None-Match is answered by the server */
  GBytes *body;       /* (nullable) */
  int fd;             /* of a file, or -1; ranges are answered by the server */
  guint64 file_bytes;
  guint wait_ms; /* not an answer: ask the handler again on a change or after this long */
} GmReply;

GmReply *gm_reply_new (guint status);
GmReply *gm_reply_json (guint status, JsonNode *take);
GmReply *gm_reply_object (guint status, JsonObject *take);
GmReply *gm_reply_bytes (guint status, const char *content_type, GBytes *body);
GmReply *gm_reply_file (const char *path, const char *content_type, GError **error);
/* Only while request->may_wait: holds the connection, not a thread. */
GmReply *gm_reply_wait (guint wait_ms);
void gm_reply_free (GmReply *self);

/* Replaces a header of that name. */
void gm_reply_set_header (GmReply *self, const char *name, const char *value);
const char *gm_reply_header (const GmReply *self, const char *name); /* (nullable) */
void gm_reply_set_etag (GmReply *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void gm_reply_set_immutable (GmReply *self); /* Cache-Control for content-named things */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmReply, gm_reply_free)

G_END_DECLS
