/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/holder-set.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "base/json.h"
#include "crypto/hpke.h"
#include "evm/address.h"
#include "server/revoker.h"
#include "vault/credential.h"

static gboolean
write_json (const char *path, JsonObject *take, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, take);
  text = json_to_string (node, TRUE);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return TRUE;
  gm_error_adopt (error);
  return FALSE;
}

/* A listening socket on @port, or on any when that is taken; held until all three are chosen. */
static GSocket *
reserve_port (guint16 *port, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, *port);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) local = NULL;

  if (socket == NULL ||
      (!g_socket_bind (socket, wanted, TRUE, NULL) && !g_socket_bind (socket, any, TRUE, error)))
    {
      gm_error_adopt (error);
      return NULL;
    }
  local = g_socket_get_local_address (socket, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local));
  return g_steal_pointer (&socket);
}

/* Where each was before. */
static void
read_ports (GmService *service, guint16 ports[GM_HOLDER_SET_SIZE])
{
  for (guint i = 0; i < service->holders->len && i < GM_HOLDER_SET_SIZE; i++)
    {
      const GmKeyHolder *holder = service->holders->pdata[i];
      g_autoptr (GUri) uri = g_uri_parse (holder->url, G_URI_FLAGS_NONE, NULL);

      if (uri != NULL && g_uri_get_port (uri) > 0)
        ports[i] = (guint16) g_uri_get_port (uri);
    }
}

static gboolean
choose_ports (GmService *service, guint16 ports[GM_HOLDER_SET_SIZE], GError **error)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);

  read_ports (service, ports);
  for (guint i = 0; i < GM_HOLDER_SET_SIZE; i++)
    {
      GSocket *socket = reserve_port (&ports[i], error);

      if (socket == NULL)
        return FALSE;
      g_ptr_array_add (sockets, socket);
    }
  return TRUE;
}

char *
gm_holder_set_dup_policy (GmService *service, guint number)
{
  g_autofree char *name = g_strdup_printf ("holders/holder-%u.json", number);

  return gm_server_config_dup_path (service->config, name);
}

static JsonObject *
describe_condition (GmService *service)
{
  JsonObject *condition = json_object_new ();
  g_autofree char *attester = gm_address_dup_text (&service->issuer->address);
  g_autofree char *revocations = gm_revoker_dup_path (service);

  json_object_set_string_member (condition, "kind", "offchain");
  json_object_set_int_member (condition, "chainId", (gint64) service->chain_id);
  json_object_set_string_member (condition, "attester", attester);
  json_object_set_string_member (condition, "revocations", revocations);
  return condition;
}

static gboolean
write_policy (GmService *service, guint number, guint16 port, GError **error)
{
  g_autofree char *path = gm_holder_set_dup_policy (service, number);
  g_autofree char *credentials = gm_server_config_dup_path (service->config, "credentials");
  g_autofree char *id = g_strdup_printf ("holder-%u", number);
  g_autofree char *hpke = g_strconcat (id, ".hpke", NULL);
  g_autofree char *sign = g_strconcat (id, ".sign", NULL);
  JsonObject *policy = json_object_new ();
  JsonArray *conditions = json_array_new ();

  json_array_add_object_element (conditions, describe_condition (service));
  json_object_set_int_member (policy, "v", 1);
  json_object_set_string_member (policy, "holderId", id);
  json_object_set_string_member (policy, "address", "127.0.0.1");
  json_object_set_int_member (policy, "port", port);
  json_object_set_string_member (policy, "credentials", credentials);
  json_object_set_string_member (policy, "hpkeCredential", hpke);
  json_object_set_string_member (policy, "signCredential", sign);
  json_object_set_array_member (policy, "conditions", conditions);
  return write_json (path, policy, error);
}

/* Makes the keys on the first call; the store keeps only their public halves. */
static JsonObject *
describe_holder (GmService *service, guint number, guint16 port, GError **error)
{
  g_autofree char *folder = gm_server_config_dup_path (service->config, "credentials");
  g_autofree char *id = g_strdup_printf ("holder-%u", number);
  g_autofree char *hpke_name = g_strconcat (id, ".hpke", NULL);
  g_autofree char *sign_name = g_strconcat (id, ".sign", NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (GmSecret) hpke = gm_credential_ensure (folder, hpke_name, error);
  g_autoptr (GmSecret) sign = hpke != NULL ? gm_credential_ensure (folder, sign_name, error) : NULL;
  g_autofree char *hpke_hex = NULL;
  g_autofree char *sign_hex = NULL;
  GmHash hpke_key, sign_key;
  JsonObject *object;

  if (sign == NULL || !gm_hpke_public_key (hpke, &hpke_key, error) ||
      !gm_credential_ed25519_public (sign, &sign_key, error))
    return NULL;
  hpke_hex = gm_hash_dup_hex (&hpke_key);
  sign_hex = gm_hash_dup_hex (&sign_key);
  object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "url", url);
  json_object_set_string_member (object, "hpkeKey", hpke_hex);
  json_object_set_string_member (object, "signKey", sign_hex);
  return object;
}

static gboolean
write_holders (GmService *service, const guint16 ports[GM_HOLDER_SET_SIZE], GError **error)
{
  g_autofree char *path = gm_server_config_dup_path (service->config, "holders.json");
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *list = json_array_new ();

  json_object_set_int_member (object, "threshold", GM_HOLDER_SET_THRESHOLD);
  json_object_set_array_member (object, "holders", list);
  for (guint i = 0; i < GM_HOLDER_SET_SIZE; i++)
    {
      JsonObject *holder = describe_holder (service, i + 1, ports[i], error);

      if (holder == NULL)
        return FALSE;
      json_array_add_object_element (list, holder);
      if (!write_policy (service, i + 1, ports[i], error))
        return FALSE;
    }
  return write_json (path, g_steal_pointer (&object), error);
}

gboolean
gm_holder_set_ensure (GmService *service, GError **error)
{
  g_autofree char *folder = gm_server_config_dup_path (service->config, "holders");
  guint16 ports[GM_HOLDER_SET_SIZE] = { 0 };

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return gm_fail (error, GM_ERROR_DENIED, "cannot make the folder %s: %s", folder,
                    g_strerror (errno));
  return choose_ports (service, ports, error) && write_holders (service, ports, error) &&
         gm_revoker_renew (service, TRUE, error) && gm_service_load_holders (service, error);
}
