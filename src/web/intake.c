/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/intake.h"

#include <netinet/in.h>
#include <string.h>

#include "base/ulid.h"
#include "web/problem.h"
#include "web/web-limits.h"

typedef struct
{
  GArray *lines; /* of GmHeaderLine */
  GHashTable *headers;
} Heads;

static enum MHD_Result
take_header (void *cls,
             enum MHD_ValueKind kind,
             const char *name,
             size_t name_length,
             const char *value,
             size_t value_length)
{
  Heads *heads = cls;
  GmHeaderLine line = { name, value != NULL ? value : "", name_length, value_length };
  g_autofree char *key = g_ascii_strdown (name, (gssize) name_length);
  g_autofree char *text = g_strndup (line.value, value_length);
  const char *earlier = g_hash_table_lookup (heads->headers, key);

  g_array_append_val (heads->lines, line);
  if (earlier != NULL) /* lines of one name are one list (RFC 9110 §5.3) */
    {
      char *joined = g_strdup_printf ("%s, %s", earlier, text);

      g_hash_table_replace (heads->headers, g_steal_pointer (&key), joined);
    }
  else
    g_hash_table_replace (heads->headers, g_steal_pointer (&key), g_steal_pointer (&text));
  return MHD_YES;
}

/* Theirs when it is harmless in a log and a header, else a new one. */
static char *
choose_request_id (const char *theirs)
{
  gsize length = theirs != NULL ? strlen (theirs) : 0;

  if (length == 0 || length > 64)
    return gm_ulid_new ();
  for (const char *c = theirs; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_' && *c != '.')
      return gm_ulid_new ();
  return g_strdup (theirs);
}

static char *
client_address (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (
      connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  g_autoptr (GSocketAddress) address = NULL;
  gsize length;

  if (info == NULL || info->client_addr == NULL)
    return g_strdup ("unknown");
  length = info->client_addr->sa_family == AF_INET6 ? sizeof (struct sockaddr_in6)
                                                    : sizeof (struct sockaddr_in);
  address = g_socket_address_new_from_native (info->client_addr, length);
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("unknown");
  return g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static GmReply *
refusal (guint status, GError *error)
{
  return gm_problem_new (status, "%s", error->message);
}

static GmReply *
answer_options (const GmRouteMatch *match)
{
  GmReply *reply = gm_reply_new (204);

  gm_reply_set_header (reply, "Allow", match->allowed);
  return reply;
}

static GmReply *
refuse_method (const GmRouteMatch *match)
{
  GmReply *reply = gm_problem_new (405, "this address answers %s", match->allowed);

  gm_reply_set_header (reply, "Allow", match->allowed);
  return reply;
}

static GmReply *
find_route (GmIntake *intake, const char *method, const GmRoute *routes, guint n_routes)
{
  GmRequest *request = intake->request;
  g_autoptr (GError) error = NULL;
  GmRouteMatch match = { 0 };
  GmReply *reply = NULL;

  if (!gm_route_find (routes, n_routes, request->method, request->path, &match, &error))
    return refusal (400, error);

  if (match.allowed == NULL)
    reply = gm_problem_new (404, "nothing is at this address");
  else if (g_str_equal (method, "OPTIONS"))
    reply = answer_options (&match);
  else if (match.route == NULL)
    reply = refuse_method (&match);
  else if (g_str_equal (match.route->method, "GET") && intake->framing.has_body)
    reply = gm_problem_new (400, "a body is not expected here");
  else
    {
      intake->route = match.route;
      request->params = g_steal_pointer (&match.params);
    }
  gm_route_match_clear (&match);
  return reply;
}

GmReply *
gm_intake_read (GmIntake *intake,
                struct MHD_Connection *connection,
                const char *target,
                const char *start[2],
                const GmRoute *routes,
                guint n_routes)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (GmHeaderLine));
  GmRequest *request = gm_request_new ();
  const char *mark = strchr (target, '?');
  g_autoptr (GError) error = NULL;
  GmRequestHead head;
  Heads heads;
  guint status;

  intake->request = request;
  intake->is_head = g_str_equal (start[0], "HEAD");
  request->method = g_strdup (intake->is_head ? "GET" : start[0]);
  request->path = mark != NULL ? g_strndup (target, (gsize) (mark - target)) : g_strdup (target);
  request->client = client_address (connection);
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  heads = (Heads){ lines, request->headers };
  MHD_get_connection_values_n (connection, MHD_HEADER_KIND, take_header, &heads);
  request->request_id = choose_request_id (gm_request_header (request, "x-request-id"));

  head = (GmRequestHead){ start[0], target, start[1], (GmHeaderLine *) lines->data, lines->len };
  if (!gm_request_check (&head, &intake->framing, &status, &error))
    return refusal (status, error);
  request->query = gm_request_parse_query (mark != NULL ? mark + 1 : NULL, &error);
  if (request->query == NULL)
    return refusal (400, error);
  return find_route (intake, start[0], routes, n_routes);
}
