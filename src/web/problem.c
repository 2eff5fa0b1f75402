/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/problem.h"

#include "base/error.h"

#define PROBLEM_TYPE "application/problem+json"

/* clang-format off */
static const struct { guint status; const char *title; } titles[] = {
  { 400, "Bad Request" },           { 401, "Unauthorized" },
  { 402, "Payment Required" },      { 403, "Forbidden" },
  { 404, "Not Found" },             { 405, "Method Not Allowed" },
  { 406, "Not Acceptable" },        { 408, "Request Timeout" },
  { 409, "Conflict" },              { 410, "Gone" },
  { 411, "Length Required" },       { 412, "Precondition Failed" },
  { 413, "Content Too Large" },     { 414, "URI Too Long" },
  { 415, "Unsupported Media Type" },{ 416, "Range Not Satisfiable" },
  { 422, "Unprocessable Content" }, { 428, "Precondition Required" },
  { 429, "Too Many Requests" },     { 431, "Request Header Fields Too Large" },
  { 500, "Internal Server Error" }, { 501, "Not Implemented" },
  { 502, "Bad Gateway" },           { 503, "Service Unavailable" },
  { 505, "HTTP Version Not Supported" },
};
/* clang-format on */

const char *
gm_problem_title (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].status == status)
      return titles[i].title;
  return "Refused";
}

guint
gm_problem_status (const GError *error)
{
  if (error->domain != GM_ERROR)
    return 500;

  switch ((GmErrorCode) error->code)
    {
    case GM_ERROR_BAD_DATA: return 400;
    case GM_ERROR_FUNDS: return 402;
    case GM_ERROR_DENIED: return 403;
    case GM_ERROR_NOT_FOUND: return 404;
    case GM_ERROR_CONFLICT: return 409;
    case GM_ERROR_REMOTE: return 502;
    case GM_ERROR_OFFLINE:
    case GM_ERROR_LOCKED:
    case GM_ERROR_DECLINED: return 503; /* cancelled: the server is going down */
    case GM_ERROR_BUG: return 500;
    default: return 500;
    }
}

static GmReply *
problem (guint status, const char *words, JsonObject *details)
{
  JsonObject *object = json_object_new ();
  GmReply *reply;

  json_object_set_string_member (object, "type", "about:blank");
  json_object_set_string_member (object, "title", gm_problem_title (status));
  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "detail", words);
  json_object_set_string_member (object, "error", words);
  if (details != NULL)
    json_object_set_object_member (object, "details", details);

  reply = gm_reply_object (status, object);
  g_free (reply->content_type);
  reply->content_type = g_strdup (PROBLEM_TYPE);
  if (status == 401)
    gm_reply_set_header (reply, "WWW-Authenticate", "Bearer realm=\"gotmusic\"");
  if (status == 503)
    gm_reply_set_header (reply, "Retry-After", "1");
  return reply;
}

GmReply *
gm_problem_new (guint status, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list list;

  va_start (list, format);
  words = g_strdup_vprintf (format, list);
  va_end (list);
  return problem (status, words, NULL);
}

GmReply *
gm_problem_new_fields (guint status, const char *error, JsonObject *details)
{
  return problem (status, error, details);
}

GmReply *
gm_problem_from_error (const GError *error)
{
  guint status = gm_problem_status (error);

  return problem (status, status == 500 ? "something broke inside the server" : error->message,
                  NULL);
}

void
gm_problem_set_request_id (GmReply *reply, const char *request_id)
{
  g_autoptr (JsonNode) node = NULL;
  const char *text;
  gsize length;
  char *written;

  if (g_strcmp0 (reply->content_type, PROBLEM_TYPE) != 0)
    return;
  text = g_bytes_get_data (reply->body, &length);
  node = json_from_string (text, NULL); /* our own text: it parses */
  json_object_set_string_member (json_node_get_object (node), "request_id", request_id);
  written = json_to_string (node, FALSE);
  g_bytes_unref (reply->body);
  reply->body = g_bytes_new_take (written, strlen (written));
}
