/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/session-key.h"

#include "base/error.h"
#include "evm/signable.h"

static void
test_sealed (void)
{
  g_autoptr (GmSecret) library_key = gm_secret_new_random (32);
  g_autoptr (GmSecret) other_key = gm_secret_new_random (32);
  GmSigner *signer = gm_session_key_new ();
  g_autoptr (GBytes) box = gm_session_key_seal (signer, library_key);
  g_autoptr (GError) error = NULL;
  GmSigner *again = gm_session_key_open (box, library_key, &error);
  GmSignature a, b;
  const GmSignable what = { GM_SIGNABLE_TEXT, .text = "hello" };
  GmHash digest;

  g_assert_no_error (error);
  g_assert_true (gm_address_equal (&signer->address, &again->address));
  g_assert_true (signer->sign (signer, &what, &a, NULL));
  g_assert_true (again->sign (again, &what, &b, NULL));
  g_assert_cmpmem (a.b, 65, b.b, 65);
  gm_signature_personal_digest (what.text, &digest);
  g_assert_true (gm_signature_verify (&a, &digest, &again->address, NULL));

  g_assert_null (gm_session_key_open (box, other_key, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  gm_session_key_free (signer);
  gm_session_key_free (again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-key/survives-in-its-box", test_sealed);
  return g_test_run ();
}
