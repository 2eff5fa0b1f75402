/* A store whose contracts are on the devnet: the real program, as a person starts it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "base/json.h"
#include "devnet.h"
#include "evm/address.h"
#include "store/store-client.h"
#include "vault/credential.h"

#define BASE 8453

static Devnet *net;

static GSubprocess *
start (const char *folder, const char *chain, const char *command)
{
  g_autofree char *path = g_build_filename (g_getenv ("GM_BUILD_DIR"), "src", "server",
                                            "gotmusic-server", NULL);
  const char *const argv[] = { path,      "--data", folder,  "--port", "0",
                               "--chain", chain,    command, NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_newv (
      argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

  g_assert_no_error (error);
  return process;
}

static char *
new_store (const char *chain)
{
  char *folder = g_dir_make_tmp ("gm-chain-XXXXXX", NULL);
  g_autoptr (GSubprocess) process = start (folder, chain, "migrate");

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  return folder;
}

static void
remove_store (const char *folder)
{
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-r",
                                                      folder, NULL);

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static void
test_its_descriptor_names_them (void)
{
  g_autofree char *chain = g_build_filename (net->folder, "devnet.json", NULL);
  g_autofree char *folder = new_store (chain);
  g_autoptr (GSubprocess) process = start (folder, chain, "serve");
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (
      g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_autoptr (GmStoreClient) client = NULL;
  g_autoptr (GmDescriptor) descriptor = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "ready "));
  client = gm_store_client_new (net->http, line + strlen ("ready "), &error);
  g_assert_no_error (error);
  descriptor = gm_store_client_descriptor (client, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (descriptor->chain_id, ==, BASE);
  g_assert_false (gm_descriptor_is_local (descriptor));
  g_assert_true (gm_address_equal (&descriptor->marketplace, &net->deployment->marketplace));
  g_assert_true (gm_address_equal (&descriptor->issuer, &net->deployment->issuer));
  g_assert_true (gm_address_equal (&descriptor->eas_contract, &net->deployment->eas));
  g_assert_true (gm_hash_equal (&descriptor->license_schema, &net->deployment->license_schema));
  g_assert_cmpstr (descriptor->eas_version, ==, "1.4.0");

  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  remove_store (folder);
}

/* What is not there as the file says is said before anybody is served. */
static void
test_what_is_not_there_is_said (void)
{
  static const struct
  {
    const char *member;
    const char *says;
  } cases[] = {
    { "Marketplace", "Marketplace: " },
    { "LayawayEscrow", "Marketplace: " },
    { "LicenseIssuer", "Marketplace: " },
  };
  g_autofree char *chain = g_build_filename (net->folder, "wrong.json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JsonObject *contracts = json_object_get_object_member (net->json, "contracts");
      JsonObject *contract = json_object_get_object_member (contracts, cases[i].member);
      g_autofree char *right = g_strdup (json_object_get_string_member (contract, "address"));
      g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), net->json);
      g_autofree char *folder = NULL;
      g_autofree char *text = NULL;
      g_autofree char *said = NULL;
      g_autoptr (GSubprocess) process = NULL;

      json_object_set_string_member (contract, "address",
                                     "0x00000000000000000000000000000000000a11ce");
      text = json_to_string (root, FALSE);
      g_assert_true (g_file_set_contents (chain, text, -1, NULL));
      json_object_set_string_member (contract, "address", right);

      folder = new_store (chain);
      process = start (folder, chain, "serve");
      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
      if (strstr (said, cases[i].says) == NULL || strstr (said, "wrong.json: Base: ") == NULL)
        g_error ("“%s” does not say “%s”", said, cases[i].says);
      remove_store (folder);
    }
  g_assert_cmpint (g_unlink (chain), ==, 0);
}

/* A holder asks for them itself: its own file says where they are. */
static void
test_a_key_node_names_them_too (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-holder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "policy.json", NULL);
  g_autofree char *program = g_build_filename (g_getenv ("GM_BUILD_DIR"), "src", "keynode",
                                               "gotmusic-keynode", NULL);
  g_autofree char *policy = g_strdup_printf (
      "{\"v\":1,\"holderId\":\"holder-1\",\"address\":\"127.0.0.1\",\"port\":0,"
      "\"credentials\":\".\",\"hpkeCredential\":\"h\",\"signCredential\":\"s\","
      "\"conditions\":[],\"chain\":\"%s/devnet.json\"}",
      net->folder);
  g_autofree char *issuer = gm_address_dup_text (&net->deployment->issuer);
  g_autoptr (GmSecret) hpke = gm_credential_ensure (folder, "h", NULL);
  g_autoptr (GmSecret) sign = gm_credential_ensure (folder, "s", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GmHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *url = NULL;
  g_autoptr (JsonObject) status = NULL;
  guint port;

  g_assert_true (g_file_set_contents (path, policy, -1, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--policy", path,
                              NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_nonnull (line);
  g_assert_cmpint (sscanf (line, "listening on port %u", &port), ==, 1);
  url = g_strdup_printf ("http://127.0.0.1:%u/status", port);
  answer = gm_http_send (net->http, &(GmHttpAsk){ .url = url }, NULL, &error);
  g_assert_no_error (error);
  status = gm_json_parse_object (answer->body, 1 << 16, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (status, "chain"), "issuer"), ==,
      issuer);
  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  remove_store (folder);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  net = devnet_new ();
  g_test_add_func ("/chain-store/its-descriptor-names-them", test_its_descriptor_names_them);
  g_test_add_func ("/chain-store/what-is-not-there-is-said", test_what_is_not_there_is_said);
  g_test_add_func ("/chain-store/a-key-node-names-them-too", test_a_key_node_names_them_too);
  status = g_test_run ();
  devnet_free (net);
  return status;
}
