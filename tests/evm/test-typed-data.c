/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/typed-data.h"

#include "evm-vectors.h"
#include "evm/signature.h"

static void
test_vectors (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-signing.json");
  g_autoptr (GmSecret) key = evm_vectors_key (
      json_object_get_string_member (vectors, "privateKey"));
  JsonArray *typed = json_object_get_array_member (vectors, "typed");

  g_assert_cmpuint (json_array_get_length (typed), ==, 4);
  for (guint i = 0; i < json_array_get_length (typed); i++)
    {
      JsonObject *vector = json_array_get_object_element (typed, i);
      JsonObject *typed_data = json_object_get_object_member (vector, "typedData");
      g_autoptr (GError) error = NULL;
      g_autofree char *hex = NULL;
      GmSignature signature;
      GmHash hash;

      g_assert_true (gm_typed_data_domain (typed_data, &hash, &error));
      evm_vectors_assert_hash (&hash, json_object_get_string_member (vector, "domainSeparator"));
      g_assert_true (gm_typed_data_digest (typed_data, &hash, &error));
      evm_vectors_assert_hash (&hash, json_object_get_string_member (vector, "digest"));
      g_assert_true (gm_signature_sign (key, &hash, &signature, &error));
      hex = gm_signature_dup_hex (&signature);
      g_assert_cmpstr (hex, ==, json_object_get_string_member (vector, "signature"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typed-data/digests-are-those-of-elsewhere", test_vectors);
  return g_test_run ();
}
