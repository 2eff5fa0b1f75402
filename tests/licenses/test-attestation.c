/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/attestation.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "license-world.h"
#include "licenses/wire.h"
#include "vault/credential.h"

static JsonArray *
load (JsonObject **vectors)
{
  *vectors = gm_world_vectors ("eas-offchain.json");
  return json_object_get_array_member (*vectors, "vectors");
}

static char *
text_of (JsonObject *object)
{
  g_autoptr (GBytes) bytes = gm_wire_encode (json_object_ref (object), NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

static void
test_sdk (void)
{
  g_autoptr (JsonObject) vectors = NULL;
  JsonArray *array = load (&vectors);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *vector = json_array_get_object_element (array, i);
      g_autofree char *text = text_of (json_object_get_object_member (vector, "attestation"));
      g_autofree char *again = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GmAttestation) attestation = gm_attestation_parse (text, &error);
      g_autoptr (GmAttestation) copy = NULL;
      g_autoptr (GmSecret) key = gm_secret_new (32);
      GmSigner *signer;

      g_assert_no_error (error);
      again = gm_attestation_dup_text (attestation);
      g_assert_cmpstr (again, ==, text);

      /* signed by us with the same key: every byte alike */
      g_assert_true (gm_hex_decode (json_object_get_string_member (vector, "key"),
                                    gm_secret_open_to_write (key), 32, &error));
      gm_secret_close (key);
      signer = gm_credential_signer_new (key, &error);
      copy = gm_attestation_copy (attestation);
      memset (&copy->uid, 0, sizeof copy->uid);
      memset (&copy->signature, 0, sizeof copy->signature);
      g_assert_true (gm_attestation_sign (copy, signer, &error));
      g_assert_true (gm_hash_equal (&copy->uid, &attestation->uid));
      g_assert_cmpmem (copy->signature.b, 65, attestation->signature.b, 65);
      gm_credential_signer_free (signer);
    }
}

static void
test_schema (void)
{
  g_autoptr (JsonObject) vectors = gm_world_vectors ("eas-offchain.json");
  GmHash expected, uid;

  g_assert_cmpstr (gm_license_receipt_schema, ==,
                   json_object_get_string_member (vectors, "schema"));
  g_assert_true (gm_json_hash_member (vectors, "schemaUid", &expected, NULL));
  gm_license_receipt_schema_uid (&uid);
  g_assert_true (gm_hash_equal (&uid, &expected));
}

/* Any change of any signed field is noticed. */
static void
test_changes (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GBytes) other = g_bytes_new_static ("x", 1);

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GmAttestation) changed = gm_attestation_copy (world->license);
      g_autoptr (GError) error = NULL;

      switch (i)
        {
        case 0: changed->chain_id++; break;
        case 1: changed->contract.b[0] ^= 1; break;
        case 2: changed->eas_version[0] = '2'; break;
        case 3: changed->uid.b[31] ^= 1; break;
        case 4: changed->schema.b[0] ^= 1; break;
        case 5: changed->attester.b[0] ^= 1; break;
        case 6: changed->recipient.b[0] ^= 1; break;
        case 7: changed->time++; break;
        case 8: changed->expiration_time++; break;
        case 9: changed->revocable = FALSE; break;
        case 10: changed->salt.b[0] ^= 1; break;
        default: g_bytes_unref (changed->data); changed->data = g_bytes_ref (other);
        }
      g_assert_false (gm_attestation_verify (changed, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
    }
  g_assert_true (gm_attestation_verify (world->license, NULL));
}

static const struct
{
  const char *from;
  const char *to;
  const char *wrong;
} broken[] = {
  { "\"version\":2", "\"version\":1", "only EAS version 2" },
  { "EAS Attestation", "EAS attestation", "the domain is not that of EAS" },
  { "\"primaryType\":\"Attest\"", "\"primaryType\":\"Other\"", "types" },
  { "\"name\":\"salt\"", "\"name\":\"pepper\"", "types" },
  { "\"revocable\":true", "\"revocable\":\"true\"", "revocable" },
  { "\"time\":\"", "\"time\":\"-", "time" },
  { "\"expirationTime\":\"0", "\"expirationTime\":\"18446744073709551616", "expirationTime" },
  { "\"data\":\"0x", "\"data\":\"0xg", "data" },
  { "\"v\":", "\"v\":1", "v" },
  { "\"signer\":\"0x", "\"signer\":\"0y", "signer" },
  { "\"uid\":\"0x7", "\"uid\":\"0x8", "uid is not that of its content" },
};

static void
test_broken (void)
{
  g_autoptr (JsonObject) vectors = NULL;
  JsonObject *first = json_array_get_object_element (load (&vectors), 0);
  g_autofree char *text = text_of (json_object_get_object_member (first, "attestation"));

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GString) changed = g_string_new (text);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (changed, broken[i].from, broken[i].to, 1), ==, 1);
      g_assert_null (gm_attestation_parse (changed->str, &error));
      g_assert_nonnull (error);
      if (strstr (error->message, broken[i].wrong) == NULL)
        g_error ("%s: %s", broken[i].to, error->message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attestation/bytes-are-those-of-the-eas-sdk", test_sdk);
  g_test_add_func ("/attestation/schema-uid-is-that-of-the-registry", test_schema);
  g_test_add_func ("/attestation/every-change-is-noticed", test_changes);
  g_test_add_func ("/attestation/broken-json-is-named", test_broken);
  return g_test_run ();
}
