/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/away.h"
#include "app/enum-type.h"
#include "app/purchases.h"
#include "app/relay.h"
#include "app/session-core.h"
#include "app/sign-in.h"
#include "app/store-file.h"
#include "app/store-opening.h"
#include "base/error.h"
#include "catalog/catalog-db.h"

static const GEnumValue states[] = {
  { GM_SESSION_NO_STORE, "GM_SESSION_NO_STORE", "no-store" },
  { GM_SESSION_OPENING, "GM_SESSION_OPENING", "opening" },
  { GM_SESSION_OPEN, "GM_SESSION_OPEN", "open" },
  { GM_SESSION_FAILED, "GM_SESSION_FAILED", "failed" },
  { 0 },
};
GM_DEFINE_ENUM_TYPE ("GmSessionState", gm_session_state_get_type, states)

struct _GmSession
{
  GObject parent;
  GmSessionCore core;
  char *data;  /* folder */
  char *cache; /* folder */
  GmSettings *settings;
  GmAccount *account;
  GmAway *away; /* locks it */
  GmActivity *activity;
  GmAssetMarks *marks;
  GmCatalogModel *catalog;
  GmLibraryModel *library;
  GmSyncJob *sync;       /* (nullable) */
  GListStore *purchases; /* of GmBuyJob */
  GPtrArray *opened;     /* of GmOpenedStore: every one of this session, the open one last */
  GObject *visit; /* (nullable) owns what is asked of a store: leaving it drops the answers */
  GmSessionState state;
  GError *error;
  gboolean signed_in;
  gboolean is_admin;
  gboolean is_left; /* signed out by a person: not by itself again */
  GQueue askers;    /* who waits for signing in, see relay.h */
};

G_DEFINE_FINAL_TYPE (GmSession, gm_session, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_STORE_NAME,
  PROP_STORE_URL,
  PROP_FINGERPRINT,
  PROP_TEST_MONEY,
  PROP_SIGNED_IN,
  PROP_IS_ADMIN,
  PROP_ERROR,
  PROP_ACCOUNT,
  PROP_SETTINGS,
  PROP_SYNC,
  PROP_LIBRARY,
  PROP_CATALOG,
  PROP_MARKS,
  PROP_SIGNING_DESK,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];
static guint store_changed_signal;

