/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/descriptor.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "licenses/signing-domain.h"
#include "licenses/wire.h"

#define MAX_NAME 200
#define MAX_URL  512

static const char descriptor_type[] =
    "StoreDescriptor(address owner,uint64 issuedAt,bytes32 content)";

void
gm_descriptor_free (GmDescriptor *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->eas_version);
  g_clear_pointer (&self->holders, g_ptr_array_unref);
  g_strfreev (self->gateways);
  g_free (self);
}

static JsonObject *
holder_to_json (const GmKeyHolder *holder)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", holder->id);
  json_object_set_string_member (object, "url", holder->url);
  gm_wire_set_hash (object, "hpkeKey", &holder->hpke_key);
  gm_wire_set_hash (object, "signKey", &holder->sign_key);
  return object;
}

static JsonObject *
descriptor_to_json (const GmDescriptor *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *eas = json_object_new ();
  JsonArray *holders = json_array_new ();
  JsonArray *gateways = json_array_new ();

  json_object_set_string_member (eas, "version", self->eas_version);
  gm_wire_set_address (eas, "contract", &self->eas_contract);
  for (guint i = 0; i < self->holders->len; i++)
    json_array_add_object_element (holders, holder_to_json (g_ptr_array_index (self->holders, i)));
  for (guint i = 0; self->gateways != NULL && self->gateways[i] != NULL; i++)
    json_array_add_string_element (gateways, self->gateways[i]);

  json_object_set_int_member (object, "v", 1);
  json_object_set_int_member (object, "apiVersion", self->api_version);
  json_object_set_string_member (object, "name", self->name);
  gm_wire_set_address (object, "owner", &self->owner);
  json_object_set_int_member (object, "issuedAt", self->issued_at);
  json_object_set_int_member (object, "chainId", (gint64) self->chain_id);
  gm_wire_set_address (object, "marketplace", &self->marketplace);
  gm_wire_set_address (object, "issuer", &self->issuer);
  gm_wire_set_hash (object, "licenseSchema", &self->license_schema);
  json_object_set_object_member (object, "eas", eas);
  json_object_set_int_member (object, "threshold", self->threshold);
  json_object_set_array_member (object, "holders", holders);
  gm_wire_set_hash (object, "recoveryKey", &self->recovery_key);
  json_object_set_array_member (object, "gateways", gateways);
  return object;
}

static GmSigningDomain
domain_of (const GmDescriptor *self)
{
  return (GmSigningDomain){ "GotMusic Store", "1", self->chain_id, self->marketplace };
}

/* @content is the SHA-256 of all members but the signature. */
static void
compute_digest (const GmDescriptor *self, const GmHash *content, GmHash *out)
{
  const GmSigningDomain domain = domain_of (self);
  g_autoptr (GmAbi) fields = gm_signing_domain_struct (descriptor_type);

  gm_abi_add_address (fields, &self->owner);
  gm_abi_add_uint (fields, 64, (guint64) self->issued_at);
  gm_abi_add_hash (fields, content);
  gm_signing_domain_digest (&domain, fields, out);
}

GBytes *
gm_descriptor_sign (const GmDescriptor *self, const GmSigner *owner, GError **error)
{
  g_autoptr (JsonObject) object = descriptor_to_json (self);
  g_autoptr (GBytes) text = NULL;
  const GmSigningDomain domain = domain_of (self);
  JsonObject *message;
  GmHash content;
  GmSignature signature;

  if (!gm_address_equal (&self->owner, &owner->address))
    return gm_fail_null (error, GM_ERROR_DENIED, "only the owner signs a store's descriptor");

  text = gm_wire_encode (json_object_ref (object), &content);
  message = json_object_new ();
  gm_wire_set_address (message, "owner", &self->owner);
  json_object_set_int_member (message, "issuedAt", self->issued_at);
  gm_wire_set_hash (message, "content", &content);
  if (!gm_signing_domain_sign (&domain, descriptor_type, message, owner, &signature, error))
    return NULL;

  gm_wire_set_signature (object, "signature", &signature);
  return gm_wire_encode (json_object_ref (object), NULL);
}

/* http or https and a host, nothing that could be mistaken for more. */
static gboolean
check_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = strlen (url) <= MAX_URL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (uri == NULL || (strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0) ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL || g_str_has_suffix (url, "/"))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%.100s” is no address of a service", url);

  return TRUE;
}

