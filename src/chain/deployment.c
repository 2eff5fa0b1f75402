/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/deployment.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "chain/license-issuer.h"
#include "evm/address.h"

#define CONTRACTS      "contracts"
#define MARKETPLACE    "Marketplace"
#define ESCROW         "LayawayEscrow"
#define ISSUER         "LicenseIssuer"
#define MAX_URL_LENGTH 2048

void
gm_deployment_free (GmDeployment *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->nodes);
  g_free (self);
}

static gboolean
read_address (JsonObject *object, const char *member, GmAddress *out, GError **error)
{
  const char *text = gm_json_text (object, member, error);

  if (text == NULL || !gm_address_parse (text, out, error))
    {
      g_prefix_error (error, "%s: ", member);
      return FALSE;
    }
  return !gm_address_is_zero (out) ||
         gm_fail (error, GM_ERROR_BAD_DATA, "%s is the address of nobody", member);
}

static gboolean
read_contract (JsonObject *contracts, const char *name, GmAddress *out, GError **error)
{
  JsonObject *contract = gm_json_object (contracts, name, error);

  if (contract != NULL && read_address (contract, "address", out, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
is_node (const char *url)
{
  g_autoptr (GUri) uri = strlen (url) <= MAX_URL_LENGTH ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL)
                                                        : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https")) &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

static gboolean
read_nodes (JsonObject *object, GmDeployment *self, GError **error)
{
  g_autoptr (GStrvBuilder) nodes = g_strv_builder_new ();
  JsonArray *list = gm_json_array (object, "rpc", error);
  guint n = list != NULL ? json_array_get_length (list) : 0;

  if (list == NULL)
    return FALSE;
  if (n == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "rpc names no node");
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING ||
          !is_node (json_node_get_string (node)))
        return gm_fail (error, GM_ERROR_BAD_DATA, "rpc: number %u is no address of a node", i + 1);
      g_strv_builder_add (nodes, json_node_get_string (node));
    }
  self->nodes = g_strv_builder_end (nodes);
  for (guint i = 0; i < GM_NETWORK_NODES; i++)
    self->network.nodes[i] = i < n ? self->nodes[i] : NULL;
  return TRUE;
}

static gboolean
read_test_money (JsonObject *object, GmDeployment *self, GError **error)
{
  JsonNode *node = json_object_get_member (object, "testMoney");

  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return gm_fail (error, GM_ERROR_BAD_DATA, "testMoney is true or false");
  self->network.test_money = self->network.test_money || json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_network (JsonObject *object, GmDeployment *self, GError **error)
{
  const GmNetwork *network;
  gint64 chain_id;

  if (!gm_json_int (object, "chainId", &chain_id, error))
    return FALSE;
  network = gm_network_find ((guint64) chain_id);
  if (network == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "%" G_GINT64_FORMAT " is no chain we know", chain_id);
  self->network = *network;
  return (!json_object_has_member (object, "rpc") || read_nodes (object, self, error)) &&
         read_test_money (object, self, error);
}

static gboolean
read_schema (JsonObject *object, GmHash *out, GError **error)
{
  JsonObject *schemas = gm_json_object (object, "schemas", error);
  JsonObject *schema = schemas != NULL ? gm_json_object (schemas, "license-receipt", error) : NULL;

  return schema != NULL && gm_json_hash_member (schema, "uid", out, error);
}

GmDeployment *
gm_deployment_parse (GBytes *json, GError **error)
{
  g_autoptr (GmDeployment) self = g_new0 (GmDeployment, 1);
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_DEPLOYMENT_MAX_BYTES, error);
  JsonObject *contracts;

  if (object == NULL || !read_network (object, self, error))
    return NULL;
  contracts = gm_json_object (object, CONTRACTS, error);
  if (contracts == NULL || !read_contract (contracts, MARKETPLACE, &self->marketplace, error) ||
      !read_contract (contracts, ESCROW, &self->escrow, error) ||
      !read_contract (contracts, ISSUER, &self->issuer, error) ||
      !read_address (object, "eas", &self->eas, error) ||
      !read_schema (object, &self->license_schema, error))
    return NULL;
  return g_steal_pointer (&self);
}

GmDeployment *
gm_deployment_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) json = NULL;
  GmDeployment *self;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    {
      gm_error_adopt (error);
      return NULL;
    }
  json = g_bytes_new_take (g_steal_pointer (&text), length);
  self = gm_deployment_parse (json, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", path);
  return self;
}

GmChain *
gm_deployment_open (GmDeployment *self, GmHttp *http)
{
  return gm_chain_new (http, &self->network);
}

/* What a contract calls @getter must be @expected. */
static gboolean
check_link (const GmContract *contract,
            const GmBlock *block,
            const GmContractCall *getter,
            const GmAddress *expected,
            GCancellable *cancellable,
            GError **error)
{
  GmAddress said;

  if (!gm_contract_read (contract, block, getter, &said, cancellable, error))
    return FALSE;
  return gm_address_equal (&said, expected) ||
         gm_fail (error, GM_ERROR_CONFLICT, "the contract names another %s", getter->function);
}

static gboolean
check_contracts (GmDeployment *self,
                 GmChain *chain,
                 const GmBlock *block,
                 GCancellable *cancellable,
                 GError **error)
{
  const GmContract marketplace = { chain, self->marketplace };
  const GmContract escrow = { chain, self->escrow };
  const GmContract issuer = { chain, self->issuer };
#define GETTER(abi, name)                                                                          \
  (&(GmContractCall){ gm_contract_abi_##abi, name, gm_contract_nothing, NULL, gm_contract_address })
  GmHash schema;

  if (!check_link (&marketplace, block, GETTER (marketplace, "issuer"), &self->issuer, cancellable,
                   error) ||
      !check_link (&marketplace, block, GETTER (marketplace, "escrow"), &self->escrow, cancellable,
                   error))
    {
      g_prefix_error (error, MARKETPLACE ": ");
      return FALSE;
    }
  if (!check_link (&escrow, block, GETTER (layaway_escrow, "marketplace"), &self->marketplace,
                   cancellable, error))
    {
      g_prefix_error (error, ESCROW ": ");
      return FALSE;
    }
  if (!check_link (&issuer, block, GETTER (license_issuer, "marketplace"), &self->marketplace,
                   cancellable, error) ||
      !gm_license_issuer_schema (&issuer, block, &schema, cancellable, error))
    {
      g_prefix_error (error, ISSUER ": ");
      return FALSE;
    }
#undef GETTER
  return gm_hash_equal (&schema, &self->license_schema) ||
         gm_fail (error, GM_ERROR_CONFLICT, "the issuer's licenses have another schema");
}

gboolean
gm_deployment_check (GmDeployment *self, GmChain *chain, GCancellable *cancellable, GError **error)
{
  GmBlock block;

  if (gm_chain_pin (chain, 0, &block, cancellable, error) &&
      check_contracts (self, chain, &block, cancellable, error))
    return TRUE;
  g_prefix_error (error, "%s: ", self->network.name);
  return FALSE;
}
