/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/key-client.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/worker.h"
#include "crypto/hpke.h"
#include "crypto/shamir.h"
#include "licenses/wire.h"

#define HEDGE_MS      500 /* then another holder is asked as well */
#define TIMEOUT_S     10
#define MAX_STATUS    16384
#define HOLDER_LIFE_S 240 /* of a request, within GM_KEY_REQUEST_LIFE_S */

/* One holder, on its thread. Everything is borrowed from the query, which outlives the threads. */
typedef struct
{
  const GmKeyQuery *query;
  const GmSealedShare *share;
  const char *url;
} Errand;

typedef struct
{
  GmKeyAnswer *answer;
  GmSecret *share;
  char *lie; /* (nullable) then the two above are NULL */
} Found;

typedef struct
{
  const GmKeyQuery *query;
  GmWorker *worker;
  GObject *owner;   /* its end cancels what is under way */
  GPtrArray *found; /* of Found, without lies */
  GPtrArray *liars; /* of text */
  GString *refusals;
  guint next; /* share to ask next */
  guint under_way;
  gboolean refused; /* somebody said no, rather than nothing */
  gboolean cancelled;
} Gathering;

static void
found_free (Found *found)
{
  g_clear_pointer (&found->answer, gm_key_answer_free);
  g_clear_pointer (&found->share, gm_secret_unref);
  g_free (found->lie);
  g_free (found);
}

static gboolean
fetch_time (const Errand *errand, gint64 *now_unix, GCancellable *cancellable, GError **error)
{
  g_autofree char *url = g_strconcat (errand->url, "/status", NULL);
  const GmHttpAsk ask = { .url = url, .max_bytes = MAX_STATUS, .timeout_s = TIMEOUT_S };
  g_autoptr (JsonObject) status = gm_http_send_json (errand->query->http, &ask, cancellable, error);

  return status != NULL && gm_wire_count (status, "time", GM_WIRE_MAX_INT, now_unix, error);
}

static gboolean
build_request (const Errand *errand,
               gint64 now_unix,
               const GmHash *response_key,
               GmKeyRequest *request,
               GError **error)
{
  const GmKeyQuery *query = errand->query;
  const GmCondition *condition = query->envelope->condition;

  request->asset_id = query->envelope->asset_id;
  request->order_id = query->order_id;
  request->uid = query->attestation->uid;
  request->buyer = query->delegate != NULL ? query->delegate->buyer : query->signer->address;
  request->response_key = *response_key;
  gm_hash_random (&request->nonce);
  request->issued_at = now_unix;
  request->expires_at = now_unix + HOLDER_LIFE_S;
  return gm_key_request_sign (request, condition->chain_id, &condition->attester, query->signer,
                              error);
}

static GmKeyAnswer *
send_request (const Errand *errand,
              const GmKeyRequest *request,
              GCancellable *cancellable,
              GError **error)
{
  const GmKeyAsk key_ask = { .request = *request,
                             .delegate = (GmKeyDelegate *) errand->query->delegate,
                             .attestation = (GmAttestation *) errand->query->attestation,
                             .envelope = (GmKeyEnvelope *) errand->query->envelope };
  g_autofree char *url = g_strconcat (errand->url, "/v1/share", NULL);
  g_autoptr (GBytes) body = gm_key_ask_encode (&key_ask);
  const GmHttpAsk ask = { .method = "POST",
                          .url = url,
                          .content_type = "application/json",
                          .body = body,
                          .max_bytes = GM_KEY_ANSWER_MAX_BYTES,
                          .timeout_s = TIMEOUT_S };
  g_autoptr (JsonObject) object = gm_http_send_json (errand->query->http, &ask, cancellable, error);
  g_autoptr (GBytes) json = NULL;

  if (object == NULL)
    return NULL;

  json = gm_wire_encode (g_steal_pointer (&object), NULL);
  return gm_key_answer_parse (json, error);
}

