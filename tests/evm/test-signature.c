/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/signature.h"

#include "base/error.h"
#include "evm-vectors.h"
#include "evm/address.h"

static void
test_vectors (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-signing.json");
  g_autoptr (GmSecret) key = evm_vectors_key (
      json_object_get_string_member (vectors, "privateKey"));
  JsonArray *messages = json_object_get_array_member (vectors, "personal");
  g_autofree char *text = NULL;
  GmAddress address;

  g_assert_true (gm_signature_address (key, &address, NULL));
  text = gm_address_dup_text (&address);
  g_assert_cmpstr (text, ==, json_object_get_string_member (vectors, "address"));

  g_assert_cmpuint (json_array_get_length (messages), ==, 3);
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = json_array_get_object_element (messages, i);
      g_autofree char *hex = NULL;
      GmSignature signature;
      GmHash digest;

      gm_signature_personal_digest (json_object_get_string_member (message, "message"), &digest);
      evm_vectors_assert_hash (&digest, json_object_get_string_member (message, "digest"));
      g_assert_true (gm_signature_sign (key, &digest, &signature, NULL));
      hex = gm_signature_dup_hex (&signature);
      g_assert_cmpstr (hex, ==, json_object_get_string_member (message, "signature"));
      g_assert_true (gm_signature_verify (&signature, &digest, &address, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/personal-messages-are-signed-as-elsewhere", test_vectors);
  return g_test_run ();
}
