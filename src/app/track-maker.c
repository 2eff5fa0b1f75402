/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/track-maker.h"

#include <glib/gi18n-lib.h>

#include "app/media-cache.h"
#include "app/session-core.h"
#include "base/error.h"

typedef struct
{
  GmHttp *http;
  char *folder;
  char *origin; /* (nullable) the store is not known: only what is here */
  GmAsset *asset;
} PreviewAsk;

static void
preview_ask_free (gpointer data)
{
  PreviewAsk *ask = data;

  g_free (ask->folder);
  g_free (ask->origin);
  gm_asset_free (ask->asset);
  g_free (ask);
}

static gpointer
make_preview (gpointer input, GCancellable *cancellable, GError **error)
{
  const PreviewAsk *ask = input;
  const GmAsset *asset = ask->asset;
  g_autoptr (GBytes) content = NULL;
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;

  if (asset->preview == NULL)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, _ ("“%s” has no preview"), asset->title);
  content = gm_media_cache_fetch (ask->folder, ask->http, ask->origin, asset->preview, cancellable,
                                  error);
  if (content == NULL)
    return NULL;
  path = gm_media_cache_dup_path (ask->folder, asset->preview);
  uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;
  if (uri == NULL)
    return gm_fail_null (error, GM_ERROR_DENIED,
                         _ ("%s: previews cannot be kept here"), ask->folder);
  return gm_track_new (&(GmTrackInfo){ .asset_id = asset->asset_id,
                                       .asset = asset->id,
                                       .title = asset->title,
                                       .artist = asset->artist,
                                       .artwork = asset->artwork,
                                       .kind = GM_TRACK_PREVIEW,
                                       .uri = uri });
}

void
gm_track_maker_preview (GmSession *session, const GmAsset *asset, GObject *owner, GmDone done)
{
  const GmSessionCore *core = gm_session_get_core (session);
  PreviewAsk *ask = g_new0 (PreviewAsk, 1);

  ask->http = core->http;
  ask->folder = g_strdup (core->media);
  ask->origin = core->store != NULL ? g_strdup (gm_store_client_origin (core->store)) : NULL;
  ask->asset = gm_record_copy (&gm_asset_type, asset);
  gm_worker_run (core->media_io, &(GmCall){ .owner = owner,
                                            .work = make_preview,
                                            .input = ask,
                                            .free_input = preview_ask_free,
                                            .free_result = (GDestroyNotify) gm_track_unref,
                                            .done = done });
}

/* What opening a master takes; outlives the session, because a pipeline may. */
typedef struct
{
  char *ledger;
  char *path;
  char *cid;
  GmLibraryKey *library_key;
} Master;

static void
master_free (gpointer data)
{
  Master *master = data;

  g_free (master->ledger);
  g_free (master->path);
  g_free (master->cid);
  gm_library_key_unref (master->library_key);
  g_free (master);
}

static GmCipher *
open_master (gpointer data, GError **error)
{
  const Master *master = data;
  g_autoptr (GmSql) ledger = gm_sql_open_sqlite_read_only (master->ledger, error);
  g_autoptr (GmSecret) library_key = NULL;
  g_autoptr (GmSecret) key = NULL;

  if (ledger != NULL)
    library_key = gm_library_key_get (master->library_key, NULL, error);
  if (library_key != NULL)
    key = gm_license_db_key (ledger, master->cid, library_key, error);
  return key != NULL ? gm_cipher_open_file (master->path, key, error) : NULL;
}

GmTrack *
gm_track_maker_master (GmSession *session, const GmOwned *owned)
{
  const GmSessionCore *core = gm_session_get_core (session);
  g_autofree char *name = g_strconcat (owned->master_cid, ".gma1", NULL);
  Master *master = g_new0 (Master, 1);

  master->ledger = g_strdup (core->ledger);
  master->path = g_build_filename (core->masters, name, NULL);
  master->cid = g_strdup (owned->master_cid);
  master->library_key = gm_library_key_ref (core->library_key);
  return gm_track_new (&(GmTrackInfo){ .asset_id = owned->asset_id,
                                       .asset = owned->asset,
                                       .title = owned->title,
                                       .artist = owned->artist,
                                       .artwork = owned->artwork,
                                       .kind = GM_TRACK_MASTER,
                                       .duration_ms = owned->duration_ms,
                                       .open = open_master,
                                       .data = master,
                                       .free_data = master_free });
}

GPtrArray *
gm_track_maker_queue (GmSession *session, const char *asset_id, guint *start)
{
  GListModel *library = G_LIST_MODEL (gm_session_get_library (session));
  g_autoptr (GPtrArray) tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_track_unref);
  const guint n = g_list_model_get_n_items (library);
  guint found = G_MAXUINT;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmLibraryItem) item = g_list_model_get_item (library, i);
      const GmOwned *owned = gm_library_item_get_owned (item);

      if (!owned->ready)
        continue;
      if (g_strcmp0 (owned->asset_id, asset_id) == 0)
        found = tracks->len;
      g_ptr_array_add (tracks, gm_track_maker_master (session, owned));
    }
  if (found == G_MAXUINT)
    return NULL;
  *start = found;
  return g_steal_pointer (&tracks);
}
