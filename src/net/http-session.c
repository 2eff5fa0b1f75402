/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/http-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "net/http-words.h"

#define DEFAULT_TIMEOUT_S 30
#define MAX_REDIRECTS     3
#define MAX_CONNECTIONS   32
#define MAX_PER_HOST      8 /* a long poll and six workers */

static gboolean
is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_strcmp0 (host, "localhost") == 0;
}

static gboolean
is_web_address (GUri *uri)
{
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  return scheme != NULL && (strcmp (scheme, "https") == 0 || strcmp (scheme, "http") == 0) &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

static SoupSession *
session_for (GmHttp *self, guint timeout_s, gboolean loopback)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  gpointer key = GUINT_TO_POINTER (timeout_s * 2 + (loopback ? 1 : 0));
  SoupSession *session = g_hash_table_lookup (self->sessions, key);

  if (session == NULL)
    {
      session = soup_session_new_with_options ("user-agent", self->user_agent, "timeout", timeout_s,
                                               "idle-timeout", 60, "max-conns", MAX_CONNECTIONS,
                                               "max-conns-per-host", MAX_PER_HOST, NULL);
      soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
      if (loopback)
        {
          g_autoptr (GProxyResolver) direct = g_simple_proxy_resolver_new (NULL, NULL);

          soup_session_set_proxy_resolver (session, direct);
        }
      g_hash_table_insert (self->sessions, key, session);
    }

  return session;
}

static GUri *
parse_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  if (!is_web_address (uri))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, _ ("“%.100s” is not a web address"), url);
  return g_steal_pointer (&uri);
}

typedef struct
{
  GmHttpProgress sent;
  gpointer user_data;
  guint64 done;
  guint64 total;
} Sending;

static void
on_wrote (SoupMessage *message, guint bytes, gpointer data)
{
  Sending *sending = data;

  sending->done = MIN (sending->done + bytes, sending->total);
  sending->sent (sending->done, sending->total, sending->user_data);
}

static void
free_sending (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
watch_sending (SoupMessage *message, const GmHttpAsk *ask)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->sent = ask->sent;
  sending->user_data = ask->sent_data;
  sending->total = g_bytes_get_size (ask->body);
  g_signal_connect_data (message, "wrote-body-data", G_CALLBACK (on_wrote), sending, free_sending,
                         0);
}

static SoupMessage *
new_message (const GmHttpAsk *ask, GUri *uri, gboolean same_origin, gint64 range_from)
{
  SoupMessage *message = soup_message_new_from_uri (
      ask->method != NULL ? ask->method : SOUP_METHOD_GET, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* What was meant for one host is not told to the next. */
  for (guint i = 0; same_origin && ask->headers != NULL && ask->headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, ask->headers[i], ask->headers[i + 1]);
  if (same_origin && ask->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", ask->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  if (ask->body != NULL)
    soup_message_set_request_body_from_bytes (message, ask->content_type, ask->body);
  if (ask->body != NULL && ask->sent != NULL)
    watch_sending (message, ask);
  if (range_from >= 0)
    soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  if (range_from > 0)
    soup_message_headers_set_range (headers, range_from, -1);
  return message;
}

static gboolean
is_redirect (const GmHttpAsk *ask, SoupMessage *message)
{
  guint status = soup_message_get_status (message);
  gboolean reads = ask->method == NULL || g_str_equal (ask->method, "GET") ||
                   g_str_equal (ask->method, "HEAD");

  return reads &&
         (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) &&
         soup_message_headers_get_one (soup_message_get_response_headers (message), "Location") !=
             NULL;
}

/* Only up: to https, or from loopback to loopback. A store must not make us ask this machine. */
static GUri *
redirect_target (SoupMessage *message, GError **error)
{
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                       "Location");
  GUri *from = soup_message_get_uri (message);
  g_autoptr (GUri) to = g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL);

  if (!is_web_address (to))
    return gm_fail_null (error, GM_ERROR_REMOTE,
                         _ ("%s redirects to something that is no address"), g_uri_get_host (from));
  if (is_loopback (to) ? !is_loopback (from) : g_strcmp0 (g_uri_get_scheme (to), "https") != 0)
    return gm_fail_null (error, GM_ERROR_REMOTE,
                         _ ("%s redirects to the unsafe address of %s"), g_uri_get_host (from),
                            g_uri_get_host (to));
  return g_steal_pointer (&to);
}

static GInputStream *
send_one (GmHttp *self,
          const GmHttpAsk *ask,
          SoupMessage *message,
          GCancellable *cancellable,
          GError **error)
{
  GUri *uri = soup_message_get_uri (message);
  guint timeout_s = ask->timeout_s != 0 ? ask->timeout_s : DEFAULT_TIMEOUT_S;
  GError *failure = NULL;
  GInputStream *body = soup_session_send (session_for (self, timeout_s, is_loopback (uri)), message,
                                          cancellable, &failure);

  if (body == NULL)
    {
      gm_http_words_adopt (&failure, ask->url);
      g_propagate_error (error, failure);
    }
  return body;
}

GInputStream *
gm_http_session_send (GmHttp *self,
                      const GmHttpAsk *ask,
                      gint64 range_from,
                      SoupMessage **message,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GUri) uri = parse_url (ask->url, error);
  gboolean same_origin = TRUE;

  for (guint hop = 0; uri != NULL; hop++)
    {
      g_autoptr (SoupMessage) sent = new_message (ask, uri, same_origin, range_from);
      g_autoptr (GInputStream) body = send_one (self, ask, sent, cancellable, error);
      g_autoptr (GUri) next = NULL;

      if (body == NULL)
        return NULL;
      if (!is_redirect (ask, sent))
        {
          *message = g_steal_pointer (&sent);
          return g_steal_pointer (&body);
        }
      if (hop == MAX_REDIRECTS)
        return gm_fail_null (error, GM_ERROR_REMOTE,
                             _ ("%s redirects in circles"), g_uri_get_host (uri));

      next = redirect_target (sent, error);
      if (next == NULL)
        return NULL;
      same_origin = same_origin &&
                    g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (next)) == 0 &&
                    g_strcmp0 (g_uri_get_scheme (uri), g_uri_get_scheme (next)) == 0 &&
                    g_uri_get_port (uri) == g_uri_get_port (next);
      g_uri_unref (uri);
      uri = g_steal_pointer (&next);
    }

  return NULL;
}
