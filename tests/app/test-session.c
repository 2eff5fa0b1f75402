/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session.h"

#include <string.h>

#include "app/purchases.h"
#include "app/session-core.h"
#include "base/clock.h"
#include "base/error.h"
#include "customer.h"
#include "evm/siwe.h"
#include "license-world.h"
#include "market.h"

static Market *market;

static gboolean
get_flag (gpointer session, const char *name)
{
  gboolean value;

  g_object_get (session, name, &value, NULL);
  return value;
}

static gboolean
is_open (gpointer session)
{
  GmSessionState state;

  g_object_get (session, "state", &state, NULL);
  return state == GM_SESSION_OPEN;
}

static gboolean
has_error (gpointer session)
{
  g_autoptr (GError) error = NULL;

  g_object_get (session, "error", &error, NULL);
  return error != NULL;
}

static void
assert_error (GmSession *session, int code)
{
  g_autoptr (GError) error = NULL;

  g_object_get (session, "error", &error, NULL);
  g_assert_error (error, GM_ERROR, code);
}

/* Another start of the same installation, which knows its store. */
static GmSession *
start_again (const char *folder, GmSettings *settings)
{
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  g_autoptr (GError) error = NULL;
  GmSession *session = gm_session_new (data, cache, settings, &error);

  g_assert_no_error (error);
  gm_session_open (session);
  customer_wait (is_open, session);
  return session;
}

/* The demo store makes its first wallet an admin, and nobody else. */
static void
test_sign_in (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("gm-session-XXXXXX", NULL);
      Customer *customer = customer_new (folder, market->origin);

      g_assert_false (get_flag (customer->session, "signed-in"));
      g_assert_true (get_flag (customer->session, "test-money"));
      customer_open_wallet (customer);
      g_assert_cmpint (get_flag (customer->session, "is-admin"), ==, i == 0);
      customer_free (customer);
      gm_world_remove_folder (folder);
    }
}

static gboolean
is_signed_in (gpointer session)
{
  return get_flag (session, "signed-in");
}

typedef struct
{
  gboolean answered;
  int code; /* -1: none */
} Farewell;

static void
said_farewell (gpointer owner, gpointer result, const GError *error)
{
  Farewell *farewell = g_object_get_data (owner, "farewell");

  *farewell = (Farewell){ TRUE, error != NULL ? error->code : -1 };
}

static gboolean
is_said (gpointer farewell)
{
  return ((Farewell *) farewell)->answered;
}

/* The code of the error; -1: the store was told. */
static int
sign_out (GmSession *session)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  Farewell farewell = { 0 };

  g_object_set_data (owner, "farewell", &farewell);
  gm_session_sign_out (session, owner, said_farewell);
  g_assert_false (is_signed_in (session));
  g_assert_null (gm_store_client_dup_token (gm_session_get_core (session)->store));
  customer_wait (is_said, &farewell);
  return farewell.code;
}

static void
ignored (gpointer owner, gpointer result, const GError *error)
{
}

static gboolean
is_idle (gpointer session)
{
  return gm_worker_backlog (gm_session_get_core (session)->chain) == 0;
}

static gboolean
is_unlocked (gpointer account)
{
  return !gm_account_is_locked (account);
}

