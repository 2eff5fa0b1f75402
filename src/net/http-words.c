/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/http-words.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/json.h"

#define MAX_WORDS   300         /* bytes, shown to a person */
#define MAX_PROBLEM (64 * 1024) /* bytes of a problem document */

GmErrorCode
gm_http_words_code (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN: return GM_ERROR_DENIED;
    case SOUP_STATUS_PAYMENT_REQUIRED: return GM_ERROR_FUNDS;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE: return GM_ERROR_NOT_FOUND;
    case SOUP_STATUS_CONFLICT:
    case SOUP_STATUS_PRECONDITION_FAILED: return GM_ERROR_CONFLICT;
    default: return GM_ERROR_REMOTE;
    }
}

gboolean
gm_http_words_is_json (const char *content_type)
{
  return content_type != NULL && (g_ascii_strcasecmp (content_type, "application/json") == 0 ||
                                  (g_ascii_strncasecmp (content_type, "application/", 12) == 0 &&
                                   g_str_has_suffix (content_type, "+json")));
}

/* JSON text is UTF-8 already; what is left to take out are line breaks and terminal escapes. */
char *
gm_http_words_dup_line (const char *text)
{
  GString *line = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (line->len + 6 > MAX_WORDS)
        {
          g_string_append (line, "…");
          break;
        }
      g_string_append_unichar (line, g_unichar_isprint (c) ? c : ' ');
    }

  return g_strstrip (g_string_free (line, FALSE));
}

static const char *
text_member (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

char *
gm_http_words_problem (const char *content_type, GBytes *body)
{
  g_autoptr (JsonObject) problem = NULL;
  g_autofree char *both = NULL;
  const char *title, *detail;

  if (!gm_http_words_is_json (content_type))
    return NULL;
  problem = gm_json_parse_object (body, MAX_PROBLEM, NULL);
  if (problem == NULL)
    return NULL;

  title = text_member (problem, "title");
  detail = text_member (problem, "detail");
  if (title != NULL && detail != NULL)
    both = g_strdup_printf ("%s: %s", title, detail);
  else if (title != NULL || detail != NULL)
    both = g_strdup (title != NULL ? title : detail);
  else
    both = g_strdup (text_member (problem, "error"));
  return both != NULL && *both != '\0' ? gm_http_words_dup_line (both) : NULL;
}

/* The host is enough to act on; a path may hold an order id and a query a token. */
static char *
host_of (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri)
                                                               : _ ("the server"));
}

void
gm_http_words_set_error (GError **error, const char *url, const GmHttpAnswer *answer)
{
  g_autofree char *words = gm_http_words_problem (answer->content_type, answer->body);
  g_autofree char *host = host_of (url);
  GmErrorCode code = gm_http_words_code (answer->status);

  if (words != NULL)
    gm_error_set (error, code, _ ("%s answered %u: %s"), host, answer->status, words);
  else
    gm_error_set (error, code,
                  _ ("%s answered %u %s"), host, answer->status,
                     soup_status_get_phrase (answer->status));
}

void
gm_http_words_adopt (GError **error, const char *url)
{
  g_autofree char *host = NULL;
  GError *foreign;

  if (error == NULL || *error == NULL || (*error)->domain == GM_ERROR)
    return;

  foreign = *error;
  if (g_error_matches (foreign, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gm_error_adopt (error);
      return;
    }

  host = host_of (url);
  *error = NULL;
  if (g_error_matches (foreign, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING) ||
      g_error_matches (foreign, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING))
    gm_error_set (error, GM_ERROR_REMOTE, _ ("%s does not speak HTTP: %s"), host, foreign->message);
  else
    gm_error_set (error, GM_ERROR_OFFLINE, _ ("%s cannot be reached: %s"), host, foreign->message);
  g_error_free (foreign);
}
