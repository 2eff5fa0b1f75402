/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "devnet.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "anvil.h"
#include "base/json.h"
#include "chain/fees.h"
#include "chain/tx-receipt.h"
#include "chain/tx-sender.h"
#include "evm/address.h"
#include "evm/raw-tx.h"
#include "evm/signable.h"

#define USDC     "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"
#define MAX_JSON (1 << 20)

/* A test that fails leaves none behind: it stops its chains when it is told to end. */
static void
end_with_parent (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static char *
find_script (void)
{
  const char *source = g_getenv ("GM_SOURCE_DIR");
  g_autofree char *modules = g_build_filename (source, "contracts", "node_modules", NULL);
  g_autofree char *node = g_find_program_in_path ("node");

  if (node != NULL && g_file_test (modules, G_FILE_TEST_IS_DIR))
    return g_build_filename (source, "contracts", "devnet.mjs", NULL);
  g_print ("1..0 # SKIP tools/setup contracts installs the devnet\n");
  exit (0);
}

static void
read_people (Devnet *self, GError **error)
{
  JsonArray *accounts = gm_json_array (self->json, "accounts", error);

  for (guint i = 0; i < DEVNET_N_PEOPLE; i++)
    {
      JsonObject *account = json_array_get_object_element (accounts, i);

      self->people[i] = anvil_signer_new (json_object_get_string_member (account, "privateKey"));
    }
}

static void
read_file (Devnet *self, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  json = g_bytes_new (text, length);
  self->json = gm_json_parse_object (json, MAX_JSON, &error);
  g_assert_no_error (error);
  self->deployment = gm_deployment_load (path, &error);
  g_assert_no_error (error);
  read_people (self, &error);
  g_assert_no_error (error);
}

static void
wait_until_ready (Devnet *self)
{
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (
      g_subprocess_get_stdout_pipe (self->process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "ready "));
}

Devnet *
devnet_new (void)
{
  g_autofree char *script = find_script ();
  g_autofree char *path = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  Devnet *self = g_new0 (Devnet, 1);

  self->folder = g_dir_make_tmp ("gm-devnet-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "devnet.json", NULL);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, "node", script, "--json", path,
                                               NULL);
  g_assert_no_error (error);
  wait_until_ready (self);
  read_file (self, path);

  self->http = gm_http_new ("test");
  self->chain = gm_deployment_open (self->deployment, self->http);
  self->marketplace = (GmContract){ self->chain, self->deployment->marketplace };
  self->escrow = (GmContract){ self->chain, self->deployment->escrow };
  self->issuer = (GmContract){ self->chain, self->deployment->issuer };
  self->eas = (GmContract){ self->chain, self->deployment->eas };
  self->token.chain = self->chain;
  g_assert_true (gm_address_parse (USDC, &self->token.address, NULL));
  return self;
}

void
devnet_free (Devnet *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0); /* it took its file along */
  for (guint i = 0; i < DEVNET_N_PEOPLE; i++)
    anvil_signer_free (self->people[i]);
  gm_chain_free (self->chain);
  gm_http_free (self->http);
  gm_deployment_free (self->deployment);
  json_object_unref (self->json);
  g_object_unref (self->process);
  g_free (self->folder);
  g_free (self);
}

static GmTx *
make_tx (Devnet *self, DevnetPerson from, const GmContract *to, GBytes *data)
{
  GmTx *tx = gm_tx_new (GM_TX_FEE_MARKET);

  g_assert_nonnull (data);
  tx->chain_id = self->deployment->network.chain_id;
  tx->to = to->address;
  g_bytes_unref (tx->data);
  tx->data = data;
  return tx;
}

void
devnet_send (Devnet *self, DevnetPerson from, const GmContract *to, GBytes *data, GmHash *tx_hash)
{
  g_autoptr (GmTx) tx = make_tx (self, from, to, data);
  const GmSigner *signer = self->people[from];
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GError) error = NULL;
  GmTxReceipt receipt;
  GmFees fees;
  GmHash hash;

  gm_fees_estimate (self->chain, &signer->address, tx, &fees, NULL, &error);
  g_assert_no_error (error);
  gm_fees_apply (&fees, tx);
  gm_tx_sender_next_nonce (self->chain, &signer->address, &tx->nonce, NULL, &error);
  g_assert_no_error (error);
  raw = gm_tx_sign (tx, signer, &error);
  g_assert_no_error (error);
  gm_raw_tx_hash (raw, &hash);
  gm_tx_sender_send (self->chain, raw, NULL, &error);
  g_assert_no_error (error);
  do
    {
      gm_tx_receipt_read (self->chain, &hash, &receipt, NULL, &error);
      g_assert_no_error (error);
    }
  while (receipt.state == GM_TX_PENDING || receipt.state == GM_TX_UNKNOWN);
  g_assert_cmpint (receipt.state, ==, GM_TX_DONE);
  if (tx_hash != NULL)
    *tx_hash = hash;
}

char *
devnet_refusal (Devnet *self, DevnetPerson from, const GmContract *to, GBytes *data)
{
  g_autoptr (GmTx) tx = make_tx (self, from, to, data);
  g_autoptr (GError) error = NULL;
  GmFees fees;

  g_assert_false (
      gm_fees_estimate (self->chain, &self->people[from]->address, tx, &fees, NULL, &error));
  return g_strdup (error->message);
}

GmBlock
devnet_now (Devnet *self)
{
  g_autoptr (GError) error = NULL;
  GmBlock block;

  gm_chain_pin (self->chain, 0, &block, NULL, &error);
  g_assert_no_error (error);
  return block;
}

static void
ask (Devnet *self, const char *method, guint64 number)
{
  g_autoptr (JsonArray) params = json_array_new ();
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GError) error = NULL;

  json_array_add_int_element (params, (gint64) number);
  answer = gm_rpc_call (gm_chain_get_node (self->chain, 0), method, params, NULL, &error);
  g_assert_no_error (error);
}

void
devnet_pass (Devnet *self, guint64 seconds)
{
  ask (self, "evm_increaseTime", seconds);
  ask (self, "anvil_mine", 1);
}

void
devnet_sign (Devnet *self, DevnetPerson who, JsonObject *typed_data, GmSignature *out)
{
  const GmSignable what = { GM_SIGNABLE_TYPED_DATA, .typed_data = typed_data };
  g_autoptr (GError) error = NULL;

  self->people[who]->sign (self->people[who], &what, out, &error);
  g_assert_no_error (error);
}
