/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/revocation.h"

#include <string.h>

#include "base/error.h"
#include "evm/keccak.h"
#include "licenses/signing-domain.h"
#include "licenses/wire.h"

#define CLOCK_SLACK_S 120

static const char list_type[] = "RevocationList(uint64 issuedAt,bytes32[] uids)";

void
gm_revocation_list_free (GmRevocationList *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->uids, g_array_unref);
  g_free (self);
}

static int
compare_uids (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (GmHash));
}

static void
compute_digest (const GmRevocationList *self, GmHash *out)
{
  const GmSigningDomain domain = gm_signing_domain_keys (self->chain_id, &self->attester);
  g_autoptr (GmAbi) fields = gm_signing_domain_struct (list_type);
  GmHash uids_hash;

  gm_keccak256 ((const guint8 *) self->uids->data, self->uids->len * sizeof (GmHash), &uids_hash);
  gm_abi_add_uint (fields, 64, (guint64) self->issued_at);
  gm_abi_add_hash (fields, &uids_hash);
  gm_signing_domain_digest (&domain, fields, out);
}

static JsonObject *
message_to_json (const GmRevocationList *self)
{
  JsonObject *message = json_object_new ();
  JsonArray *uids = json_array_sized_new (self->uids->len);

  for (guint i = 0; i < self->uids->len; i++)
    {
      g_autofree char *text = gm_hash_dup_hex (&g_array_index (self->uids, GmHash, i));

      json_array_add_string_element (uids, text);
    }
  json_object_set_int_member (message, "issuedAt", self->issued_at);
  json_object_set_array_member (message, "uids", uids);
  return message;
}

GmRevocationList *
gm_revocation_list_sign (guint64 chain_id,
                         gint64 issued_at,
                         const GArray *uids,
                         const GmSigner *attester,
                         GError **error)
{
  g_autoptr (GmRevocationList) self = g_new0 (GmRevocationList, 1);
  GmSigningDomain domain;

  if (uids->len > GM_REVOCATION_MAX_UIDS)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "revocation list: more than %d licenses",
                         GM_REVOCATION_MAX_UIDS);

  self->chain_id = chain_id;
  self->attester = attester->address;
  self->issued_at = issued_at;
  self->uids = g_array_sized_new (FALSE, FALSE, sizeof (GmHash), uids->len);
  g_array_append_vals (self->uids, uids->data, uids->len);
  g_array_sort (self->uids, compare_uids);
  for (guint i = self->uids->len; i-- > 1;)
    if (compare_uids (&g_array_index (self->uids, GmHash, i),
                      &g_array_index (self->uids, GmHash, i - 1)) == 0)
      g_array_remove_index (self->uids, i);

  domain = gm_signing_domain_keys (chain_id, &self->attester);
  if (!gm_signing_domain_sign (&domain, list_type, message_to_json (self), attester,
                               &self->signature, error))
    return NULL;

  return g_steal_pointer (&self);
}

JsonObject *
gm_revocation_list_to_json (const GmRevocationList *self)
{
  JsonObject *object = message_to_json (self);

  json_object_set_int_member (object, "v", 1);
  json_object_set_int_member (object, "chainId", (gint64) self->chain_id);
  gm_wire_set_address (object, "attester", &self->attester);
  gm_wire_set_signature (object, "signature", &self->signature);
  return object;
}

static gboolean
read_uids (GmRevocationList *self, JsonObject *object, GError **error)
{
  JsonArray *uids = gm_json_array (object, "uids", error);
  guint n = uids != NULL ? json_array_get_length (uids) : 0;

  if (uids == NULL)
    return FALSE;
  if (n > GM_REVOCATION_MAX_UIDS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "revocation list: more than %d licenses",
                    GM_REVOCATION_MAX_UIDS);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (uids, i);
      GmHash uid;

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        return gm_fail (error, GM_ERROR_BAD_DATA, "revocation list: a uid is not text");
      if (!gm_hash_parse (json_node_get_string (node), &uid, error))
        return FALSE;
      if (i > 0 && compare_uids (&g_array_index (self->uids, GmHash, i - 1), &uid) >= 0)
        return gm_fail (error, GM_ERROR_BAD_DATA, "revocation list: uids are not in order");
      g_array_append_val (self->uids, uid);
    }
  return TRUE;
}

GmRevocationList *
gm_revocation_list_parse (GBytes *json, GError **error)
{
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_REVOCATION_MAX_BYTES, error);
  g_autoptr (GmRevocationList) self = g_new0 (GmRevocationList, 1);
  GmHash digest;

  self->uids = g_array_new (FALSE, FALSE, sizeof (GmHash));
  if (object == NULL || !gm_wire_is_version (object, 1, error) ||
      !gm_wire_chain_id (object, "chainId", &self->chain_id, error) ||
      !gm_wire_address (object, "attester", &self->attester, error) ||
      !gm_wire_count (object, "issuedAt", GM_WIRE_MAX_INT, &self->issued_at, error) ||
      !read_uids (self, object, error) ||
      !gm_wire_signature (object, "signature", &self->signature, error))
    return NULL;

  compute_digest (self, &digest);
  if (!gm_signature_verify (&self->signature, &digest, &self->attester, error))
    {
      g_prefix_error (error, "revocation list: ");
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
gm_revocation_list_check (const GmRevocationList *self,
                          const GmHash *uid,
                          gint64 now_unix,
                          GError **error)
{
  if (self->issued_at < now_unix - GM_REVOCATION_MAX_AGE_S)
    return gm_fail (error, GM_ERROR_DENIED, "the revocation list is older than 24 hours");
  if (self->issued_at > now_unix + CLOCK_SLACK_S)
    return gm_fail (error, GM_ERROR_DENIED, "the revocation list is from the future");
  if (g_array_binary_search (self->uids, uid, compare_uids, NULL))
    return gm_fail (error, GM_ERROR_DENIED, "the license is revoked");

  return TRUE;
}
