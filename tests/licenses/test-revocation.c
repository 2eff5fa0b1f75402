/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/revocation.h"

#include <string.h>

#include "base/error.h"
#include "license-world.h"
#include "licenses/wire.h"

static GArray *
array_of (const char *digits)
{
  GArray *uids = g_array_new (FALSE, FALSE, sizeof (GmHash));

  for (const char *p = digits; *p != '\0'; p++)
    {
      GmHash uid;

      memset (&uid, g_ascii_xdigit_value (*p) * 17, sizeof uid);
      g_array_append_val (uids, uid);
    }
  return uids;
}

/* EIP-712 hashes of ethers; order and repetition of what is given do not matter. */
static void
test_vectors (void)
{
  static const struct
  {
    const char *name;
    const char *uids;
  } cases[] = { { "RevocationList", "f121" }, { "RevocationListEmpty", "" } };
  g_autoptr (JsonObject) vectors = gm_world_vectors ("license-structs.json");
  JsonArray *structs = json_object_get_array_member (vectors, "structs");
  GmSigner *signer = gm_world_signer (0x46);
  guint seen = 0;

  for (guint i = 0; i < json_array_get_length (structs); i++)
    for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
      {
        JsonObject *vector = json_array_get_object_element (structs, i);
        g_autoptr (GArray) uids = array_of (cases[k].uids);
        g_autoptr (GmRevocationList) list = NULL;
        g_autofree char *signature = NULL;

        if (!g_str_equal (json_object_get_string_member (vector, "name"), cases[k].name))
          continue;
        list = gm_revocation_list_sign (WORLD_CHAIN, WORLD_NOW, uids, signer, NULL);
        signature = gm_signature_dup_hex (&list->signature);
        g_assert_cmpstr (signature, ==, json_object_get_string_member (vector, "signature"));
        seen++;
      }
  g_assert_cmpuint (seen, ==, G_N_ELEMENTS (cases));
  gm_world_signer_free (signer);
}

static void
test_json (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } broken[] = {
    { "\"v\":1", "\"v\":2" },
    { "\"issuedAt\":17", "\"issuedAt\":-17" },
    { "\"issuedAt\":17", "\"issuedAt\":16" },
    { "\"chainId\":5", "\"chainId\":6" },
    { "\"uids\":[", "\"uids\":[7," },
    { "\"0x3333", "\"0x4333" },
    { "\"0x1111", "\"0x9111" },
    { "\"uids\":[\"0x1", "\"uids\":[\"1" },
  };
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GArray) uids = array_of ("13");
  g_autoptr (GmRevocationList) list = gm_revocation_list_sign (WORLD_CHAIN, WORLD_NOW, uids,
                                                               world->issuer, NULL);
  g_autoptr (GBytes) json = gm_wire_encode (gm_revocation_list_to_json (list), NULL);
  g_autoptr (GmRevocationList) again = gm_revocation_list_parse (json, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));

  g_assert_nonnull (again);
  g_assert_cmpuint (again->uids->len, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GString) changed = g_string_new (text);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (changed, broken[i].from, broken[i].to, 1), ==, 1);
      bytes = g_bytes_new (changed->str, changed->len);
      g_assert_null (gm_revocation_list_parse (bytes, &error));
      g_assert_nonnull (error);
    }
}

static void
test_check (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  static const struct
  {
    gint64 age;
    gboolean revoked;
    const char *wrong;
  } cases[] = {
    { 0, FALSE, NULL },
    { 24 * 3600, FALSE, NULL },
    { 24 * 3600 + 1, FALSE, "older than 24 hours" },
    { -120, FALSE, NULL },
    { -121, FALSE, "from the future" },
    { 0, TRUE, "revoked" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmRevocationList) list = gm_world_revocations (
          world, WORLD_NOW - cases[i].age, cases[i].revoked ? &world->license->uid : NULL);
      g_autoptr (GError) error = NULL;
      gboolean valid = gm_revocation_list_check (list, &world->license->uid, WORLD_NOW, &error);

      g_assert_cmpint (valid, ==, cases[i].wrong == NULL);
      if (cases[i].wrong != NULL)
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
          g_assert_nonnull (strstr (error->message, cases[i].wrong));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/revocation/is-signed-as-eip-712-says", test_vectors);
  g_test_add_func ("/revocation/changed-json-is-refused", test_json);
  g_test_add_func ("/revocation/stale-future-and-listed-are-refused", test_check);
  return g_test_run ();
}