static void
unlock_again (GmSession *session)
{
  GmAccount *account = gm_session_get_account (session);
  g_autoptr (GmSecret) password = gm_secret_new_text (CUSTOMER_PASSWORD);

  gm_account_lock (account);
  gm_account_unlock (account, password, G_OBJECT (session), ignored);
  customer_wait (is_unlocked, account);
  customer_wait (is_idle, session);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
buy (GmSession *session, const GmAsset *asset)
{
  g_autoptr (GmBuyJob) job = gm_purchases_begin (session, asset);

  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  gm_buy_job_authorize (job);
  customer_wait_phase (job, GM_BUY_PHASE_DONE);
}

static void
test_sign_out (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-session-XXXXXX", NULL);
  Customer *customer = customer_new (folder, market->origin);
  GmSession *session = customer->session;
  g_autoptr (GmAsset) asset = customer_find (customer, market_title (0));
  g_autofree char *url = g_strconcat (market->origin, "/api/auth/session", NULL);
  g_autofree char *token = NULL;
  g_autoptr (JsonObject) known = NULL;
  g_autoptr (GError) error = NULL;

  customer_open_wallet (customer);
  token = gm_store_client_dup_token (gm_session_get_core (session)->store);
  known = gm_http_send_json (gm_session_get_core (session)->http,
                             &(GmHttpAsk){ .url = url, .token = token }, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sign_out (session), ==, -1);
  g_assert_null (gm_http_send_json (gm_session_get_core (session)->http,
                                    &(GmHttpAsk){ .url = url, .token = token }, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED); /* whoever has it now has nothing */

  g_assert_cmpint (sign_out (session), ==, -1); /* twice is once */
  unlock_again (session);
  g_assert_false (is_signed_in (session));
  gm_session_sign_in (session, G_OBJECT (session), ignored);
  g_assert_cmpint (sign_out (session), ==, -1); /* the one that was under way, too */
  customer_wait (is_idle, session);
  unlock_again (session);
  g_assert_false (is_signed_in (session));
  g_assert_null (gm_store_client_dup_token (gm_session_get_core (session)->store));

  gm_account_lock (gm_session_get_account (session));
  gm_session_sign_in (session, G_OBJECT (session), ignored); /* as soon as it can be */
  unlock_again (session);
  customer_wait (is_signed_in, session);
  sign_out (session);
  buy (session, asset);
  customer_wait (is_signed_in, session);

  market_stop (market);
  g_assert_cmpint (sign_out (session), ==, GM_ERROR_OFFLINE);
  customer_free (customer);
  market_start (market);
  gm_world_remove_folder (folder);
}

typedef struct
{
  GmSigner *signer;
  char *text;
  gboolean asked, done;
} Visit;

static gpointer
sign_text (gpointer input, GCancellable *cancellable, GError **error)
{
  Visit *visit = input;
  GmSignature signature;
  const GmSignable what = { GM_SIGNABLE_TEXT, .text = visit->text };

  return visit->signer->sign (visit->signer, &what, &signature, error) ? GM_WORKER_OK : NULL;
}

static void
text_signed (gpointer owner, gpointer result, const GError *error)
{
  ((Visit *) g_object_get_data (owner, "visit"))->done = TRUE;
}

static gboolean
is_done (gpointer visit)
{
  return ((Visit *) visit)->done;
}

static void
on_asked (Visit *visit)
{
  visit->asked = TRUE;
}

/* Its sign-in, that an open store gets without a question. */
static void
test_left_asks (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-session-XXXXXX", NULL);
  Customer *customer = customer_new (folder, market->origin);
  GmSession *session = customer->session;
  const GmSessionCore *core = gm_session_get_core (session);
  g_autofree char *expires = gm_clock_format_iso (gm_clock_now_ms () + 3600 * 1000);
  g_autofree char *now = gm_clock_format_iso (gm_clock_now_ms ());
  GmSiwe siwe = { .domain = strstr (market->origin, "://") + 3,
                  .uri = market->origin,
                  .chain_id = (gint64) core->descriptor->chain_id,
                  .nonce = (char *) "abcdefgh12",
                  .issued_at = now,
                  .expires_at = expires };
  Visit visit = { 0 };

  customer_open_wallet (customer);
  g_object_set_data (G_OBJECT (session), "visit", &visit);
  g_signal_connect_swapped (core->desk, "review", G_CALLBACK (on_asked), &visit);
  visit.signer = gm_signing_desk_signer_new (core->desk, NULL);
  siwe.address = visit.signer->address;
  visit.text = gm_siwe_compose (&siwe, NULL);
  for (guint left = 0; left < 2; left++)
    {
      visit.done = FALSE;
      gm_worker_run (core->chain, &(GmCall){ .owner = G_OBJECT (session),
                                             .work = sign_text,
                                             .input = &visit,
                                             .done = text_signed });
      customer_wait (is_done, &visit);
      g_assert_cmpint (visit.asked, ==, left == 1);
      gm_settings_set_store (gm_session_get_settings (session), "", "");
      gm_session_open (session);
    }
  gm_signing_desk_signer_free (visit.signer);
  g_free (visit.text);
  customer_free (customer);
  gm_world_remove_folder (folder);
}

static gboolean
is_listed (gpointer session)
{
  return g_list_model_get_n_items (gm_session_get_purchases (session)) == 1;
}

static gboolean
has_catalog (gpointer session)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gm_session_get_catalog (session))) > 0;
}

/* Without the store: what is owned, what was bought and what can be looked at are all here. */
static void
test_offline (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-session-XXXXXX", NULL);
  Customer *customer = customer_new (folder, market->origin);
  g_autoptr (GmAsset) asset = customer_find (customer, market_title (1));
  g_autoptr (GmSettings) settings = g_object_ref (customer->settings);
  GmBuyJob *job;
  GmSession *session;
  GmLibraryItem *item;

  customer_open_wallet (customer);
  job = gm_purchases_begin (customer->session, asset);
  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  gm_buy_job_authorize (job);
  customer_wait_phase (job, GM_BUY_PHASE_DONE);
  g_object_unref (job);
  customer_free (customer);

  market_stop (market);
  session = start_again (folder, settings);
  g_assert_true (gm_account_is_locked (gm_session_get_account (session)));
  item = gm_library_model_find (gm_session_get_library (session), asset->asset_id);
  g_assert_nonnull (item);
  g_assert_true (gm_library_item_get_owned (item)->ready);
  customer_wait (has_catalog, session);
  customer_wait (is_listed, session);
  job = g_list_model_get_item (gm_session_get_purchases (session), 0);
  g_assert_cmpint (gm_buy_job_get_phase (job), ==, GM_BUY_PHASE_DONE);
  g_object_unref (job);
  g_assert_finalize_object (session);
  market_start (market);
  gm_world_remove_folder (folder);
}

