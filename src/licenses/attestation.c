/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/attestation.h"

#include <string.h>

#include "base/error.h"
#include "evm/keccak.h"
#include "licenses/signing-domain.h"
#include "licenses/wire.h"

#define VERSION  2
#define MAX_TEXT 64

static const char attest_type[] =
    "Attest(uint16 version,bytes32 schema,address recipient,uint64 time,uint64 expirationTime,"
    "bool revocable,bytes32 refUID,bytes data,bytes32 salt)";

/* The member "types" as the SDK writes it; another one would be signed differently. */
static const char attest_types[] =
    "{\"Attest\":["
    "{\"name\":\"version\",\"type\":\"uint16\"},{\"name\":\"schema\",\"type\":\"bytes32\"},"
    "{\"name\":\"recipient\",\"type\":\"address\"},{\"name\":\"time\",\"type\":\"uint64\"},"
    "{\"name\":\"expirationTime\",\"type\":\"uint64\"},{\"name\":\"revocable\",\"type\":\"bool\"},"
    "{\"name\":\"refUID\",\"type\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes\"},"
    "{\"name\":\"salt\",\"type\":\"bytes32\"}]}";

void
gm_attestation_free (GmAttestation *self)
{
  if (self == NULL)
    return;

  g_free (self->eas_version);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

GmAttestation *
gm_attestation_copy (const GmAttestation *self)
{
  GmAttestation *copy = g_memdup2 (self, sizeof *self);

  copy->eas_version = g_strdup (self->eas_version);
  copy->data = g_bytes_ref (self->data);
  return copy;
}

void
gm_attestation_schema_uid (const char *schema,
                           const GmAddress *resolver,
                           gboolean revocable,
                           GmHash *out)
{
  g_autoptr (GmAbi) fields = gm_abi_new ();

  gm_abi_add_text (fields, schema);
  gm_abi_add_address (fields, resolver);
  gm_abi_add_bool (fields, revocable);
  gm_abi_hash_packed (fields, out);
}

/* Offchain.getOffchainUID() of the SDK: the attester is 0 and the schema is its text. */
static void
compute_uid (const GmAttestation *self, GmHash *out)
{
  static const GmAddress nobody;
  g_autoptr (GmAbi) fields = gm_abi_new ();
  g_autofree char *schema = gm_hash_dup_hex (&self->schema);
  gsize length;
  const guint8 *data = g_bytes_get_data (self->data, &length);

  gm_abi_add_uint (fields, 16, VERSION);
  gm_abi_add_bytes (fields, (const guint8 *) schema, strlen (schema));
  gm_abi_add_address (fields, &self->recipient);
  gm_abi_add_address (fields, &nobody);
  gm_abi_add_uint (fields, 64, self->time);
  gm_abi_add_uint (fields, 64, self->expiration_time);
  gm_abi_add_bool (fields, self->revocable);
  gm_abi_add_hash (fields, &self->ref_uid);
  gm_abi_add_bytes (fields, data, length);
  gm_abi_add_hash (fields, &self->salt);
  gm_abi_add_uint (fields, 32, 0);
  gm_abi_hash_packed (fields, out);
}

static GmSigningDomain
domain_of (const GmAttestation *self)
{
  return (GmSigningDomain){ "EAS Attestation", self->eas_version, self->chain_id, self->contract };
}

static void
compute_digest (const GmAttestation *self, GmHash *out)
{
  const GmSigningDomain domain = domain_of (self);
  g_autoptr (GmAbi) fields = gm_signing_domain_struct (attest_type);
  gsize length;
  const guint8 *data = g_bytes_get_data (self->data, &length);
  GmHash data_hash;

  gm_keccak256 (data, length, &data_hash);
  gm_abi_add_uint (fields, 16, VERSION);
  gm_abi_add_hash (fields, &self->schema);
  gm_abi_add_address (fields, &self->recipient);
  gm_abi_add_uint (fields, 64, self->time);
  gm_abi_add_uint (fields, 64, self->expiration_time);
  gm_abi_add_bool (fields, self->revocable);
  gm_abi_add_hash (fields, &self->ref_uid);
  gm_abi_add_hash (fields, &data_hash);
  gm_abi_add_hash (fields, &self->salt);
  gm_signing_domain_digest (&domain, fields, out);
}

static JsonObject *
message_to_json (const GmAttestation *self)
{
  JsonObject *message = json_object_new ();

  json_object_set_int_member (message, "version", VERSION);
  gm_wire_set_hash (message, "schema", &self->schema);
  gm_wire_set_address (message, "recipient", &self->recipient);
  gm_wire_set_uint (message, "time", self->time);
  gm_wire_set_uint (message, "expirationTime", self->expiration_time);
  json_object_set_boolean_member (message, "revocable", self->revocable);
  gm_wire_set_hash (message, "refUID", &self->ref_uid);
  gm_wire_set_bytes (message, "data", self->data);
  gm_wire_set_hash (message, "salt", &self->salt);
  return message;
}

gboolean
gm_attestation_sign (GmAttestation *self, const GmSigner *signer, GError **error)
{
  const GmSigningDomain domain = domain_of (self);

  if (!gm_signing_domain_sign (&domain, attest_type, message_to_json (self), signer,
                               &self->signature, error))
    return FALSE;

  self->attester = signer->address;
  compute_uid (self, &self->uid);
  return TRUE;
}

gboolean
gm_attestation_verify (const GmAttestation *self, GError **error)
{
  GmHash hash;

  compute_uid (self, &hash);
  if (!gm_hash_equal (&hash, &self->uid))
    return gm_fail (error, GM_ERROR_DENIED, "attestation: the uid is not that of its content");

  compute_digest (self, &hash);
  if (!gm_signature_verify (&self->signature, &hash, &self->attester, error))
    {
      g_prefix_error (error, "attestation: ");
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_domain (GmAttestation *self, JsonObject *sig, GError **error)
{
  JsonObject *domain = gm_json_object (sig, "domain", error);
  const char *name = domain != NULL ? gm_json_text (domain, "name", error) : NULL;

  if (name == NULL)
    return FALSE;
  if (strcmp (name, "EAS Attestation") != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "attestation: the domain is not that of EAS");

  self->eas_version = gm_wire_dup_text (domain, "version", MAX_TEXT, error);
  return self->eas_version != NULL && gm_wire_uint (domain, "chainId", &self->chain_id, error) &&
         gm_wire_address (domain, "verifyingContract", &self->contract, error);
}

static gboolean
read_types (JsonObject *sig, GError **error)
{
  const char *primary = gm_json_text (sig, "primaryType", error);
  JsonObject *types = primary != NULL ? gm_json_object (sig, "types", error) : NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (types == NULL)
    return FALSE;

  node = gm_json_node_take (json_object_ref (types));
  text = gm_json_canonical (node, error);
  if (text == NULL)
    return FALSE;
  if (strcmp (primary, "Attest") != 0 || strcmp (text, attest_types) != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "attestation: its types are not EAS version 2");

  return TRUE;
}

static gboolean
read_message (GmAttestation *self, JsonObject *sig, GError **error)
{
  JsonObject *message = gm_json_object (sig, "message", error);
  JsonNode *revocable;
  gint64 version;

  if (message == NULL || !gm_json_int (message, "version", &version, error))
    return FALSE;
  if (version != VERSION)
    return gm_fail (error, GM_ERROR_BAD_DATA, "attestation: only EAS version 2 is read");

  revocable = json_object_get_member (message, "revocable");
  if (revocable == NULL || json_node_get_value_type (revocable) != G_TYPE_BOOLEAN)
    return gm_fail (error, GM_ERROR_BAD_DATA, "member “revocable” is missing or of another type");

  self->revocable = json_node_get_boolean (revocable);
  self->data = gm_wire_bytes (message, "data", GM_ATTESTATION_MAX_DATA_BYTES, error);
  return self->data != NULL && gm_json_hash_member (message, "schema", &self->schema, error) &&
         gm_wire_address (message, "recipient", &self->recipient, error) &&
         gm_wire_uint (message, "time", &self->time, error) &&
         gm_wire_uint (message, "expirationTime", &self->expiration_time, error) &&
         gm_json_hash_member (message, "refUID", &self->ref_uid, error) &&
         gm_json_hash_member (message, "salt", &self->salt, error);
}

static gboolean
read_signature (GmAttestation *self, JsonObject *sig, GError **error)
{
  JsonObject *signature = gm_json_object (sig, "signature", error);
  GmHash r, s;
  gint64 v;

  if (signature == NULL || !gm_wire_count (signature, "v", 28, &v, error) ||
      !gm_json_hash_member (signature, "r", &r, error) ||
      !gm_json_hash_member (signature, "s", &s, error))
    return FALSE;

  memcpy (self->signature.b, r.b, 32);
  memcpy (self->signature.b + 32, s.b, 32);
  self->signature.b[64] = (guint8) v;
  return TRUE;
}

GmAttestation *
gm_attestation_from_json (JsonObject *object, GError **error)
{
  g_autoptr (GmAttestation) self = g_new0 (GmAttestation, 1);
  JsonObject *sig = gm_json_object (object, "sig", error);
  gint64 version;

  if (sig == NULL || !gm_json_int (sig, "version", &version, error))
    return NULL;
  if (version != VERSION)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "attestation: only EAS version 2 is read");
  if (!gm_wire_address (object, "signer", &self->attester, error) ||
      !gm_json_hash_member (sig, "uid", &self->uid, error) || !read_domain (self, sig, error) ||
      !read_types (sig, error) || !read_message (self, sig, error) ||
      !read_signature (self, sig, error) || !gm_attestation_verify (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

GmAttestation *
gm_attestation_parse (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (JsonObject) object = gm_json_parse_object (bytes, GM_ATTESTATION_MAX_BYTES, error);

  return object != NULL ? gm_attestation_from_json (object, error) : NULL;
}

static JsonObject *
signature_to_json (const GmAttestation *self)
{
  JsonObject *signature = json_object_new ();
  GmHash r, s;

  memcpy (r.b, self->signature.b, 32);
  memcpy (s.b, self->signature.b + 32, 32);
  json_object_set_int_member (signature, "v", self->signature.b[64]);
  gm_wire_set_hash (signature, "r", &r);
  gm_wire_set_hash (signature, "s", &s);
  return signature;
}

JsonObject *
gm_attestation_to_json (const GmAttestation *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *sig = json_object_new ();
  JsonObject *domain = json_object_new ();

  json_object_set_string_member (domain, "name", "EAS Attestation");
  json_object_set_string_member (domain, "version", self->eas_version);
  gm_wire_set_uint (domain, "chainId", self->chain_id);
  gm_wire_set_address (domain, "verifyingContract", &self->contract);

  json_object_set_int_member (sig, "version", VERSION);
  gm_wire_set_hash (sig, "uid", &self->uid);
  json_object_set_object_member (sig, "domain", domain);
  json_object_set_string_member (sig, "primaryType", "Attest");
  json_object_set_member (sig, "types", json_from_string (attest_types, NULL));
  json_object_set_object_member (sig, "message", message_to_json (self));
  json_object_set_object_member (sig, "signature", signature_to_json (self));

  gm_wire_set_address (object, "signer", &self->attester);
  json_object_set_object_member (object, "sig", sig);
  return object;
}

char *
gm_attestation_dup_text (const GmAttestation *self)
{
  g_autoptr (GBytes) bytes = gm_wire_encode (gm_attestation_to_json (self), NULL);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}
