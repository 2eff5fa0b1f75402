/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-media.h"

#include "app/media-cache.h"
#include "app/session-core.h"

typedef struct
{
  GmHttp *http;
  char *folder;
  char *origin; /* (nullable) */
  char *name;
} MediaAsk;

static void
media_ask_free (gpointer data)
{
  MediaAsk *ask = data;

  g_free (ask->folder);
  g_free (ask->origin);
  g_free (ask->name);
  g_free (ask);
}

static gpointer
fetch_media (gpointer input, GCancellable *cancellable, GError **error)
{
  MediaAsk *ask = input;

  return gm_media_cache_fetch (ask->folder, ask->http, ask->origin, ask->name, cancellable, error);
}

void
gm_session_fetch_media (GmSession *self, const char *name, GObject *owner, GmDone done)
{
  const GmSessionCore *core = gm_session_get_core (self);
  MediaAsk *ask = g_new0 (MediaAsk, 1);

  ask->http = core->http;
  ask->folder = g_strdup (core->media);
  ask->origin = core->store != NULL ? g_strdup (gm_store_client_origin (core->store)) : NULL;
  ask->name = g_strdup (name);
  gm_worker_run (core->media_io, &(GmCall){ .owner = owner,
                                            .work = fetch_media,
                                            .input = ask,
                                            .free_input = media_ask_free,
                                            .free_result = (GDestroyNotify) g_bytes_unref,
                                            .done = done });
}

char *
gm_session_dup_media_url (GmSession *self, const char *name)
{
  const GmSessionCore *core = gm_session_get_core (self);

  return core->store != NULL ? gm_media_cache_dup_url (gm_store_client_origin (core->store), name)
                             : NULL;
}

char *
gm_session_dup_media_path (GmSession *self, const char *name)
{
  return gm_media_cache_dup_path (gm_session_get_core (self)->media, name);
}
