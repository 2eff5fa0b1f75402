/* http.h - the only HTTP client: blocking, limited, over libsoup 3.
 *
 * One GmHttp serves all threads. An answer is any status; the helpers that want 2xx turn others
 * into errors: 401 and 403 DENIED, 404 and 410 NOT_FOUND, 409 and 412 CONFLICT, 402 FUNDS, other
 * 4xx and 5xx REMOTE, with the server's words when the body is application/problem+json. No
 * connection, TLS trouble or no byte for @timeout_s is OFFLINE, and so is an answer in memory that
 * is not whole after four times that. More than @max_bytes is REMOTE. GET and HEAD follow at most 3
 * redirects, to https, or from loopback to loopback; another origin gets neither token nor headers.
 * A chunked body that ends between two chunks looks whole to libsoup: bytes that matter have a
 * hash.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _GmHttp GmHttp;

/* Bytes so far and the total, or 0. On the thread that asked. */
typedef void (*GmHttpProgress) (guint64 done, guint64 total, gpointer user_data);

typedef struct
{
  const char *method; /* NULL is GET */
  const char *url;
  const char *token;          /* (nullable) bearer token */
  const char *const *headers; /* (nullable) name, value, …, NULL */
  const char *content_type;   /* (nullable) of @body */
  GBytes *body;               /* (nullable) */
  gsize max_bytes;            /* of the answer; 0 is 4 MiB */
  guint timeout_s;            /* without a byte; 0 is 30 */
  GmHttpProgress sent;        /* (nullable) of @body */
  gpointer sent_data;
} GmHttpAsk;

typedef struct
{
  guint status;
  GBytes *body;
  char *content_type; /* (nullable) without parameters */
  char *etag;         /* (nullable) */
  char *location;     /* (nullable) */
} GmHttpAnswer;

GmHttp *gm_http_new (const char *user_agent);
void gm_http_free (GmHttp *self);

GmHttpAnswer *
gm_http_send (GmHttp *self, const GmHttpAsk *ask, GCancellable *cancellable, GError **error);
void gm_http_answer_free (GmHttpAnswer *answer);

/* Sends, wants 2xx and a JSON object within the limits of base/json.h. */
JsonObject *
gm_http_send_json (GmHttp *self, const GmHttpAsk *ask, GCancellable *cancellable, GError **error);

/* Streams a 2xx body to a file opened for append, continuing at its size by Range when it is not
 * empty; @max_bytes limits the whole file, 0 does not limit it; @progress (nullable) gets bytes so
 * far and the total or 0. */
gboolean gm_http_download (GmHttp *self,
                           const GmHttpAsk *ask,
                           const char *path,
                           GmHttpProgress progress,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmHttp, gm_http_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmHttpAnswer, gm_http_answer_free)

G_END_DECLS
