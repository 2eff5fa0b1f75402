/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/key-request.h"

#include "base/error.h"
#include "licenses/signing-domain.h"
#include "licenses/wire.h"

static const char request_type[] =
    "KeyRequest(bytes32 assetId,bytes32 orderId,bytes32 uid,address buyer,bytes32 responseKey,"
    "bytes32 nonce,uint64 issuedAt,uint64 expiresAt)";
static const char delegate_type[] =
    "KeyDelegate(address buyer,bytes32 scope,address sessionKey,uint64 expiresAt)";

void
gm_key_request_hash (const GmKeyRequest *self,
                     guint64 chain_id,
                     const GmAddress *issuer,
                     GmHash *out)
{
  const GmSigningDomain domain = gm_signing_domain_keys (chain_id, issuer);
  g_autoptr (GmAbi) fields = gm_signing_domain_struct (request_type);

  gm_abi_add_hash (fields, &self->asset_id);
  gm_abi_add_hash (fields, &self->order_id);
  gm_abi_add_hash (fields, &self->uid);
  gm_abi_add_address (fields, &self->buyer);
  gm_abi_add_hash (fields, &self->response_key);
  gm_abi_add_hash (fields, &self->nonce);
  gm_abi_add_uint (fields, 64, (guint64) self->issued_at);
  gm_abi_add_uint (fields, 64, (guint64) self->expires_at);
  gm_signing_domain_digest (&domain, fields, out);
}

void
gm_key_delegate_hash (const GmKeyDelegate *self,
                      guint64 chain_id,
                      const GmAddress *issuer,
                      GmHash *out)
{
  const GmSigningDomain domain = gm_signing_domain_keys (chain_id, issuer);
  g_autoptr (GmAbi) fields = gm_signing_domain_struct (delegate_type);

  gm_abi_add_address (fields, &self->buyer);
  gm_abi_add_hash (fields, &self->scope);
  gm_abi_add_address (fields, &self->session_key);
  gm_abi_add_uint (fields, 64, (guint64) self->expires_at);
  gm_signing_domain_digest (&domain, fields, out);
}

static JsonObject *
request_message (const GmKeyRequest *self)
{
  JsonObject *object = json_object_new ();

  gm_wire_set_hash (object, "assetId", &self->asset_id);
  gm_wire_set_hash (object, "orderId", &self->order_id);
  gm_wire_set_hash (object, "uid", &self->uid);
  gm_wire_set_address (object, "buyer", &self->buyer);
  gm_wire_set_hash (object, "responseKey", &self->response_key);
  gm_wire_set_hash (object, "nonce", &self->nonce);
  json_object_set_int_member (object, "issuedAt", self->issued_at);
  json_object_set_int_member (object, "expiresAt", self->expires_at);
  return object;
}

static JsonObject *
delegate_message (const GmKeyDelegate *self)
{
  JsonObject *object = json_object_new ();

  gm_wire_set_address (object, "buyer", &self->buyer);
  gm_wire_set_hash (object, "scope", &self->scope);
  gm_wire_set_address (object, "sessionKey", &self->session_key);
  json_object_set_int_member (object, "expiresAt", self->expires_at);
  return object;
}

gboolean
gm_key_request_sign (GmKeyRequest *self,
                     guint64 chain_id,
                     const GmAddress *issuer,
                     const GmSigner *signer,
                     GError **error)
{
  const GmSigningDomain domain = gm_signing_domain_keys (chain_id, issuer);

  return gm_signing_domain_sign (&domain, request_type, request_message (self), signer,
                                 &self->signature, error);
}

gboolean
gm_key_delegate_sign (GmKeyDelegate *self,
                      guint64 chain_id,
                      const GmAddress *issuer,
                      const GmSigner *buyer,
                      GError **error)
{
  const GmSigningDomain domain = gm_signing_domain_keys (chain_id, issuer);

  self->buyer = buyer->address;
  return gm_signing_domain_sign (&domain, delegate_type, delegate_message (self), buyer,
                                 &self->signature, error);
}

static gboolean
deny (GError **error, const char *reason)
{
  return gm_fail (error, GM_ERROR_DENIED, "%s", reason);
}

static gboolean
check_window (const GmKeyRequest *self, gint64 now_unix, GError **error)
{
  if (self->issued_at < now_unix - GM_KEY_REQUEST_WINDOW_S)
    return deny (error, "the request was issued too long ago");
  if (self->issued_at > now_unix + GM_KEY_REQUEST_WINDOW_S)
    return deny (error, "the request is from the future");
  if (self->expires_at <= now_unix)
    return deny (error, "the request has expired");
  if (self->expires_at - self->issued_at > GM_KEY_REQUEST_LIFE_S)
    return deny (error, "the request is valid for too long");

  return TRUE;
}

static gboolean
check_delegate (const GmKeyRequest *self,
                const GmKeyDelegate *delegate,
                guint64 chain_id,
                const GmAddress *issuer,
                gint64 now_unix,
                GError **error)
{
  GmHash digest;

  if (!gm_address_equal (&delegate->buyer, &self->buyer))
    return deny (error, "the session key was allowed by another buyer");
  if (!gm_hash_is_zero (&delegate->scope) && !gm_hash_equal (&delegate->scope, &self->order_id))
    return deny (error, "the session key was allowed for another order");
  if (delegate->expires_at <= now_unix)
    return deny (error, "the session key has expired");
  if (delegate->expires_at > now_unix + GM_KEY_DELEGATE_MAX_LIFE_S + GM_KEY_REQUEST_WINDOW_S)
    return deny (error, "the session key is allowed for more than 7 days");

  gm_key_delegate_hash (delegate, chain_id, issuer, &digest);
  if (!gm_signature_verify (&delegate->signature, &digest, &self->buyer, error))
    {
      g_prefix_error (error, "the buyer did not allow this session key: ");
      return FALSE;
    }
  return TRUE;
}