static void
get_store_property (GmSession *self, guint id, GValue *value)
{
  const GmDescriptor *descriptor = self->core.descriptor;

  if (id == PROP_STORE_NAME)
    g_value_set_string (value, descriptor != NULL ? descriptor->name : NULL);
  else if (id == PROP_FINGERPRINT)
    g_value_take_string (value,
                         descriptor != NULL ? gm_descriptor_dup_fingerprint (descriptor) : NULL);
  else if (id == PROP_STORE_URL)
    g_value_set_string (value, self->core.store != NULL ? gm_store_client_origin (self->core.store)
                                                        : NULL);
  else
    g_value_set_boolean (value, descriptor != NULL && gm_descriptor_is_local (descriptor));
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmSession *self = GM_SESSION (object);

  switch (id)
    {
    case PROP_STATE: g_value_set_enum (value, (gint) self->state); break;
    case PROP_STORE_NAME:
    case PROP_STORE_URL:
    case PROP_FINGERPRINT:
    case PROP_TEST_MONEY: get_store_property (self, id, value); break;
    case PROP_SIGNED_IN: g_value_set_boolean (value, self->signed_in); break;
    case PROP_IS_ADMIN: g_value_set_boolean (value, self->is_admin); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    case PROP_ACCOUNT: g_value_set_object (value, self->account); break;
    case PROP_SETTINGS: g_value_set_object (value, self->settings); break;
    case PROP_SYNC: g_value_set_object (value, self->sync); break;
    case PROP_LIBRARY: g_value_set_object (value, self->library); break;
    case PROP_CATALOG: g_value_set_object (value, self->catalog); break;
    case PROP_MARKS: g_value_set_object (value, self->marks); break;
    case PROP_SIGNING_DESK: g_value_set_object (value, self->core.desk); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
notify (GmSession *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_state (GmSession *self, GmSessionState state, const GError *error)
{
  if (error != NULL || self->error != NULL)
    {
      g_clear_error (&self->error);
      self->error = error != NULL ? g_error_copy (error) : NULL;
      notify (self, PROP_ERROR);
    }
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_signed_in (GmSession *self, gboolean signed_in, gboolean is_admin)
{
  if (self->signed_in != signed_in)
    {
      self->signed_in = signed_in;
      notify (self, PROP_SIGNED_IN);
    }
  if (self->is_admin != is_admin)
    {
      self->is_admin = is_admin;
      notify (self, PROP_IS_ADMIN);
    }
}

/* The store is back: what stopped for want of it goes on. */
static void
on_sync_state (GmSession *self)
{
  if (gm_sync_job_get_state (self->sync) == GM_SYNC_CURRENT)
    gm_purchases_continue (self, GM_ERROR_OFFLINE);
}

static void
start_sync (GmSession *self)
{
  const GmOpenedStore *store = self->opened->pdata[self->opened->len - 1];

  self->sync = gm_sync_job_new (self->core.io, self->core.http,
                                gm_store_client_origin (store->client), store->cache);
  g_signal_connect_object (self->sync, "updated", G_CALLBACK (gm_catalog_model_refresh),
                           self->catalog, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "notify::state", G_CALLBACK (on_sync_state), self,
                           G_CONNECT_SWAPPED);
  gm_sync_job_start (self->sync);
  notify (self, PROP_SYNC);
  g_signal_emit (self, store_changed_signal, 0);
}

static GmSession *
session_of (gpointer visit)
{
  return g_object_get_data (visit, "session");
}

static void
cache_checked (gpointer owner, gpointer result, const GError *error)
{
  GmSession *self = session_of (owner);
  const GmOpenedStore *store = self->opened->pdata[self->opened->len - 1];

  if (result == NULL)
    {
      g_autoptr (GmSql) fresh = NULL;

      gm_catalog_model_set_cache (self->catalog, NULL, NULL);
      fresh = gm_catalog_db_open (store->cache, NULL);
      gm_catalog_model_set_cache (self->catalog, store->cache, NULL);
    }
  if (self->sync == NULL)
    start_sync (self);
}

static void
store_renewed (gpointer owner, gpointer result, const GError *error)
{
  GmSession *self = session_of (owner);

  /* another owner or other keys at this address: nothing of theirs is used until a person decided
   */
  if (gm_error_is (error, GM_ERROR_DENIED) || gm_error_is (error, GM_ERROR_CONFLICT))
    {
      if (self->sync != NULL)
        gm_sync_job_stop (self->sync);
      set_state (self, GM_SESSION_OPEN, error);
    }
}

static GmStoreOpening *
opening_new (GmSession *self, const char *url, const char *owner)
{
  GmStoreOpening *opening = g_new0 (GmStoreOpening, 1);

  opening->http = self->core.http;
  opening->url = g_strdup (url);
  opening->owner = g_strdup (owner);
  opening->data = g_strdup (self->data);
  opening->cache = g_strdup (self->cache);
  return opening;
}

static void
run_opening (GmSession *self, GmStoreOpening *take, GmWork work, GmDone done, GDestroyNotify free)
{
  gm_worker_run (self->core.io, &(GmCall){ .owner = self->visit,
                                           .work = work,
                                           .input = take,
                                           .free_input = gm_store_opening_free,
                                           .free_result = free,
                                           .done = done });
}

/* Nobody asked: a screen shows "signed-in", and its button says why it does not work. */
static void
visit_noted (gpointer owner, gpointer result, const GError *error)
{
  if (error != NULL)
    g_debug ("sign in or out: %s", error->message);
}

/* A new wallet too is unlocked: it is signed in at once. */
static void
on_unlocked (GmSession *self)
{
  if (self->core.store != NULL && !self->is_left)
    gm_session_sign_in (self, G_OBJECT (self), visit_noted);
  gm_purchases_continue (self, GM_ERROR_LOCKED);
}

static void
use_store (GmSession *self, GmOpenedStore *take)
{
  g_autofree char *owner = gm_settings_dup_store_owner (self->settings);

  g_ptr_array_add (self->opened, take);
  self->core.store = take->client;
  self->core.descriptor = take->descriptor;
  gm_signing_desk_set_store (self->core.desk, take->descriptor,
                             gm_store_client_origin (take->client));
  self->is_left = FALSE;
  set_signed_in (self, FALSE, FALSE);
  gm_catalog_model_set_cache (self->catalog, take->cache, NULL);
  set_state (self, GM_SESSION_OPEN, NULL);
  notify (self, PROP_STORE_NAME);
  notify (self, PROP_STORE_URL);
  notify (self, PROP_FINGERPRINT);
  notify (self, PROP_TEST_MONEY);

  if (take->was_unclean)
    gm_worker_run (self->core.io, &(GmCall){ .owner = self->visit,
                                             .work = gm_store_opening_check,
                                             .input = g_strdup (take->cache),
                                             .free_input = g_free,
                                             .done = cache_checked });
  else
    start_sync (self);
  if (take->from_file)
    run_opening (self, opening_new (self, gm_store_client_origin (take->client), owner),
                 gm_store_opening_renew, store_renewed, NULL);
  if (!gm_account_is_locked (self->account))
    gm_session_sign_in (self, G_OBJECT (self), visit_noted);
  gm_purchases_continue (self, GM_ERROR_OFFLINE);
}

static GmOpenedStore *
copy_opened (const GmOpenedStore *from)
{
  GmOpenedStore *copy = g_memdup2 (from, sizeof *from);

  return copy;
}

static void
store_opened (gpointer owner, gpointer result, const GError *error)
{
  GmSession *self = session_of (owner);
  GmOpenedStore *opened = result;
  GmOpenedStore *taken;

  if (opened == NULL)
    {
      set_state (self, GM_SESSION_FAILED, error);
      return;
    }
  taken = copy_opened (opened);
  *opened = (GmOpenedStore){ 0 }; /* the result is freed after this */
  use_store (self, taken);
}

static void
close_store (GmSession *self)
{
  g_clear_object (&self->visit);
  if (self->sync != NULL)
    gm_sync_job_stop (self->sync);
  g_clear_object (&self->sync);
  gm_catalog_model_set_cache (self->catalog, NULL, NULL);
  gm_signing_desk_set_store (self->core.desk, NULL, NULL);
  self->core.store = NULL;
  self->core.descriptor = NULL;
}

void
gm_session_open (GmSession *self)
{
  g_autofree char *url = gm_settings_dup_store_url (self->settings);
  g_autofree char *owner = gm_settings_dup_store_owner (self->settings);

  close_store (self);
  if (url == NULL || *url == '\0' || owner == NULL || *owner == '\0')
    {
      set_state (self, GM_SESSION_NO_STORE, NULL);
      return;
    }
  self->visit = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (self->visit, "session", self);
  set_state (self, GM_SESSION_OPENING, NULL);
  run_opening (self, opening_new (self, url, owner), gm_store_opening_run, store_opened,
               gm_opened_store_free);
}

void
gm_session_probe (GmSession *self, const char *url, GObject *owner, GmDone done)
{
  gm_worker_run (self->core.io, &(GmCall){ .owner = owner,
                                           .work = gm_store_opening_probe,
                                           .input = opening_new (self, url, NULL),
                                           .free_input = gm_store_opening_free,
                                           .free_result = (GDestroyNotify) gm_store_offer_free,
                                           .done = done });
}

void
gm_session_add_store (GmSession *self, const GmStoreOffer *offer)
{
  if (offer->is_changed)
    gm_store_file_forget (self->data, offer->url);
  gm_settings_set_store (self->settings, offer->url, offer->owner);
  gm_session_open (self);
}

static void
signed_in (gpointer owner, gpointer result, const GError *error)
{
  GmSession *self = owner;
  const GmSignedIn *answer = result;
  const gboolean is_here = answer != NULL && answer->store == self->core.store;

  if (is_here && self->is_left) /* meanwhile */
    gm_sign_in_end (&self->core, G_OBJECT (self), visit_noted);
  else if (is_here)
    set_signed_in (self, TRUE, answer->may_publish);
  gm_relay_answer (&self->askers, result != NULL ? GM_WORKER_OK : NULL, error);
}

void
gm_session_sign_in (GmSession *self, GObject *owner, GmDone done)
{
  g_return_if_fail (self->core.store != NULL); /* a screen that offers it shows an open store */

  self->is_left = FALSE;
  gm_relay_push (&self->askers, owner, done);
  gm_sign_in_begin (&self->core, G_OBJECT (self), signed_in);
}

void
gm_session_sign_out (GmSession *self, GObject *owner, GmDone done)
{
  g_return_if_fail (self->core.store != NULL);

  self->is_left = TRUE;
  set_signed_in (self, FALSE, FALSE);
  gm_sign_in_end (&self->core, owner, done);
}

const GmSessionCore *
gm_session_get_core (GmSession *self)
{
  return &self->core;
}

GListModel *
gm_session_get_purchases (GmSession *self)
{
  return G_LIST_MODEL (self->purchases);
}

GmAccount *
gm_session_get_account (GmSession *self)
{
  return self->account;
}

GmSigningDesk *
gm_session_get_desk (GmSession *self)
{
  return self->core.desk;
}

GmActivity *
gm_session_get_activity (GmSession *self)
{
  return self->activity;
}

GmCatalogModel *
gm_session_get_catalog (GmSession *self)
{
  return self->catalog;
}

GmLibraryModel *
gm_session_get_library (GmSession *self)
{
  return self->library;
}

GmAssetMarks *
gm_session_get_marks (GmSession *self)
{
  return self->marks;
}

GmSettings *
gm_session_get_settings (GmSession *self)
{
  return self->settings;
}

GmSyncJob *
gm_session_get_sync (GmSession *self)
{
  return self->sync;
}

static void
dispose (GObject *object)
{
  GmSession *self = GM_SESSION (object);

  g_clear_object (&self->visit);
  if (self->sync != NULL)
    gm_sync_job_stop (self->sync);
  g_clear_object (&self->sync);
  g_clear_object (&self->purchases);
  g_clear_object (&self->catalog);
  g_clear_object (&self->library);
  g_clear_object (&self->away);
  if (self->core.desk != NULL)
    gm_signing_desk_close (self->core.desk);
  g_clear_object (&self->activity);
  g_clear_object (&self->account);
  G_OBJECT_CLASS (gm_session_parent_class)->dispose (object);
}

/* Workers first: what they still do uses the rest. */
static void
finalize (GObject *object)
{
  GmSession *self = GM_SESSION (object);

  gm_session_core_stop (&self->core);
  g_clear_object (&self->core.desk);
  g_clear_pointer (&self->opened, g_ptr_array_unref);
  gm_session_core_clear (&self->core);
  gm_relay_clear (&self->askers);
  g_clear_object (&self->marks);
  g_clear_object (&self->settings);
  g_clear_error (&self->error);
  g_free (self->data);
  g_free (self->cache);
  G_OBJECT_CLASS (gm_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const struct
  {
    guint id;
    const char *name;
  } texts[] = { { PROP_STORE_NAME, "store-name" },
                { PROP_STORE_URL, "store-url" },
                { PROP_FINGERPRINT, "fingerprint" } },
    flags_of[] = { { PROP_TEST_MONEY, "test-money" },
                   { PROP_SIGNED_IN, "signed-in" },
                   { PROP_IS_ADMIN, "is-admin" } };
  const struct
  {
    guint id;
    const char *name;
    GType type;
  } objects[] = { { PROP_ACCOUNT, "account", GM_TYPE_ACCOUNT },
                  { PROP_SETTINGS, "settings", GM_TYPE_SETTINGS },
                  { PROP_SYNC, "sync", GM_TYPE_SYNC_JOB },
                  { PROP_LIBRARY, "library", GM_TYPE_LIBRARY_MODEL },
                  { PROP_CATALOG, "catalog", GM_TYPE_CATALOG_MODEL },
                  { PROP_MARKS, "marks", GM_TYPE_ASSET_MARKS },
                  { PROP_SIGNING_DESK, "signing-desk", GM_TYPE_SIGNING_DESK } };

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, GM_TYPE_SESSION_STATE,
                                              GM_SESSION_NO_STORE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    properties[texts[i].id] = g_param_spec_string (texts[i].name, NULL, NULL, NULL, flags);
  for (guint i = 0; i < G_N_ELEMENTS (flags_of); i++)
    properties[flags_of[i].id] = g_param_spec_boolean (flags_of[i].name, NULL, NULL, FALSE, flags);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    properties[objects[i].id] = g_param_spec_object (objects[i].name, NULL, NULL, objects[i].type,
                                                     flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_session_class_init (GmSessionClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->get_property = get_property;
  object->dispose = dispose;
  object->finalize = finalize;
  install_properties (object);
  store_changed_signal = g_signal_new ("store-changed", GM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
gm_session_init (GmSession *self)
{
  g_queue_init (&self->askers);
  self->opened = g_ptr_array_new_with_free_func (gm_opened_store_free);
  self->purchases = g_list_store_new (GM_TYPE_BUY_JOB);
}

GmSession *
gm_session_new (const char *data, const char *cache, GmSettings *settings, GError **error)
{
  g_autoptr (GmSession) self = g_object_new (GM_TYPE_SESSION, NULL);
  g_autofree char *keystore = NULL;

  self->settings = g_object_ref (settings);
  self->marks = gm_asset_marks_new ();
  self->data = data != NULL ? g_strdup (data)
                            : g_build_filename (g_get_user_data_dir (), "gotmusic", NULL);
  self->cache = cache != NULL ? g_strdup (cache)
                              : g_build_filename (g_get_user_cache_dir (), "gotmusic", NULL);
  if (!gm_session_core_start (&self->core, self->data, self->cache, error))
    return NULL;

  keystore = g_build_filename (self->data, "keystore.json", NULL);
  self->account = gm_account_new (self->core.vault, keystore, error);
  if (self->account == NULL)
    return NULL;
  self->core.desk = gm_signing_desk_new (self->account);
  gm_signing_desk_follow (self->core.desk, settings);
  g_signal_connect_object (self->account, "unlocked", G_CALLBACK (on_unlocked), self,
                           G_CONNECT_SWAPPED);
  self->away = gm_away_new (self->core.io);
  g_signal_connect_object (self->away, "away", G_CALLBACK (gm_account_lock), self->account,
                           G_CONNECT_SWAPPED);
  self->activity = gm_activity_new (
      &(GmActivityParts){ self->core.db, self->core.chain, self->core.io, self->core.http,
                          self->core.ledger, self->account, self->core.desk, settings });
  self->catalog = gm_catalog_model_new (self->core.db, self->marks);
  self->library = gm_library_model_new (self->core.db, self->core.ledger, self->marks);
  gm_purchases_load (self);
  return g_steal_pointer (&self);
}
