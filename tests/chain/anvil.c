/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "anvil.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "base/hex.h"
#include "base/json.h"
#include "evm/signable.h"

#define BINARY    "peers/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil"
#define LISTENING "Listening on "

/* Of the phrase "test test test test test test test test test test test junk". */
static const char *const keys[] = {
  "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
};

void
anvil_need (void)
{
  g_autofree char *binary = g_test_build_filename (G_TEST_DIST, BINARY, NULL);

  if (g_file_test (binary, G_FILE_TEST_IS_EXECUTABLE))
    return;
  g_print ("1..0 # SKIP tools/setup peers installs anvil\n");
  exit (0);
}

/* It chooses a free port and says which. */
static char *
read_url (GSubprocess *process)
{
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (
      g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
      if (g_str_has_prefix (line, LISTENING))
        return g_strconcat ("http://", line + strlen (LISTENING), NULL);
    }
}

/* A test that fails leaves none behind. */
static void
die_with_parent (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

Anvil *
anvil_new (guint64 chain_id, const char *option)
{
  Anvil *self = g_new0 (Anvil, 1);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  g_autofree char *binary = g_test_build_filename (G_TEST_DIST, BINARY, NULL);
  g_autofree char *chain = g_strdup_printf ("%" G_GUINT64_FORMAT, chain_id);
  const char *const argv[] = { binary,       "--port", "0",    "--host", "127.0.0.1",
                               "--chain-id", chain,    option, NULL };

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  self->url = read_url (self->process);
  self->http = gm_http_new ("test");
  self->rpc = gm_rpc_new (self->http, self->url, chain_id);
  self->chain_id = chain_id;
  return self;
}

void
anvil_free (Anvil *self)
{
  g_subprocess_force_exit (self->process);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_object_unref (self->process);
  gm_rpc_free (self->rpc);
  gm_http_free (self->http);
  g_free (self->url);
  g_free (self);
}

JsonNode *
anvil_ask (Anvil *self, const char *method, const char *params)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) parsed = gm_json_parse (params, strlen (params), 1 << 20, &error);
  JsonNode *result;

  g_assert_no_error (error);
  result = gm_rpc_call (self->rpc, method, json_node_get_array (parsed), NULL, &error);
  g_assert_no_error (error);
  return result;
}

typedef struct
{
  GmSigner signer;
  GmSecret *key;
} Rich;

static gboolean
sign (const GmSigner *signer, const GmSignable *what, GmSignature *out, GError **error)
{
  return gm_signable_sign (what, ((const Rich *) signer)->key, out, error);
}

GmSigner *
anvil_signer_new (const char *hex)
{
  Rich *self = g_new0 (Rich, 1);
  guint8 bytes[32];

  g_assert_true (gm_hex_decode (hex, bytes, sizeof bytes, NULL));
  self->key = gm_secret_new_copy (bytes, sizeof bytes);
  self->signer.sign = sign;
  g_assert_true (gm_signature_address (self->key, &self->signer.address, NULL));
  return &self->signer;
}

GmSigner *
anvil_signer (guint i)
{
  return anvil_signer_new (keys[i]);
}

void
anvil_signer_free (GmSigner *signer)
{
  Rich *self = (Rich *) signer;

  gm_secret_unref (self->key);
  g_free (self);
}
