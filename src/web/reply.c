/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/reply.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

GmReply *
gm_reply_new (guint status)
{
  GmReply *self = g_new0 (GmReply, 1);

  self->status = status;
  self->fd = -1;
  self->headers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

GmReply *
gm_reply_json (guint status, JsonNode *take)
{
  g_autoptr (JsonNode) node = take;
  GmReply *self = gm_reply_new (status);
  char *text = json_to_string (node, FALSE);

  self->content_type = g_strdup ("application/json");
  self->body = g_bytes_new_take (text, strlen (text));
  return self;
}

GmReply *
gm_reply_object (guint status, JsonObject *take)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, take);
  return gm_reply_json (status, node);
}

GmReply *
gm_reply_bytes (guint status, const char *content_type, GBytes *body)
{
  GmReply *self = gm_reply_new (status);

  self->content_type = g_strdup (content_type);
  self->body = g_bytes_ref (body);
  return self;
}

GmReply *
gm_reply_file (const char *path, const char *content_type, GError **error)
{
  g_autoptr (GmReply) self = gm_reply_new (200);
  struct stat about;

  self->content_type = g_strdup (content_type);
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (self->fd < 0 && errno == ENOENT)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "no such file");
  if (self->fd < 0 || fstat (self->fd, &about) != 0 || !S_ISREG (about.st_mode))
    return gm_fail_null (error, GM_ERROR_BUG, "file cannot be served: %s", g_strerror (errno));
  self->file_bytes = (guint64) about.st_size;
  return g_steal_pointer (&self);
}

GmReply *
gm_reply_wait (guint wait_ms)
{
  GmReply *self = gm_reply_new (0);

  self->wait_ms = wait_ms;
  return self;
}

void
gm_reply_free (GmReply *self)
{
  g_ptr_array_unref (self->headers);
  g_free (self->content_type);
  g_free (self->etag);
  g_clear_pointer (&self->body, g_bytes_unref);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

void
gm_reply_set_header (GmReply *self, const char *name, const char *value)
{
  for (guint i = 0; i < self->headers->len; i += 2)
    if (g_ascii_strcasecmp (self->headers->pdata[i], name) == 0)
      {
        g_free (self->headers->pdata[i + 1]);
        self->headers->pdata[i + 1] = g_strdup (value);
        return;
      }
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

const char *
gm_reply_header (const GmReply *self, const char *name)
{
  for (guint i = 0; i < self->headers->len; i += 2)
    if (g_ascii_strcasecmp (self->headers->pdata[i], name) == 0)
      return self->headers->pdata[i + 1];
  return NULL;
}

void
gm_reply_set_etag (GmReply *self, const char *format, ...)
{
  g_autofree char *tag = NULL;
  va_list list;

  va_start (list, format);
  tag = g_strdup_vprintf (format, list);
  va_end (list);
  g_free (self->etag);
  self->etag = g_strdup_printf ("\"%s\"", tag);
}

void
gm_reply_set_immutable (GmReply *self)
{
  gm_reply_set_header (self, "Cache-Control", "public, max-age=31536000, immutable");
}