/* An answer that a holder must not give, as a sentence that names it; NULL when all is well. */
static char *
find_lie (const Errand *errand,
          const GmKeyAnswer *answer,
          const GmHash *request_hash,
          GmSecret *response_secret,
          GmSecret **share)
{
  const GmKeyQuery *query = errand->query;
  const char *id = errand->share->holder.id;
  g_autoptr (GmSecret) opened = NULL;

  if (!gm_key_answer_verify (answer, &errand->share->holder.sign_key, NULL))
    return g_strdup_printf ("holder “%s” lied: its signature does not fit its key", id);
  if (strcmp (answer->holder_id, id) != 0 || answer->index != errand->share->index)
    return g_strdup_printf ("holder “%s” lied: it answered for another holder", id);
  if (!gm_hash_equal (&answer->request_hash, request_hash) ||
      !gm_hash_equal (&answer->asset_id, &query->envelope->asset_id) ||
      !gm_hash_equal (&answer->order_id, &query->order_id) ||
      !gm_hash_equal (&answer->uid, &query->attestation->uid))
    return g_strdup_printf ("holder “%s” lied: it answered another request", id);

  opened = gm_key_answer_open (answer, response_secret, NULL);
  if (opened == NULL)
    return g_strdup_printf ("holder “%s” lied: its answer is not sealed to us", id);
  if (!gm_key_envelope_check_share (query->envelope, errand->share->index, opened))
    return g_strdup_printf ("holder “%s” lied: its share is not the one it was given", id);

  *share = g_steal_pointer (&opened);
  return NULL;
}

static Found *
ask_holder (const Errand *errand, GCancellable *cancellable, GError **error)
{
  const GmCondition *condition = errand->query->envelope->condition;
  g_autoptr (GmSecret) response_secret = NULL;
  g_autoptr (GmKeyAnswer) answer = NULL;
  GmKeyRequest request = { 0 };
  GmHash response_key, request_hash;
  gint64 now_unix;
  Found *found;

  if (!fetch_time (errand, &now_unix, cancellable, error))
    return NULL;

  gm_hpke_generate (&response_secret, &response_key);
  if (!build_request (errand, now_unix, &response_key, &request, error))
    return NULL;

  answer = send_request (errand, &request, cancellable, error);
  if (answer == NULL)
    return NULL;

  gm_key_request_hash (&request, condition->chain_id, &condition->attester, &request_hash);
  found = g_new0 (Found, 1);
  found->lie = find_lie (errand, answer, &request_hash, response_secret, &found->share);
  if (found->lie == NULL)
    found->answer = g_steal_pointer (&answer);
  return found;
}

/* A GmWork */
static gpointer
run_errand (gpointer input, GCancellable *cancellable, GError **error)
{
  const Errand *errand = input;
  Found *found = ask_holder (errand, cancellable, error);

  if (found == NULL)
    g_prefix_error (error, "holder “%s”: ", errand->share->holder.id);
  return found;
}

static Gathering *
gathering_of (gpointer owner)
{
  return g_object_get_data (owner, "gathering");
}

static const char *
url_of (const GmKeyQuery *query, const char *id)
{
  for (guint i = 0; i < query->holders->len; i++)
    {
      const GmKeyHolder *holder = g_ptr_array_index (query->holders, i);

      if (strcmp (holder->id, id) == 0)
        return holder->url;
    }
  return NULL;
}

static void
add_refusal (Gathering *self, const char *reason)
{
  g_string_append_printf (self->refusals, "%s%s", self->refusals->len > 0 ? "; " : "", reason);
}

static void ask_next (Gathering *self);

/* A GmDone */
static void
errand_ready (gpointer owner, gpointer result, const GError *error)
{
  Gathering *self = gathering_of (owner);
  Found *found = result;

  self->under_way--;
  if (found == NULL)
    {
      self->refused |= gm_error_is (error, GM_ERROR_DENIED);
      add_refusal (self, error->message);
      ask_next (self);
    }
  else if (found->lie != NULL)
    {
      g_ptr_array_add (self->liars, g_strdup (found->lie));
      add_refusal (self, found->lie);
      ask_next (self);
    }
  else
    {
      Found *kept = g_new0 (Found, 1);

      kept->answer = g_steal_pointer (&found->answer);
      kept->share = g_steal_pointer (&found->share);
      g_ptr_array_add (self->found, kept);
    }
}

static void
ask_next (Gathering *self)
{
  const GmKeyEnvelope *envelope = self->query->envelope;

  while (self->next < envelope->shares->len)
    {
      const GmSealedShare *share = g_ptr_array_index (envelope->shares, self->next++);
      const char *url = url_of (self->query, share->holder.id);
      Errand *errand;

      if (url == NULL)
        {
          g_autofree char *reason = g_strdup_printf ("the store does not say where holder “%s” is",
                                                     share->holder.id);

          add_refusal (self, reason);
          continue;
        }
      errand = g_new0 (Errand, 1);
      *errand = (Errand){ self->query, share, url };
      self->under_way++;
      gm_worker_run (self->worker, &(GmCall){ .owner = self->owner,
                                              .work = run_errand,
                                              .input = errand,
                                              .free_input = g_free,
                                              .free_result = (GDestroyNotify) found_free,
                                              .done = errand_ready });
      return;
    }
}

