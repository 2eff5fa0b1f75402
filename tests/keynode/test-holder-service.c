/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keynode/holder-service.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "holder-scene.h"
#include "licenses/key-client.h"
#include "vault/credential.h"
#include "web/web-server.h"

/* The three holders, and a liar that may stand in for one of them. */
typedef struct
{
  HolderScene *set;
  GmWorld *world;     /* of the set */
  GPtrArray *holders; /* of the set */
  GmHttp *http;
  GmWebServer *liar;
  guint lie;
  gint asked; /* atomic */
} Scene;

static Scene *
scene_new (void)
{
  Scene *s = g_new0 (Scene, 1);

  s->set = holder_scene_new ();
  s->world = s->set->world;
  s->holders = s->set->holders;
  s->http = gm_http_new ("test");
  return s;
}

static void
scene_free (Scene *s)
{
  g_clear_pointer (&s->liar, gm_web_server_stop);
  gm_http_free (s->http);
  holder_scene_free (s->set);
  g_free (s);
}

static GmSecret *
fetch (Scene *s, GPtrArray **proofs, GPtrArray **liars, GError **error)
{
  GmKeyDelegate delegate = { .scope = s->world->order_id,
                             .session_key = s->world->session->address,
                             .expires_at = WORLD_NOW + 3600 };
  GmKeyQuery query = { .http = s->http,
                       .envelope = s->world->envelope,
                       .holders = s->holders,
                       .header = &s->world->header,
                       .attestation = s->world->license,
                       .order_id = s->world->order_id,
                       .delegate = &delegate,
                       .signer = s->world->session };

  g_assert_true (gm_key_delegate_sign (&delegate, WORLD_CHAIN, &s->world->issuer->address,
                                       s->world->buyer, NULL));
  return gm_key_client_fetch (&query, proofs, liars, NULL, error);
}

static void
test_fetch (void)
{
  Scene *s = scene_new ();
  g_autoptr (GPtrArray) proofs = NULL;
  g_autoptr (GPtrArray) liars = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSecret) key = fetch (s, &proofs, &liars, &error);

  g_assert_no_error (error);
  g_assert_true (gm_secret_equal (key, s->world->content_key));
  g_assert_cmpuint (proofs->len, ==, 2);
  g_assert_cmpuint (liars->len, ==, 0);
  for (guint i = 0; i < proofs->len; i++)
    {
      const GmKeyAnswer *proof = g_ptr_array_index (proofs, i);
      const GmKeyHolder *holder = g_ptr_array_index (s->world->holders, proof->index - 1);

      g_assert_true (gm_key_answer_verify (proof, &holder->sign_key, NULL));
    }
  scene_free (s);
}

static void
test_outage (void)
{
  for (guint down = 0; down < WORLD_HOLDERS; down++)
    {
      Scene *s = scene_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GmSecret) key = NULL;
      g_autoptr (GmSecret) none = NULL;

      g_clear_pointer (&s->set->services[down], gm_holder_service_stop);
      key = fetch (s, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (gm_secret_equal (key, s->world->content_key));

      g_clear_pointer (&s->set->services[(down + 1) % 3], gm_holder_service_stop);
      none = fetch (s, NULL, NULL, &error);
      g_assert_null (none);
      g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
      scene_free (s);
    }
}

static void
test_refused (void)
{
  Scene *s = scene_new ();
  g_autoptr (GError) error = NULL;

  holder_scene_revoke (s->set, WORLD_NOW, &s->world->license->uid);
  g_assert_null (fetch (s, NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "revoked"));
  g_clear_error (&error);

  holder_scene_revoke (s->set, WORLD_NOW - 24 * 3600 - 1, NULL);
  g_assert_null (fetch (s, NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "older than 24 hours"));
  scene_free (s);
}