/* Somebody else answers at the address of the pinned store: nothing of theirs is used. */
static void
test_impostor (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-session-XXXXXX", NULL);
  Customer *customer = customer_new (folder, market->origin);
  g_autoptr (GmSettings) settings = g_object_ref (customer->settings);
  Market *other = g_new0 (Market, 1);
  GmSession *session;

  customer_free (customer);
  market_stop (market);
  other->folder = g_dir_make_tmp ("gm-market-XXXXXX", NULL);
  other->port = market->port;
  market_start (other);

  session = start_again (folder, settings);
  customer_wait (has_error, session);
  assert_error (session, GM_ERROR_DENIED);
  g_assert_finalize_object (session);
  market_free (other);
  market_start (market);
  gm_world_remove_folder (folder);
}

/* Only what is asked for as long as there is a store: the next changes. */
static gboolean
is_quiet (gpointer session)
{
  return gm_worker_backlog (gm_session_get_core (session)->io) <= 1;
}

/* A store that does not answer, given up for one that does: what comes of the first is dropped. */
static void
test_left (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-session-XXXXXX", NULL);
  Customer *customer = customer_new (folder, market->origin);
  g_autofree char *owner = gm_settings_dup_store_owner (customer->settings);
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);

  gm_settings_set_store (customer->settings, url, owner);
  gm_session_open (customer->session);
  gm_settings_set_store (customer->settings, market->origin, owner);
  gm_session_open (customer->session);
  customer_wait (is_open, customer->session);
  g_socket_listener_close (silent);
  customer_wait (is_quiet, customer->session);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_true (is_open (customer->session));
  g_assert_false (has_error (customer->session));
  customer_free (customer);
  gm_world_remove_folder (folder);
}

typedef struct
{
  gboolean answered;
  int code;
  char *fingerprint;
} Probe;

static void
probed (gpointer owner, gpointer result, const GError *error)
{
  Probe *probe = g_object_get_data (owner, "probe");
  const GmStoreOffer *offer = result;

  probe->answered = TRUE;
  probe->code = error != NULL ? error->code : -1;
  probe->fingerprint = offer != NULL ? g_strdup (offer->fingerprint) : NULL;
}

static gboolean
is_answered (gpointer data)
{
  return ((Probe *) data)->answered;
}

static void
test_probe (void)
{
  static const struct
  {
    const char *url; /* NULL: the store */
    int code;
  } cases[] = {
    { NULL, -1 },
    { "http://127.0.0.1:1", GM_ERROR_OFFLINE },
    { "http://music.example", GM_ERROR_BAD_DATA }, /* no TLS, not this machine */
    { "not an address", GM_ERROR_BAD_DATA },
  };
  g_autofree char *folder = g_dir_make_tmp ("gm-session-XXXXXX", NULL);
  g_autoptr (GmSettings) settings = gm_settings_new ();
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  GmSession *session = gm_session_new (data, cache, settings, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
      Probe probe = { 0 };

      g_object_set_data (owner, "probe", &probe);
      gm_session_probe (session, cases[i].url != NULL ? cases[i].url : market->origin, owner,
                        probed);
      customer_wait (is_answered, &probe);
      g_assert_cmpint (probe.code, ==, cases[i].code);
      g_assert_cmpint (probe.fingerprint != NULL, ==, cases[i].code == -1);
      g_free (probe.fingerprint);
    }
  g_assert_finalize_object (session);
  gm_world_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  market = market_new ();
  g_test_add_func ("/session/the-first-wallet-of-a-demo-store-may-publish", test_sign_in);
  g_test_add_func ("/session/who-signs-out-is-out-until-signing-in", test_sign_out);
  g_test_add_func ("/session/everything-owned-is-there-without-the-store", test_offline);
  g_test_add_func ("/session/another-owner-is-not-trusted", test_impostor);
  g_test_add_func ("/session/what-comes-of-a-store-that-was-left-is-dropped", test_left);
  g_test_add_func ("/session/a-store-that-was-left-asks-like-others", test_left_asks);
  g_test_add_func ("/session/an-address-says-who-it-is", test_probe);
  result = g_test_run ();
  market_free (market);
  return result;
}