static gboolean
read_holder (GmDescriptor *self, JsonNode *node, GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *url = NULL;
  JsonObject *object;
  GmHash hpke_key, sign_key;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return gm_fail (error, GM_ERROR_BAD_DATA, "a holder is not an object");

  object = json_node_get_object (node);
  id = gm_wire_dup_text (object, "id", GM_KEY_HOLDER_MAX_ID, error);
  url = id != NULL ? gm_wire_dup_text (object, "url", MAX_URL, error) : NULL;
  if (url == NULL || !check_url (url, error) ||
      !gm_json_hash_member (object, "hpkeKey", &hpke_key, error) ||
      !gm_json_hash_member (object, "signKey", &sign_key, error))
    return FALSE;
  if (!gm_key_holder_id_is_valid (id))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%.64s” is no name of a holder", id);
  if (gm_descriptor_find_holder (self, id) != NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "two holders are called “%s”", id);

  g_ptr_array_add (self->holders, gm_key_holder_new (id, url, &hpke_key, &sign_key));
  return TRUE;
}

static gboolean
read_holders (GmDescriptor *self, JsonObject *object, GError **error)
{
  JsonArray *holders = gm_json_array (object, "holders", error);
  gint64 threshold;
  guint n;

  if (holders == NULL || !gm_wire_count (object, "threshold", 16, &threshold, error))
    return FALSE;

  n = json_array_get_length (holders);
  if (n > 16 || threshold > n || (n > 0 && threshold < 1))
    return gm_fail (error, GM_ERROR_BAD_DATA, "%d of %u holders cannot be", (int) threshold, n);

  self->threshold = (guint) threshold;
  for (guint i = 0; i < n; i++)
    if (!read_holder (self, json_array_get_element (holders, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
read_gateways (GmDescriptor *self, JsonObject *object, GError **error)
{
  JsonArray *gateways = gm_json_array (object, "gateways", error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (gateways == NULL)
    return FALSE;
  if (json_array_get_length (gateways) > GM_DESCRIPTOR_MAX_GATEWAYS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "more than %d gateways", GM_DESCRIPTOR_MAX_GATEWAYS);

  for (guint i = 0; i < json_array_get_length (gateways); i++)
    {
      JsonNode *node = json_array_get_element (gateways, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        return gm_fail (error, GM_ERROR_BAD_DATA, "a gateway is not text");
      if (!check_url (json_node_get_string (node), error))
        return FALSE;
      g_strv_builder_add (builder, json_node_get_string (node));
    }
  self->gateways = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_identity (GmDescriptor *self, JsonObject *object, GError **error)
{
  JsonObject *eas = gm_json_object (object, "eas", error);

  if (eas == NULL || !gm_wire_is_version (object, 1, error) ||
      !gm_wire_count (object, "apiVersion", 1000, &self->api_version, error))
    return FALSE;

  self->name = gm_wire_dup_text (object, "name", MAX_NAME, error);
  self->eas_version = self->name != NULL ? gm_wire_dup_text (eas, "version", 64, error) : NULL;
  return self->eas_version != NULL && gm_wire_address (object, "owner", &self->owner, error) &&
         gm_wire_count (object, "issuedAt", GM_WIRE_MAX_INT, &self->issued_at, error) &&
         gm_wire_chain_id (object, "chainId", &self->chain_id, error) &&
         gm_wire_address (object, "marketplace", &self->marketplace, error) &&
         gm_wire_address (object, "issuer", &self->issuer, error) &&
         gm_json_hash_member (object, "licenseSchema", &self->license_schema, error) &&
         gm_wire_address (eas, "contract", &self->eas_contract, error) &&
         gm_json_hash_member (object, "recoveryKey", &self->recovery_key, error);
}

/* Of the JSON as it came: members we do not know are signed too. */
static gboolean
check_signature (const GmDescriptor *self, JsonObject *object, GError **error)
{
  g_autoptr (JsonObject) content = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  GmSignature signature;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  GmHash hash, digest;

  if (!gm_wire_signature (object, "signature", &signature, error))
    return FALSE;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    if (strcmp (name, "signature") != 0)
      json_object_set_member (content, name, json_node_copy (member));

  node = gm_json_node_take (json_object_ref (content));
  if (!gm_json_hash (node, &hash, error))
    return FALSE;

  compute_digest (self, &hash, &digest);
  return gm_signature_verify (&signature, &digest, &self->owner, error);
}

GmDescriptor *
gm_descriptor_parse (GBytes *json, const GmAddress *pinned, GError **error)
{
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_DESCRIPTOR_MAX_BYTES, error);
  g_autoptr (GmDescriptor) self = g_new0 (GmDescriptor, 1);

  self->holders = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_key_holder_free);
  if (object == NULL || !read_identity (self, object, error) ||
      !read_holders (self, object, error) || !read_gateways (self, object, error) ||
      !check_signature (self, object, error))
    {
      g_prefix_error (error, "store descriptor: ");
      return NULL;
    }
  if (pinned != NULL && !gm_address_equal (&self->owner, pinned))
    return gm_fail_null (error, GM_ERROR_DENIED,
                         "this store has another owner than the one you added");

  return g_steal_pointer (&self);
}

static gboolean
has_same_holders (const GmDescriptor *a, const GmDescriptor *b)
{
  if (a->holders->len != b->holders->len)
    return FALSE;
  for (guint i = 0; i < a->holders->len; i++)
    {
      const GmKeyHolder *holder = g_ptr_array_index (a->holders, i);
      const GmKeyHolder *same = gm_descriptor_find_holder (b, holder->id);

      if (same == NULL || !gm_hash_equal (&holder->hpke_key, &same->hpke_key) ||
          !gm_hash_equal (&holder->sign_key, &same->sign_key))
        return FALSE;
    }
  return TRUE;
}

gboolean
gm_descriptor_check_change (const GmDescriptor *kept, const GmDescriptor *answer, GError **error)
{
  const struct
  {
    const char *what;
    gboolean same;
  } trusted[] = {
    { "owner", gm_address_equal (&kept->owner, &answer->owner) },
    { "chain", kept->chain_id == answer->chain_id },
    { "marketplace", gm_address_equal (&kept->marketplace, &answer->marketplace) },
    { "issuer of licenses", gm_address_equal (&kept->issuer, &answer->issuer) },
    { "form of licenses", gm_hash_equal (&kept->license_schema, &answer->license_schema) },
    { "EAS contract", gm_address_equal (&kept->eas_contract, &answer->eas_contract) &&
                          strcmp (kept->eas_version, answer->eas_version) == 0 },
    { "threshold", kept->threshold == answer->threshold },
    { "key holders", has_same_holders (kept, answer) },
    { "recovery key", gm_hash_equal (&kept->recovery_key, &answer->recovery_key) },
  };

  if (answer->issued_at < kept->issued_at)
    return gm_fail (error, GM_ERROR_BAD_DATA, "this descriptor of the store is older than ours");
  for (guint i = 0; i < G_N_ELEMENTS (trusted); i++)
    if (!trusted[i].same)
      return gm_fail (error, GM_ERROR_CONFLICT, "this store changed its %s", trusted[i].what);
  return TRUE;
}

gboolean
gm_descriptor_is_local (const GmDescriptor *self)
{
  return self->chain_id >= GM_CONDITION_LOCAL_CHAIN;
}

/* SHA-256 of owner ‖ chain id, 8 bytes big-endian */
static void
hash_identity (const GmDescriptor *self, GmHash *out)
{
  guint64 chain_id = GUINT64_TO_BE (self->chain_id);
  guint8 identity[28];

  memcpy (identity, self->owner.b, 20);
  memcpy (identity + 20, &chain_id, 8);
  gm_hash_sha256 (identity, sizeof identity, out);
}

char *
gm_descriptor_dup_id (const GmDescriptor *self)
{
  GmHash hash;

  hash_identity (self, &hash);
  return gm_hex_encode (hash.b, 8);
}

char *
gm_descriptor_dup_fingerprint (const GmDescriptor *self)
{
  GString *text = g_string_new (NULL);
  GmHash hash;

  hash_identity (self, &hash);
  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, "%s%02X", i > 0 && i % 2 == 0 ? " " : "", hash.b[i]);
  return g_string_free (text, FALSE);
}

const GmKeyHolder *
gm_descriptor_find_holder (const GmDescriptor *self, const char *id)
{
  for (guint i = 0; i < self->holders->len; i++)
    {
      const GmKeyHolder *holder = g_ptr_array_index (self->holders, i);

      if (strcmp (holder->id, id) == 0)
        return holder;
    }
  return NULL;
}