/* Whoever may not ask costs the holder no fetching of lists. */
static void
test_stranger (void)
{
  Scene *s = scene_new ();
  GmKeyQuery query = { .http = s->http,
                       .envelope = s->world->envelope,
                       .holders = s->holders,
                       .header = &s->world->header,
                       .attestation = s->world->license,
                       .order_id = s->world->order_id };
  GmSigner forger = *s->world->session;
  g_autofree char *list = g_build_filename (s->set->folder, "revocations.json", NULL);
  g_autoptr (GError) error = NULL;

  forger.address = s->world->buyer->address; /* in the buyer's name, with another key */
  query.signer = &forger;
  g_assert_cmpint (g_remove (list), ==, 0);
  g_assert_null (gm_key_client_fetch (&query, NULL, NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "not signed by who asks"));
  g_assert_null (strstr (error->message, "revocation"));
  scene_free (s);
}

static GmReply *
lie_about_time (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "time", WORLD_NOW);
  return gm_reply_object (200, object);
}

/* Forwards to nobody: answers with a share of its own making, signed or not. */
static GmReply *
lie (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  Scene *s = request->context;
  g_autoptr (GmKeyAsk) ask = gm_key_ask_parse (request->body, error);
  g_autoptr (GmSecret) share = NULL;
  g_autoptr (GmKeyAnswer) answer = g_new0 (GmKeyAnswer, 1);
  g_autoptr (GBytes) message = NULL;

  g_atomic_int_inc (&s->asked);
  g_assert_nonnull (ask);
  share = gm_key_envelope_open_share (ask->envelope, 1, s->world->hpke_keys[0], NULL);
  gm_key_request_hash (&ask->request, WORLD_CHAIN, &s->world->issuer->address,
                       &answer->request_hash);
  answer->holder_id = g_strdup ("holder-1");
  answer->index = 1;
  answer->asset_id = ask->request.asset_id;
  answer->order_id = ask->request.order_id;
  answer->uid = ask->request.uid;
  answer->time = WORLD_NOW;
  if (s->lie == 0) /* another share */
    {
      gm_secret_unref (share);
      share = gm_secret_new_random (GM_KEY_SHARE_BYTES);
    }
  if (s->lie == 1) /* another request */
    answer->request_hash.b[0] ^= 1;
  if (s->lie == 2) /* sealed to somebody else */
    ask->request.response_key = s->world->recovery_public;
  if (s->lie == 4) /* in another's name */
    answer->index = 2;
  g_assert_true (gm_key_answer_seal (answer, &ask->request.response_key, share, NULL));
  message = gm_key_answer_signed_bytes (answer);
  g_assert_true (gm_credential_ed25519_sign (s->world->sign_seeds[s->lie == 3 ? 1 : 0],
                                             g_bytes_get_data (message, NULL),
                                             g_bytes_get_size (message), answer->signature, NULL));
  return gm_reply_object (200, gm_key_answer_to_json (answer));
}

static const GmRoute lies[] = {
  { .method = "GET", .path = "/status", .roles = GM_ROLE_ANYONE, .handler = lie_about_time },
  { .method = "POST",
    .path = "/v1/share",
    .roles = GM_ROLE_ANYONE,
    .handler = lie,
    .max_body = GM_KEY_REQUEST_MAX_BYTES },
};

static const char *const lie_words[] = {
  "its share is not the one it was given", "it answered another request",
  "its answer is not sealed to us",        "its signature does not fit its key",
  "it answered for another holder",
};

static void
test_liar (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lie_words); i++)
    {
      Scene *s = scene_new ();
      GmKeyHolder *first = g_ptr_array_index (s->holders, 0);
      g_autoptr (GPtrArray) named = NULL;
      g_autoptr (GmSecret) key = NULL;
      g_autoptr (GError) error = NULL;

      s->lie = i;
      s->liar = gm_web_server_start (
          &(GmWebConfig){ .routes = lies, .n_routes = G_N_ELEMENTS (lies), .context = s }, &error);
      g_assert_no_error (error);
      g_free (first->url);
      first->url = g_strdup_printf ("http://127.0.0.1:%u", gm_web_server_port (s->liar));

      key = fetch (s, NULL, &named, &error);
      g_assert_no_error (error);
      g_assert_true (gm_secret_equal (key, s->world->content_key));
      g_assert_cmpint (g_atomic_int_get (&s->asked), ==, 1);
      g_assert_cmpuint (named->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (named, 0), "“holder-1” lied"));
      g_assert_nonnull (strstr (g_ptr_array_index (named, 0), lie_words[i]));
      scene_free (s);
    }
}

