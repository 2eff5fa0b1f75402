/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/error.h"
#include "server/routes.h"
#include "server/service.h"

/* The only public kinds of the object store, and what their names may end in. */
static const struct
{
  const char *kind;
  const char *suffix;
  const char *type;
} kinds[] = {
  { "preview", ".opus", "audio/ogg; codecs=opus" },
  { "preview", ".ogg", "audio/ogg" },
  { "artwork", ".jpg", "image/jpeg" },
  { "artwork", ".png", "image/png" },
  { "artwork", ".webp", "image/webp" },
  { "waveform", ".json", "application/json" },
  { "waveform", ".bin", "application/octet-stream" },
};

static const char *
find_type (const char *kind, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind) && g_str_has_suffix (name, kinds[i].suffix))
      return kinds[i].type;
  return NULL;
}

GmReply *
gm_media_api_get (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  const char *kind = gm_request_param (request, "kind");
  const char *name = gm_request_param (request, "name");
  const char *type = find_type (kind, name);
  g_autofree char *full = g_strdup_printf ("%s/%s", kind, name);
  g_autofree char *path = NULL;
  GmReply *reply;

  if (type == NULL)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "no such media");
  path = gm_blob_dup_path (gm_service_of (request)->blob, full);
  if (path == NULL)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "no such media");
  reply = gm_reply_file (path, type, error);
  if (reply == NULL)
    return NULL;
  gm_reply_set_etag (reply, "%s", name); /* names are hashes of the content */
  gm_reply_set_immutable (reply);
  return reply;
}
