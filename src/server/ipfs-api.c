/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/error.h"
#include "server/routes.h"
#include "server/service.h"
#include "storage/cid.h"

/* A whole file by its root: manifests, envelopes and encrypted masters, all public. */
GmReply *
gm_ipfs_api_get (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  GmReply *reply;
  GmCid cid;

  if (!gm_cid_parse (gm_request_param (request, "cid"), &cid, error))
    return NULL;
  text = gm_cid_dup_text (&cid);
  name = g_strdup_printf ("ipfs/%s", text);
  path = gm_blob_dup_path (gm_service_of (request)->blob, name);
  if (path == NULL)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "no such content here");
  reply = gm_reply_file (path, "application/octet-stream", error);
  if (reply == NULL)
    return NULL;
  gm_reply_set_etag (reply, "%s", text);
  gm_reply_set_immutable (reply);
  return reply;
}