/* Honest holders of an envelope for another file: the commitment notices. */
static void
test_other_file (void)
{
  Scene *s = scene_new ();
  g_autoptr (GError) error = NULL;

  s->world->header.b[95] ^= 1;
  g_assert_null (fetch (s, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "another file"));
  scene_free (s);
}

static void
test_cancelled (void)
{
  Scene *s = scene_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GmKeyQuery query = { .http = s->http,
                       .envelope = s->world->envelope,
                       .holders = s->holders,
                       .header = &s->world->header,
                       .attestation = s->world->license,
                       .order_id = s->world->order_id,
                       .signer = s->world->buyer };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (gm_key_client_fetch (&query, NULL, NULL, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  scene_free (s);
}

typedef struct
{
  GmSigner signer;
  GCancellable *cancellable;
} SlowSigner;

/* Cancels, and holds its thread until the timer that asks another holder is due (key-client.c). */
static gboolean
sign_slowly (const GmSigner *signer, const GmSignable *what, GmSignature *out, GError **error)
{
  const SlowSigner *self = signer->data;

  g_cancellable_cancel (self->cancellable);
  g_usleep (700 * 1000);
  return gm_fail (error, GM_ERROR_LOCKED, "the wallet is locked");
}

/* It used a worker that was gone. */
static void
test_over (void)
{
  Scene *s = scene_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SlowSigner slow = { { .address = s->world->buyer->address, .sign = sign_slowly }, cancellable };
  GmKeyQuery query = { .http = s->http,
                       .envelope = s->world->envelope,
                       .holders = s->holders,
                       .header = &s->world->header,
                       .attestation = s->world->license,
                       .order_id = s->world->order_id,
                       .signer = &slow.signer };
  g_autoptr (GError) error = NULL;

  slow.signer.data = &slow;
  g_assert_null (gm_key_client_fetch (&query, NULL, NULL, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  scene_free (s);
}

/* Raw HTTP: what is no request of ours is 400, and the status names the policy. */
static void
test_http (void)
{
  Scene *s = scene_new ();
  const GmKeyHolder *first = g_ptr_array_index (s->holders, 0);
  g_autofree char *share_url = g_strconcat (first->url, "/v1/share", NULL);
  g_autofree char *status_url = g_strconcat (first->url, "/status", NULL);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"v\":1}", 7);
  const GmHttpAsk post = {
    .method = "POST", .url = share_url, .content_type = "application/json", .body = body
  };
  const GmHttpAsk get = { .url = status_url };
  g_autoptr (GError) error = NULL;
  g_autoptr (GmHttpAnswer) answer = gm_http_send (s->http, &post, NULL, &error);
  g_autoptr (JsonObject) status = gm_http_send_json (s->http, &get, NULL, &error);
  GmHash key;

  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 400);
  g_assert_cmpstr (json_object_get_string_member (status, "holderId"), ==, "holder-1");
  g_assert_true (gm_json_hash_member (status, "hpkeKey", &key, NULL));
  g_assert_true (gm_hash_equal (&key, &first->hpke_key));
  g_assert_true (gm_json_hash_member (status, "policyHash", &key, NULL));
  scene_free (s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holder-service/two-of-three-make-the-key", test_fetch);
  g_test_add_func ("/holder-service/one-outage-is-survived", test_outage);
  g_test_add_func ("/holder-service/refusals-reach-the-buyer", test_refused);
  g_test_add_func ("/holder-service/strangers-cost-no-fetching", test_stranger);
  g_test_add_func ("/holder-service/a-liar-is-named-and-passed-over", test_liar);
  g_test_add_func ("/holder-service/an-envelope-of-another-file-is-noticed", test_other_file);
  g_test_add_func ("/holder-service/cancelling-ends-it", test_cancelled);
  g_test_add_func ("/holder-service/nobody-is-asked-when-it-is-over", test_over);
  g_test_add_func ("/holder-service/speaks-http", test_http);
  return g_test_run ();
}