gboolean
gm_key_request_check (const GmKeyRequest *self,
                      const GmKeyDelegate *delegate,
                      guint64 chain_id,
                      const GmAddress *issuer,
                      gint64 now_unix,
                      GError **error)
{
  const GmAddress *signer = delegate != NULL ? &delegate->session_key : &self->buyer;
  GmHash digest;

  if (!check_window (self, now_unix, error))
    return FALSE;
  if (delegate != NULL && !check_delegate (self, delegate, chain_id, issuer, now_unix, error))
    return FALSE;

  gm_key_request_hash (self, chain_id, issuer, &digest);
  if (!gm_signature_verify (&self->signature, &digest, signer, error))
    {
      g_prefix_error (error, "the request is not signed by who asks: ");
      return FALSE;
    }
  return TRUE;
}

JsonObject *
gm_key_delegate_to_json (const GmKeyDelegate *self)
{
  JsonObject *object = delegate_message (self);

  gm_wire_set_signature (object, "signature", &self->signature);
  return object;
}

GmKeyDelegate *
gm_key_delegate_from_json (JsonObject *object, GError **error)
{
  g_autoptr (GmKeyDelegate) self = g_new0 (GmKeyDelegate, 1);

  if (!gm_wire_address (object, "buyer", &self->buyer, error) ||
      !gm_json_hash_member (object, "scope", &self->scope, error) ||
      !gm_wire_address (object, "sessionKey", &self->session_key, error) ||
      !gm_wire_count (object, "expiresAt", GM_WIRE_MAX_INT, &self->expires_at, error) ||
      !gm_wire_signature (object, "signature", &self->signature, error))
    return NULL;

  return g_steal_pointer (&self);
}

static JsonObject *
request_to_json (const GmKeyRequest *self)
{
  JsonObject *object = request_message (self);

  gm_wire_set_signature (object, "signature", &self->signature);
  return object;
}

static gboolean
read_request (GmKeyRequest *self, JsonObject *object, GError **error)
{
  return object != NULL && gm_json_hash_member (object, "assetId", &self->asset_id, error) &&
         gm_json_hash_member (object, "orderId", &self->order_id, error) &&
         gm_json_hash_member (object, "uid", &self->uid, error) &&
         gm_wire_address (object, "buyer", &self->buyer, error) &&
         gm_json_hash_member (object, "responseKey", &self->response_key, error) &&
         gm_json_hash_member (object, "nonce", &self->nonce, error) &&
         gm_wire_count (object, "issuedAt", GM_WIRE_MAX_INT, &self->issued_at, error) &&
         gm_wire_count (object, "expiresAt", GM_WIRE_MAX_INT, &self->expires_at, error) &&
         gm_wire_signature (object, "signature", &self->signature, error);
}

void
gm_key_ask_free (GmKeyAsk *self)
{
  if (self == NULL)
    return;

  g_free (self->delegate);
  g_clear_pointer (&self->attestation, gm_attestation_free);
  g_clear_pointer (&self->envelope, gm_key_envelope_free);
  g_free (self);
}

static JsonObject *
ask_to_json (const GmKeyAsk *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "v", 1);
  json_object_set_object_member (object, "request", request_to_json (&self->request));
  if (self->delegate != NULL)
    json_object_set_object_member (object, "delegate", gm_key_delegate_to_json (self->delegate));
  json_object_set_object_member (object, "attestation", gm_attestation_to_json (self->attestation));
  json_object_set_object_member (object, "envelope", gm_key_envelope_to_json (self->envelope));
  return object;
}

GBytes *
gm_key_ask_encode (const GmKeyAsk *self)
{
  return gm_wire_encode (ask_to_json (self), NULL);
}

static gboolean
read_ask (GmKeyAsk *self, JsonObject *object, GError **error)
{
  g_autoptr (JsonObject) again = NULL;
  JsonObject *member;

  if (!gm_wire_is_version (object, 1, error) ||
      !read_request (&self->request, gm_json_object (object, "request", error), error))
    return FALSE;

  if (json_object_has_member (object, "delegate"))
    {
      member = gm_json_object (object, "delegate", error);
      self->delegate = member != NULL ? gm_key_delegate_from_json (member, error) : NULL;
      if (self->delegate == NULL)
        return FALSE;
    }
  member = gm_json_object (object, "attestation", error);
  self->attestation = member != NULL ? gm_attestation_from_json (member, error) : NULL;
  if (self->attestation == NULL)
    return FALSE;

  member = gm_json_object (object, "envelope", error);
  self->envelope = member != NULL ? gm_key_envelope_from_json (member, error) : NULL;
  if (self->envelope == NULL)
    return FALSE;

  again = ask_to_json (self);
  return gm_wire_is_same (object, again, error);
}

GmKeyAsk *
gm_key_ask_parse (GBytes *json, GError **error)
{
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_KEY_REQUEST_MAX_BYTES, error);
  g_autoptr (GmKeyAsk) self = g_new0 (GmKeyAsk, 1);

  if (object == NULL || !read_ask (self, object, error))
    {
      g_prefix_error (error, "key request: ");
      return NULL;
    }
  return g_steal_pointer (&self);
}
