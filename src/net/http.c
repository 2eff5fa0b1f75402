/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/http.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/json.h"
#include "net/http-session.h"
#include "net/http-words.h"

#define DEFAULT_MAX_BYTES (4 * 1024 * 1024)
#define DEFAULT_TIMEOUT_S 30
#define WHOLE_TIMEOUTS    4 /* an answer kept in memory is whole within this many time limits */
#define READ_BYTES        (64 * 1024)

GmHttp *
gm_http_new (const char *user_agent)
{
  GmHttp *self = g_new0 (GmHttp, 1);

  self->user_agent = g_strdup (user_agent);
  g_mutex_init (&self->lock);
  self->sessions = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  return self;
}

void
gm_http_free (GmHttp *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->sessions);
  g_mutex_clear (&self->lock);
  g_free (self->user_agent);
  g_free (self);
}

void
gm_http_answer_free (GmHttpAnswer *answer)
{
  if (answer == NULL)
    return;

  g_clear_pointer (&answer->body, g_bytes_unref);
  g_free (answer->content_type);
  g_free (answer->etag);
  g_free (answer->location);
  g_free (answer);
}

static gssize
read_some (GInputStream *from,
           guint8 *into,
           const GmHttpAsk *ask,
           GCancellable *cancellable,
           GError **error)
{
  GError *failure = NULL;
  gssize n = g_input_stream_read (from, into, READ_BYTES, cancellable, &failure);

  if (n < 0)
    {
      gm_http_words_adopt (&failure, ask->url);
      g_propagate_error (error, failure);
    }
  return n;
}

static GBytes *
read_body (GInputStream *from, const GmHttpAsk *ask, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  const gsize max_bytes = ask->max_bytes != 0 ? ask->max_bytes : DEFAULT_MAX_BYTES;
  const guint timeout_s = ask->timeout_s != 0 ? ask->timeout_s : DEFAULT_TIMEOUT_S;
  const gint64 latest = g_get_monotonic_time () +
                        (gint64) timeout_s * WHOLE_TIMEOUTS * G_USEC_PER_SEC;
  gssize n;

  while ((n = read_some (from, buffer, ask, cancellable, error)) > 0)
    {
      if ((gsize) n > max_bytes - body->len)
        return gm_fail_null (error, GM_ERROR_REMOTE,
                             _ ("the answer has more than %zu bytes"), max_bytes);
      if (g_get_monotonic_time () > latest)
        return gm_fail_null (error, GM_ERROR_OFFLINE, _ ("the answer comes too slowly"));
      g_byte_array_append (body, buffer, (guint) n);
    }

  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&body)) : NULL;
}

static GmHttpAnswer *
answer_from (SoupMessage *message, GBytes *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  GmHttpAnswer *answer = g_new0 (GmHttpAnswer, 1);

  answer->status = soup_message_get_status (message);
  answer->body = body;
  answer->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  answer->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  return answer;
}

GmHttpAnswer *
gm_http_send (GmHttp *self, const GmHttpAsk *ask, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GInputStream) from = gm_http_session_send (self, ask, -1, &message, cancellable,
                                                        error);
  GBytes *body;

  if (from == NULL)
    return NULL;

  body = read_body (from, ask, cancellable, error);
  return body != NULL ? answer_from (message, body) : NULL;
}

JsonObject *
gm_http_send_json (GmHttp *self, const GmHttpAsk *ask, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmHttpAnswer) answer = gm_http_send (self, ask, cancellable, error);
  g_autoptr (GError) failure = NULL;
  JsonObject *object;

  if (answer == NULL)
    return NULL;
  if (answer->status < 200 || answer->status > 299)
    {
      gm_http_words_set_error (error, ask->url, answer);
      return NULL;
    }
  if (!gm_http_words_is_json (answer->content_type))
    return gm_fail_null (error, GM_ERROR_REMOTE,
                         _ ("the answer is %s where JSON was expected: is this the right address?"),
                            answer->content_type != NULL ? answer->content_type : _ ("of no type"));

  object = gm_json_parse_object (answer->body, g_bytes_get_size (answer->body), &failure);
  if (object == NULL)
    return gm_fail_null (error, GM_ERROR_REMOTE,
                         _ ("the answer is not the JSON it says: %s"), failure->message);
  return object;
}
