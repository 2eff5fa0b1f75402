/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-scene.h"

#include <glib/gstdio.h>

#include "app/session-core.h"
#include "storage/cipher.h"

#define PATIENCE_S 10

SessionScene *
session_scene_new (void)
{
  SessionScene *self = g_new0 (SessionScene, 1);
  g_autofree char *data = NULL;
  g_autofree char *cache = NULL;
  g_autoptr (GError) error = NULL;

  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS"); /* the library key stays in the folder */
  self->folder = g_dir_make_tmp ("gotmusic-session-XXXXXX", &error);
  g_assert_no_error (error);
  data = g_build_filename (self->folder, "data", NULL);
  cache = g_build_filename (self->folder, "cache", NULL);
  self->settings = gm_settings_new ();
  self->session = gm_session_new (data, cache, self->settings, &error);
  g_assert_no_error (error);
  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
session_scene_free (SessionScene *self)
{
  g_assert_finalize_object (self->session);
  g_object_unref (self->settings);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self);
}

char *
session_scene_dup_asset_id (guint n)
{
  return g_strdup_printf ("0x%064x", n);
}

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
session_scene_wait (SessionCondition condition, gpointer data)
{
  gboolean late = FALSE;
  const guint timer = g_timeout_add_seconds (PATIENCE_S, on_late, &late);

  while (!condition (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  g_assert_true (condition (data));
}

typedef struct
{
  GmLibraryModel *library;
  const char *asset_id;
} Wanted;

static gboolean
is_listed (gpointer data)
{
  const Wanted *wanted = data;

  return gm_library_model_find (wanted->library, wanted->asset_id) != NULL;
}

void
session_scene_own (SessionScene *self, guint n, const char *plain)
{
  const GmSessionCore *core = gm_session_get_core (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSql) ledger = gm_license_db_open (core->ledger, &error);
  g_autoptr (GmSecret) library_key = gm_library_key_get (core->library_key, NULL, &error);
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  g_autoptr (GBytes) content = g_bytes_new (plain, strlen (plain));
  g_autoptr (GBytes) stored = NULL;
  g_autofree char *asset_id = session_scene_dup_asset_id (n);
  g_autofree char *cid = g_strdup_printf ("bafkrei%04u", n);
  g_autofree char *name = g_strconcat (cid, ".gma1", NULL);
  g_autofree char *path = g_build_filename (core->masters, name, NULL);
  g_autofree char *title = g_strdup_printf ("Piece %u", n);
  GmOwned owned = { .order_id = asset_id,
                    .store = (char *) "0123456789abcdef",
                    .asset = (char *) "01M891GFPS47RP2AFJK1FREKCA",
                    .asset_id = asset_id,
                    .title = title,
                    .artist = (char *) "Mira Solano",
                    .mime = (char *) "audio/flac",
                    .master_cid = cid,
                    .duration_ms = 1000 * n,
                    .ready = TRUE,
                    .bought_at = n };
  GmLicense license = { .order_id = asset_id,
                        .uid = asset_id,
                        .asset_id = asset_id,
                        .asset = owned.asset,
                        .asset_version = 1,
                        .buyer = (char *) "0x0000000000000000000000000000000000000001",
                        .seller = (char *) "0x0000000000000000000000000000000000000002",
                        .manifest_hash = asset_id,
                        .license_hash = asset_id,
                        .kind = (char *) "standard",
                        .currency = (char *) "USDC",
                        .issued_at = 1,
                        .attestation = (char *) "{}" };
  Wanted wanted = { gm_session_get_library (self->session), asset_id };

  g_assert_no_error (error);
  gm_cipher_encrypt_bytes (content, key, NULL, &stored, &error);
  g_assert_no_error (error);
  owned.master_bytes = (gint64) g_bytes_get_size (stored);
  g_file_set_contents (path, g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored),
                       &error);
  g_assert_no_error (error);
  gm_license_db_put_key (ledger, cid, key, library_key, &error);
  g_assert_no_error (error);
  gm_license_db_put (ledger, &license, &error);
  g_assert_no_error (error);
  gm_license_db_put_owned (ledger, &owned, &error);
  g_assert_no_error (error);
  gm_library_model_refresh (wanted.library);
  session_scene_wait (is_listed, &wanted);
}
