/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/answer.h"

#include <string.h>
#include <unistd.h>

#include "web/problem.h"
#include "web/range.h"

/* If-None-Match compares weakly and may list several tags (RFC 9110 §13.1.2). */
static gboolean
tag_is_listed (const char *list, const char *etag)
{
  g_auto (GStrv) tags = NULL;

  if (list == NULL || etag == NULL)
    return FALSE;
  tags = g_strsplit (list, ",", 16);
  for (guint i = 0; tags[i] != NULL; i++)
    {
      const char *tag = g_strstrip (tags[i]);

      if (g_str_has_prefix (tag, "W/"))
        tag += 2;
      if (g_str_equal (tag, "*") || g_str_equal (tag, etag))
        return TRUE;
    }
  return FALSE;
}

static void
drop_body (GmReply *reply, guint status)
{
  reply->status = status;
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_clear_pointer (&reply->content_type, g_free);
  if (reply->fd >= 0)
    close (reply->fd);
  reply->fd = -1;
  reply->file_bytes = 0;
}

static void
apply_range (const GmRequest *request, GmReply *reply, guint64 *first, guint64 *count)
{
  const char *if_range = gm_request_header (request, "if-range");
  g_autofree char *text = NULL;
  guint64 size = reply->file_bytes;

  gm_reply_set_header (reply, "Accept-Ranges", "bytes");
  if (if_range != NULL && g_strcmp0 (if_range, reply->etag) != 0)
    return;
  switch (gm_range_parse (gm_request_header (request, "range"), size, first, count))
    {
    case GM_RANGE_PART:
      reply->status = 206;
      text = g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT
                              "/%" G_GUINT64_FORMAT,
                              *first, *first + *count - 1, size);
      gm_reply_set_header (reply, "Content-Range", text);
      break;
    case GM_RANGE_UNSATISFIABLE:
      drop_body (reply, 416);
      text = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, size);
      gm_reply_set_header (reply, "Content-Range", text);
      break;
    case GM_RANGE_NONE:
    default: break;
    }
}

void
gm_answer_prepare (const GmRequest *request, GmReply *reply, guint64 *first, guint64 *count)
{
  *first = 0;
  *count = reply->file_bytes;
  if (reply->status != 200 || g_strcmp0 (request->method, "GET") != 0)
    return;
  if (tag_is_listed (gm_request_header (request, "if-none-match"), reply->etag))
    drop_body (reply, 304);
  else if (reply->fd >= 0)
    apply_range (request, reply, first, count);
}

static void
unref_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

static struct MHD_Response *
make_response (GmReply *reply, guint64 first, guint64 count)
{
  struct MHD_Response *response;
  gconstpointer data;
  gsize length;
  int fd = reply->fd;

  if (fd >= 0 && count > 0)
    {
      response = MHD_create_response_from_fd_at_offset64 (count, fd, first);
      if (response != NULL)
        reply->fd = -1; /* libmicrohttpd closes it */
      return response;
    }
  if (reply->body == NULL || g_bytes_get_size (reply->body) == 0)
    return MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT);
  data = g_bytes_get_data (reply->body, &length);
  return MHD_create_response_from_buffer_with_free_callback_cls (length, (void *) data, unref_bytes,
                                                                 g_bytes_ref (reply->body));
}

static void
add_headers (struct MHD_Response *response, const GmRequest *request, GmReply *reply)
{
  if (reply->content_type != NULL)
    MHD_add_response_header (response, "Content-Type", reply->content_type);
  if (reply->etag != NULL)
    MHD_add_response_header (response, "ETag", reply->etag);
  for (guint i = 0; i < reply->headers->len; i += 2)
    MHD_add_response_header (response, reply->headers->pdata[i], reply->headers->pdata[i + 1]);
  if (gm_reply_header (reply, "Cache-Control") == NULL)
    MHD_add_response_header (response, "Cache-Control", "no-store");
  if (request->request_id != NULL)
    MHD_add_response_header (response, "X-Request-Id", request->request_id);
  MHD_add_response_header (response, "X-Content-Type-Options", "nosniff");
  MHD_add_response_header (response, "Content-Security-Policy", "default-src 'none'");
}

enum MHD_Result
gm_answer_queue (struct MHD_Connection *connection, const GmRequest *request, GmReply *reply)
{
  struct MHD_Response *response;
  enum MHD_Result result;
  guint64 first, count;

  if (request->request_id != NULL)
    gm_problem_set_request_id (reply, request->request_id);
  gm_answer_prepare (request, reply, &first, &count);
  response = make_response (reply, first, count);
  if (response == NULL) /* no memory: the connection is closed */
    return MHD_NO;
  add_headers (response, request, reply);
  result = MHD_queue_response (connection, reply->status, response);
  MHD_destroy_response (response);
  return result;
}
