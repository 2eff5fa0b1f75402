/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "customer.h"

#include "app/session-core.h"
#include "base/error.h"
#include "payments/buy.h"
#include "payments/journal.h"
#include "storage/cipher.h"
#include "vault/sealed.h"

#define PATIENCE_S 60

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
comes_true (CustomerCondition condition, gpointer data)
{
  gboolean late = FALSE;
  const guint timer = g_timeout_add_seconds (PATIENCE_S, on_late, &late);

  while (!condition (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  return condition (data);
}

void
customer_wait_for (const char *what, CustomerCondition condition, gpointer data)
{
  if (!comes_true (condition, data))
    g_error ("it never came: %s", what);
}

typedef struct
{
  GmBuyJob *job;
  GmBuyPhase phase;
} Awaited;

static gboolean
is_in_phase (gpointer data)
{
  const Awaited *awaited = data;

  return gm_buy_job_get_phase (awaited->job) == awaited->phase;
}

void
customer_wait_phase (GmBuyJob *job, GmBuyPhase phase)
{
  const GError *error;

  if (comes_true (is_in_phase, &(Awaited){ job, phase }))
    return;
  error = gm_buy_job_get_error (job);
  g_error ("the purchase is in phase %d, not in %d: %s", gm_buy_job_get_phase (job), phase,
           error != NULL ? error->message : "no error");
}

static void
probed (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
  gm_session_add_store (owner, result);
}

static gboolean
has_catalog (gpointer session)
{
  GmSyncJob *sync = gm_session_get_sync (session);
  GmSessionState state;

  g_object_get (session, "state", &state, NULL);
  return state == GM_SESSION_OPEN && sync != NULL &&
         gm_sync_job_get_state (sync) == GM_SYNC_CURRENT &&
         g_list_model_get_n_items (G_LIST_MODEL (gm_session_get_catalog (session))) > 0;
}

static void
wait_for_catalog (GmSession *session)
{
  GListModel *catalog = G_LIST_MODEL (gm_session_get_catalog (session));
  g_autoptr (GError) session_error = NULL;
  g_autoptr (GError) sync_error = NULL;
  g_autoptr (GError) catalog_error = NULL;
  GmSyncJob *sync;
  GmSessionState state;

  if (comes_true (has_catalog, session))
    return;
  sync = gm_session_get_sync (session);
  g_object_get (session, "state", &state, "error", &session_error, NULL);
  g_object_get (catalog, "error", &catalog_error, NULL);
  if (sync != NULL)
    g_object_get (sync, "error", &sync_error, NULL);
  g_error ("no catalog came: store %d (%s), sync %d (%s), %u assets (%s)", state,
           session_error != NULL ? session_error->message : "-",
           sync != NULL ? (int) gm_sync_job_get_state (sync) : -1,
           sync_error != NULL ? sync_error->message : "-", g_list_model_get_n_items (catalog),
           catalog_error != NULL ? catalog_error->message : "-");
}

/* The customer signs what it is shown, unless a test answers instead. */
static void
on_review (Customer *self, GmReview *review)
{
  if (!self->is_undecided)
    gm_signing_desk_answer (gm_session_get_desk (self->session), review, TRUE);
}

Customer *
customer_new (const char *folder, const char *origin)
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };
  Customer *self = g_new0 (Customer, 1);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  g_autoptr (GError) error = NULL;

  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS"); /* the library key stays in the folder */
  gm_sealed_set_cost_for_test (&cheap);
  self->folder = g_strdup (folder);
  self->settings = gm_settings_new ();
  self->session = gm_session_new (data, cache, self->settings, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (gm_session_get_desk (self->session), "review", G_CALLBACK (on_review),
                            self);
  gm_session_probe (self->session, origin, G_OBJECT (self->session), probed);
  wait_for_catalog (self->session);
  return self;
}

void
customer_free (Customer *self)
{
  g_assert_finalize_object (self->session);
  g_object_unref (self->settings);
  g_free (self->folder);
  g_free (self);
}

static void
opened (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
}

static gboolean
is_signed_in (gpointer session)
{
  gboolean signed_in;

  g_object_get (session, "signed-in", &signed_in, NULL);
  return signed_in && !gm_account_is_locked (gm_session_get_account (session));
}

void
customer_open_wallet (Customer *self)
{
  GmAccount *account = gm_session_get_account (self->session);
  g_autoptr (GmSecret) password = gm_secret_new_text (CUSTOMER_PASSWORD);
  g_autoptr (GError) error = NULL;

  if (gm_account_has_wallet (account))
    gm_account_unlock (account, password, G_OBJECT (self->session), opened);
  else
    {
      g_autoptr (GmSecret) words = gm_account_make_words (12, &error);

      g_assert_no_error (error);
      gm_account_create (account, words, password, G_OBJECT (self->session), opened);
    }
  customer_wait (is_signed_in, self->session);
}

GmAsset *
customer_find (Customer *self, const char *title)
{
  GListModel *catalog = G_LIST_MODEL (gm_session_get_catalog (self->session));
  const guint n = g_list_model_get_n_items (catalog);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmAssetItem) item = g_list_model_get_item (catalog, i);
      const GmAsset *asset = gm_asset_item_get_asset (item);

      if (g_ascii_strcasecmp (asset->title, title) == 0)
        return gm_record_copy (&gm_asset_type, asset);
    }
  g_assert_not_reached ();
}