static gboolean
on_hedge (gpointer user_data)
{
  ask_next (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  ((Gathering *) user_data)->cancelled = TRUE;
  return G_SOURCE_REMOVE;
}

static GSource *
attach (GSource *source, GSourceFunc callback, Gathering *self, GMainContext *context)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, context);
  return source;
}

static void
detach (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

/* Runs the errands with a main context of its own, so the caller simply blocks. Returns when t
 * answers are here or nobody is left; then no thread of ours is left either. */
static void
gather (Gathering *self, GCancellable *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  guint wanted = self->query->envelope->t;
  GSource *hedge, *cancel = NULL;

  g_main_context_push_thread_default (context);
  self->owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (self->owner, "gathering", self);
  self->worker = gm_worker_new ("key-holders", self->query->envelope->shares->len);
  hedge = attach (g_timeout_source_new (HEDGE_MS), on_hedge, self, context);
  if (cancellable != NULL)
    cancel = attach (g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_cancelled), self,
                     context);

  for (guint i = 0; i < wanted; i++)
    ask_next (self);
  while (self->found->len < wanted && self->under_way > 0 && !self->cancelled)
    g_main_context_iteration (context, TRUE);

  detach (hedge); /* it would ask on in the last iterations, where nobody is left to ask */
  g_clear_pointer (&cancel, detach);
  g_clear_object (&self->owner);
  g_clear_pointer (&self->worker, gm_worker_free);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);
}

static GmSecret *
combine (const GmKeyQuery *query, GPtrArray *found, GError **error)
{
  GmShare shares[GM_SHAMIR_MAX_SHARES] = { 0 };
  guint t = query->envelope->t;
  g_autoptr (GmSecret) key = NULL;

  for (guint i = 0; i < t; i++)
    {
      GmSecret *share = ((Found *) g_ptr_array_index (found, i))->share;
      const guint8 *bytes = gm_secret_open (share);

      shares[i].x = bytes[0];
      shares[i].y = gm_secret_new_copy (bytes + 1, GM_KEY_SHARE_BYTES - 1);
      gm_secret_close (share);
    }
  key = gm_shamir_combine (shares, t, error);
  for (guint i = 0; i < t; i++)
    gm_share_clear (&shares[i]);
  if (key == NULL)
    return NULL;

  /* every share is the one the envelope names, so now the envelope itself is wrong */
  if (!gm_cipher_check_key (query->header, key, error))
    {
      g_prefix_error (error, "the key envelope belongs to another file: ");
      return NULL;
    }
  return g_steal_pointer (&key);
}

static GmSecret *
conclude (Gathering *self, GPtrArray **proofs, GError **error)
{
  guint wanted = self->query->envelope->t;
  GmSecret *key;

  if (self->cancelled)
    return gm_fail_null (error, GM_ERROR_DECLINED, "get the key: cancelled");
  if (self->found->len < wanted)
    return gm_fail_null (error, self->refused ? GM_ERROR_DENIED : GM_ERROR_OFFLINE,
                         "get the key: %u of %u key holders answered (%s)", self->found->len,
                         wanted, self->refusals->str);

  key = combine (self->query, self->found, error);
  if (key != NULL && proofs != NULL)
    {
      *proofs = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_key_answer_free);
      for (guint i = 0; i < wanted; i++)
        {
          Found *found = g_ptr_array_index (self->found, i);

          g_ptr_array_add (*proofs, g_steal_pointer (&found->answer));
        }
    }
  return key;
}

GmSecret *
gm_key_client_fetch (const GmKeyQuery *query,
                     GPtrArray **proofs,
                     GPtrArray **liars,
                     GCancellable *cancellable,
                     GError **error)
{
  Gathering self = { .query = query };
  GmSecret *key;

  self.found = g_ptr_array_new_with_free_func ((GDestroyNotify) found_free);
  self.liars = g_ptr_array_new_with_free_func (g_free);
  self.refusals = g_string_new (NULL);
  gather (&self, cancellable);
  key = conclude (&self, proofs, error);

  if (liars != NULL)
    *liars = g_ptr_array_ref (self.liars);
  g_ptr_array_unref (self.liars);
  g_ptr_array_unref (self.found);
  g_string_free (self.refusals, TRUE);
  return key;
}
