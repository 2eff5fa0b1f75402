/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keynode/policy.h"

#include <string.h>

#include "base/error.h"
#include "licenses/key-envelope.h"
#include "licenses/wire.h"

#define MAX_TEXT 1024

static void
served_free (GmServed *served)
{
  g_free (served->revocations);
  g_free (served);
}

void
gm_policy_free (GmPolicy *self)
{
  if (self == NULL)
    return;

  g_free (self->holder_id);
  g_free (self->address);
  g_free (self->credentials);
  g_free (self->hpke_credential);
  g_free (self->sign_credential);
  g_free (self->chain);
  g_clear_pointer (&self->served, g_ptr_array_unref);
  g_free (self);
}

static char *
read_path (JsonObject *object, const char *member, const char *folder, GError **error)
{
  g_autofree char *text = gm_wire_dup_text (object, member, MAX_TEXT, error);

  if (text == NULL)
    return NULL;
  if (*text == '\0')
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "member “%s” is empty", member);
  if (g_path_is_absolute (text) || g_str_has_prefix (text, "https://") ||
      g_str_has_prefix (text, "http://"))
    return g_steal_pointer (&text);

  return g_build_filename (folder, text, NULL);
}

static gboolean
read_served (GmPolicy *self, JsonNode *node, const char *folder, GError **error)
{
  GmServed *served = g_new0 (GmServed, 1);
  JsonObject *object;
  const char *kind;

  g_ptr_array_add (self->served, served);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return gm_fail (error, GM_ERROR_BAD_DATA, "a condition is not an object");

  object = json_node_get_object (node);
  kind = gm_json_text (object, "kind", error);
  if (kind == NULL || !gm_wire_chain_id (object, "chainId", &served->chain_id, error) ||
      !gm_wire_address (object, "attester", &served->attester, error))
    return FALSE;

  if (strcmp (kind, "onchain") == 0)
    {
      served->kind = GM_CONDITION_ONCHAIN;
      return TRUE;
    }
  if (strcmp (kind, "offchain") != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "kind “%.32s” is unknown", kind);
  if (served->chain_id < GM_CONDITION_LOCAL_CHAIN)
    return gm_fail (error, GM_ERROR_BAD_DATA, "off-chain conditions are for local chain ids");

  served->kind = GM_CONDITION_OFFCHAIN;
  served->revocations = read_path (object, "revocations", folder, error);
  return served->revocations != NULL;
}

static gboolean
read_all_served (GmPolicy *self, JsonObject *object, const char *folder, GError **error)
{
  JsonArray *conditions = gm_json_array (object, "conditions", error);
  guint n = conditions != NULL ? json_array_get_length (conditions) : 0;

  if (conditions == NULL)
    return FALSE;
  if (n > GM_POLICY_MAX_CONDITIONS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "more than %d conditions", GM_POLICY_MAX_CONDITIONS);

  for (guint i = 0; i < n; i++)
    if (!read_served (self, json_array_get_element (conditions, i), folder, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_policy (GmPolicy *self, JsonObject *object, const char *folder, GError **error)
{
  g_autoptr (JsonNode) node = gm_json_node_take (json_object_ref (object));
  gint64 port;

  if (!gm_json_hash (node, &self->hash, error) || !gm_wire_is_version (object, 1, error) ||
      !gm_wire_count (object, "port", G_MAXUINT16, &port, error))
    return FALSE;

  self->port = (guint16) port;
  self->holder_id = gm_wire_dup_text (object, "holderId", GM_KEY_HOLDER_MAX_ID, error);
  if (self->holder_id == NULL)
    return FALSE;
  if (!gm_key_holder_id_is_valid (self->holder_id))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is no name of a holder", self->holder_id);

  self->address = gm_wire_dup_text (object, "address", MAX_TEXT, error);
  self->credentials = self->address != NULL ? read_path (object, "credentials", folder, error)
                                            : NULL;
  if (self->credentials == NULL)
    return FALSE;

  self->hpke_credential = gm_wire_dup_text (object, "hpkeCredential", MAX_TEXT, error);
  if (self->hpke_credential == NULL)
    return FALSE;

  if (json_object_has_member (object, "chain") &&
      (self->chain = read_path (object, "chain", folder, error)) == NULL)
    return FALSE;

  self->sign_credential = gm_wire_dup_text (object, "signCredential", MAX_TEXT, error);
  return self->sign_credential != NULL && read_all_served (self, object, folder, error);
}

GmPolicy *
gm_policy_parse (GBytes *json, const char *folder, GError **error)
{
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_POLICY_MAX_BYTES, error);
  g_autoptr (GmPolicy) self = g_new0 (GmPolicy, 1);

  self->served = g_ptr_array_new_with_free_func ((GDestroyNotify) served_free);
  if (object == NULL || !read_policy (self, object, folder, error))
    {
      g_prefix_error (error, "policy: ");
      return NULL;
    }
  return g_steal_pointer (&self);
}

GmPolicy *
gm_policy_load (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) json = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    {
      gm_error_adopt (error);
      return NULL;
    }
  json = g_bytes_new (text, length);
  return gm_policy_parse (json, folder, error);
}

static gboolean
serves_a_chain (const GmPolicy *self)
{
  for (guint i = 0; i < self->served->len; i++)
    if (((const GmServed *) g_ptr_array_index (self->served, i))->kind == GM_CONDITION_ONCHAIN)
      return TRUE;

  return FALSE;
}

const GmServed *
gm_policy_find (const GmPolicy *self, const GmCondition *condition, GError **error)
{
  gboolean kind_known = FALSE, chain_known = FALSE;

  if (condition->kind == GM_CONDITION_OFFCHAIN && serves_a_chain (self))
    return gm_fail_null (error, GM_ERROR_DENIED,
                         "this holder serves a chain and refuses off-chain licenses");

  for (guint i = 0; i < self->served->len; i++)
    {
      const GmServed *served = g_ptr_array_index (self->served, i);

      if (served->kind != condition->kind)
        continue;
      kind_known = TRUE;
      if (served->chain_id != condition->chain_id)
        continue;
      chain_known = TRUE;
      if (gm_address_equal (&served->attester, &condition->attester))
        return served;
    }
  return gm_fail_null (error, GM_ERROR_DENIED, "this holder does not serve %s",
                       !kind_known    ? "conditions of this kind"
                       : !chain_known ? "this chain"
                                      : "this issuer of licenses");
}