static guint
count_at_store (Customer *self, const char *path)
{
  const GmSessionCore *core = gm_session_get_core (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = gm_store_client_get (core->store, path, NULL, &error);

  g_assert_no_error (error);
  return json_array_get_length (json_object_get_array_member (answer, "items"));
}

/* From the ledger and the folder alone, to the last byte. */
static void
assert_plays (const GmSessionCore *core, GmSql *ledger, const char *asset_id, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSecret) library_key = gm_library_key_get (core->library_key, NULL, &error);
  g_autoptr (GmOwned) owned = gm_license_db_find_owned (ledger, asset_id, &error);
  g_autofree char *master = NULL;
  g_autofree char *original = NULL;
  g_autofree guint8 *music = NULL;
  g_autoptr (GmSecret) key = NULL;
  g_autoptr (GmCipher) cipher = NULL;
  gsize length;

  g_assert_no_error (error);
  g_assert_true (owned->ready);
  g_assert_true (g_file_get_contents (path, &original, &length, NULL));
  key = gm_license_db_key (ledger, owned->master_cid, library_key, &error);
  g_assert_no_error (error);
  master = gm_buy_master_path (core->masters, owned->master_cid);
  cipher = gm_cipher_open_file (master, key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gm_cipher_length (cipher), ==, length);
  music = g_malloc (length);
  for (gsize at = 0; at < length;)
    {
      gssize n = gm_cipher_read (cipher, at, music + at, length - at, &error);

      g_assert_no_error (error);
      g_assert_cmpint (n, >, 0);
      at += (gsize) n;
    }
  g_assert_cmpmem (music, length, original, length);
}

void
customer_assert_owns (Customer *self, const char *asset_id, const char *path)
{
  const GmSessionCore *core = gm_session_get_core (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSql) ledger = gm_license_db_open (core->ledger, &error);
  g_autoptr (GPtrArray) purchases = ledger != NULL ? gm_journal_list (ledger, &error) : NULL;
  g_autoptr (GPtrArray) licenses = purchases != NULL ? gm_license_db_list (ledger, &error) : NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (purchases->len, ==, 1);
  g_assert_cmpuint (licenses->len, ==, 1);
  g_assert_cmpuint (count_at_store (self, "/api/orders"), ==, 1);
  g_assert_cmpuint (count_at_store (self, "/api/licenses"), ==, 1);
  assert_plays (core, ledger, asset_id, path);
}
