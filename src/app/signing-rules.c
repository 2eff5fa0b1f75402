/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/signing-rules.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "evm/siwe.h"
#include "evm/typed-data.h"
#include "licenses/key-request.h"
#include "licenses/wire.h"

#define CLOCK_SLACK_S 300 /* between our clock and the store's */

void
gm_signing_rules_set_store (GmSigningRules *self, const GmDescriptor *store, const char *origin)
{
  g_free (self->origin);
  self->origin = g_strdup (origin);
  self->store = store;
}

void
gm_signing_rules_copy (const GmSigningRules *self, GmSigningRules *out)
{
  *out = *self;
  out->origin = g_strdup (self->origin);
}

void
gm_signing_rules_clear (GmSigningRules *self)
{
  g_clear_pointer (&self->origin, g_free);
}

static gboolean
is_typed (const GmSignable *what, const char *type)
{
  return what->kind == GM_SIGNABLE_TYPED_DATA &&
         g_strcmp0 (gm_json_text (what->typed_data, "primaryType", NULL), type) == 0;
}

gboolean
gm_signing_rules_is_order (const GmSignable *what)
{
  JsonObject *domain = is_typed (what, "Order") ? gm_json_object (what->typed_data, "domain", NULL)
                                                : NULL;

  return domain != NULL && g_strcmp0 (gm_json_text (domain, "name", NULL), "GotMusic") == 0;
}

/* To the store that is open, as us, and not for longer than a session lasts there. */
static gboolean
is_own_sign_in (const GmSigningRules *self, const GmAddress *account, const GmSignable *what)
{
  g_autoptr (GmSiwe) siwe = what->kind == GM_SIGNABLE_TEXT ? gm_siwe_parse (what->text, NULL)
                                                           : NULL;
  const char *domain = self->origin != NULL ? strstr (self->origin, "://") : NULL;
  gint64 expires_ms;

  return siwe != NULL && domain != NULL && strcmp (siwe->domain, domain + 3) == 0 &&
         strcmp (siwe->uri, self->origin) == 0 && gm_address_equal (&siwe->address, account) &&
         siwe->chain_id == (gint64) self->store->chain_id && siwe->expires_at != NULL &&
         gm_clock_parse_iso (siwe->expires_at, &expires_ms, NULL) &&
         expires_ms / 1000 <= gm_clock_now_unix () + GM_SIGNING_RULES_SIGN_IN_S + CLOCK_SLACK_S;
}

static gboolean
read_delegate (const GmSignable *what, GmKeyDelegate *out)
{
  JsonObject *message = gm_json_object (what->typed_data, "message", NULL);

  return message != NULL && gm_wire_address (message, "buyer", &out->buyer, NULL) &&
         gm_json_hash_member (message, "scope", &out->scope, NULL) &&
         gm_wire_address (message, "sessionKey", &out->session_key, NULL) &&
         gm_wire_count (message, "expiresAt", GM_WIRE_MAX_INT, &out->expires_at, NULL);
}

/* Whatever else the typed data says, its digest is that of a delegate for the open store. */
static gboolean
is_delegate_of_order (const GmSigningRules *self, const GmAddress *account, const GmSignable *what)
{
  const gint64 now = gm_clock_now_unix ();
  GmKeyDelegate delegate = { 0 };
  GmHash digest, expected;

  if (!is_typed (what, "KeyDelegate") || self->store == NULL || self->ordered_unix == 0 ||
      !read_delegate (what, &delegate) || !gm_signable_digest (what, &digest, NULL))
    return FALSE;

  gm_key_delegate_hash (&delegate, self->store->chain_id, &self->store->issuer, &expected);
  return gm_hash_equal (&digest, &expected) && gm_hash_equal (&delegate.scope, &self->order) &&
         gm_address_equal (&self->buyer, account) && gm_address_equal (&delegate.buyer, account) &&
         now >= self->ordered_unix && now <= self->ordered_unix + GM_SIGNING_RULES_ORDER_S &&
         delegate.expires_at <= now + GM_KEY_DELEGATE_MAX_LIFE_S;
}

gboolean
gm_signing_rules_let_pass (const GmSigningRules *self,
                           const GmAddress *account,
                           const GmSignable *what)
{
  static gboolean (*const rules[]) (const GmSigningRules *, const GmAddress *,
                                    const GmSignable *) = { is_own_sign_in, is_delegate_of_order };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i](self, account, what))
      return TRUE;
  return FALSE;
}

static gboolean
is_over (const GmReviewMove *move, guint limit)
{
  static const char *const stable[] = { "USDC", "PYUSD", "USDT", "USD", NULL };
  const GmU256 ten = gm_u256_from_u64 (10);
  GmU256 most = gm_u256_from_u64 (limit);

  if (move->currency == NULL)
    return TRUE;
  if (!g_strv_contains (stable, move->currency->code))
    return !gm_u256_is_zero (&move->units);
  for (guint i = 0; i < move->currency->decimals; i++)
    if (!gm_u256_multiply (&most, &ten, &most, NULL))
      return TRUE;
  return gm_u256_compare (&move->units, &most) > 0;
}

gboolean
gm_signing_rules_need_password (const GArray *moves, guint limit)
{
  for (guint i = 0; i < moves->len; i++)
    if (is_over (&g_array_index (moves, GmReviewMove, i), limit))
      return TRUE;
  return FALSE;
}

void
gm_signing_rules_note (GmSigningRules *self, const GmAddress *account, const GmSignable *what)
{
  if (is_typed (what, "KeyDelegate"))
    self->ordered_unix = 0;
  if (!gm_signing_rules_is_order (what) ||
      !gm_typed_data_struct (gm_json_object (what->typed_data, "types", NULL), "Order",
                             gm_json_object (what->typed_data, "message", NULL), &self->order,
                             NULL))
    return;

  self->buyer = *account;
  self->ordered_unix = gm_clock_now_unix ();
}
