/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/typed-data.h"

#include "evm-vectors.h"
#include "evm/signature.h"

#define MAIL                                                                                       \
  "{'types':{"                                                                                     \
  "'EIP712Domain':[{'name':'name','type':'string'},{'name':'chainId','type':'uint256'}],"          \
  "'Person':[{'name':'name','type':'string'},{'name':'wallets','type':'address[]'}],"              \
  "'Mail':[{'name':'from','type':'Person'},{'name':'to','type':'Person[2]'},"                      \
  "{'name':'contents','type':'string'}]},"                                                         \
  "'primaryType':'Mail',"                                                                          \
  "'domain':{'name':'Ether Mail','chainId':1},"                                                    \
  "'message':{'from':{'name':'Cow','wallets':['0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826']},"     \
  "'to':[{'name':'Bob','wallets':[]},{'name':'Joe','wallets':[]}],'contents':'Hello'}}"

static void
test_signed (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-signing.json");
  const char *key_hex = json_object_get_string_member (vectors, "privateKey");
  g_autoptr (GmSecret) key = evm_vectors_key (key_hex);
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

/* The first one is the example of the EIP itself. */
static void
test_vectors (void)
{
  g_autoptr (JsonObject) file = evm_vectors_load ("evm-typed-data.json");
  JsonArray *vectors = json_object_get_array_member (file, "vectors");

  g_assert_cmpuint (json_array_get_length (vectors), ==, 5);
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *vector = json_array_get_object_element (vectors, i);
      JsonObject *typed_data = json_object_get_object_member (vector, "typedData");
      JsonObject *types = json_object_get_object_member (typed_data, "types");
      JsonObject *message = json_object_get_object_member (typed_data, "message");
      const char *type = json_object_get_string_member (typed_data, "primaryType");
      g_autoptr (GError) error = NULL;
      g_autofree char *text = gm_typed_data_encode_type (types, type, &error);
      GmHash hash;

      g_assert_cmpstr (text, ==, json_object_get_string_member (vector, "encodeType"));
      gm_typed_data_struct (types, type, message, &hash, &error);
      g_assert_no_error (error);
      evm_vectors_assert_hash (&hash, json_object_get_string_member (vector, "struct"));
      g_assert_true (gm_typed_data_domain (typed_data, &hash, &error));
      evm_vectors_assert_hash (&hash, json_object_get_string_member (vector, "domainSeparator"));
      g_assert_true (gm_typed_data_digest (typed_data, &hash, &error));
      evm_vectors_assert_hash (&hash, json_object_get_string_member (vector, "digest"));
    }
}

/* MAIL with one piece replaced. */
static gboolean
digest_changed (const char *piece, const char *by, GmHash *out, GError **error)
{
  g_autoptr (GString) text = g_string_new (MAIL);
  g_autoptr (JsonObject) typed_data = NULL;

  g_assert_cmpuint (g_string_replace (text, piece, by, 1), ==, 1);
  typed_data = evm_vectors_json (text->str);
  return gm_typed_data_digest (typed_data, out, error);
}

static void
test_every_part_counts (void)
{
  static const char *const changes[][2] = {
    { "'Ether Mail'", "'Other Mail'" },
    { "'chainId':1", "'chainId':2" },
    { "'Hello'", "'hello'" },
    { "'Cow'", "'cow'" },
    { "'Bob'", "'Joe'" },
    { "['0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826']", "[]" },
    { "'type':'Person[2]'", "'type':'Person[]'" },
    { "'uint256'", "'uint64'" },
  };
  GmHash plain, changed;

  g_assert_true (digest_changed ("'Hello'", "'Hello'", &plain, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_assert_true (digest_changed (changes[i][0], changes[i][1], &changed, NULL));
      g_assert_false (gm_hash_equal (&plain, &changed));
    }
}

static void
test_refused_messages (void)
{
  static const char *const cases[][3] = {
    { ",'contents':'Hello'", "", "Mail: member “contents” is missing" },
    { "'contents':'Hello'", "'contents':null", "Mail.contents: text is expected" },
    { "'contents':'Hello'", "'contents':'Hello','extra':1", "type Mail has no member “extra”" },
    { "'name':'Joe',", "'name':'Joe','age':'9',", "Mail.to: type Person has no member “age”" },
    { "'name':'Joe',", "", "Mail.to: Person: member “name” is missing" },
    { "'domain':{", "'domain':{'salt':1,", "type EIP712Domain has no member “salt”" },
    { "'name':'Ether Mail',", "", "EIP712Domain: member “name” is missing" },
    { ",{'name':'Joe','wallets':[]}", "", "Mail.to: 1 elements in Person[2]" },
    { "'to':[", "'to':[{'name':'Bob','wallets':[]},", "3 elements in Person[2]" },
    { "'from':{'name':'Cow','wallets':['0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826']}", "'from':1",
      "Mail.from: an object is expected" },
    { "'from':{'name':'Cow','wallets':['0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826']}", "'from':[]",
      "Mail.from: an object is expected" },
    { "'wallets':['0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826']", "'wallets':{}",
      "Mail.from: Person.wallets: an array is expected" },
    { "'0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826'", "'0x00'",
      "Mail.from: Person.wallets: address: " },
    { "'primaryType':'Mail',", "", "“primaryType”" },
    { "'primaryType':'Mail',", "'primaryType':'Letter',", "“Letter”" },
    { "'primaryType':'Mail',", "'primaryType':'uint256',", "“uint256” is no name" },
    { "'primaryType':'Mail',", "'primaryType':'EIP712Domain',", "a domain is not a message" },
    { "'domain':{'name':'Ether Mail','chainId':1},", "", "“domain”" },
    { "'domain':{'name':'Ether Mail','chainId':1},", "'domain':[],", "“domain”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GmHash digest = { .b = { 77 } };

      g_assert_false (digest_changed (cases[i][0], cases[i][1], &digest, &error));
      evm_vectors_assert_refused (&error, cases[i][2]);
      g_assert_cmpuint (digest.b[0], ==, 77);
    }
}

static void
test_refused_types (void)
{
  static const char *const cases[][3] = {
    { "'EIP712Domain':[", "'Other':[", "“EIP712Domain”" },
    { "'Person':[", "'Animal':[", "“Person”" },
    { "'Mail':[", "'Mail':1,'M':[", "“Mail”" },
    { "'type':'Person'", "'type':'uint'", "“uint”" },
    { "'type':'Person'", "'type':'int257'", "“int257”" },
    { "'type':'Person'", "'type':'Person[0]'", "“Person[0]” is no array" },
    { "'type':'Person'", "'type':'Person[01]'", "is no array" },
    { "'type':'Person'", "'type':'Person[-1]'", "is no array" },
    { "'type':'Person'", "'type':'Person[1'", "is no array" },
    { "'type':'Person'", "'type':'Person[1]x'", "is no array" },
    { "'type':'Person'", "'type':'Person['", "is no array" },
    { "'type':'Person'", "'type':'Person[9999999999]'", "is no array" },
    { "'type':'Person'", "'type':'Person]'", "“Person]” is no name" },
    { "'type':'Person'", "'type':''", "“” is no name" },
    { "'type':'Person'", "'type':'[]'", "“” is no name" },
    { "'type':'Person'", "'type':'string x,uint8'", "is no name" }, /* another type's text */
    { "'name':'contents'", "'name':'a,uint8 b'", "is no name of a member" },
    { "'name':'contents'", "'name':'contents\\n'", "is no name of a member" },
    { "'name':'contents'", "'name':''", "is no name of a member" },
    { "'name':'contents'", "'name':'é'", "is no name of a member" },
    { "'name':'contents'", "'name':'to'", "two members “to”" },
    { "{'name':'contents','type':'string'}", "{'name':'contents'}", "“type”" },
    { "{'name':'contents','type':'string'}", "{'type':'string'}", "“name”" },
    { "{'name':'contents','type':'string'}", "{'name':'contents','type':1}", "“type”" },
    { "{'name':'contents','type':'string'}", "'contents'", "{name, type}" },
    { "{'name':'contents','type':'string'}", "null", "{name, type}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GmHash digest = { .b = { 77 } };

      g_assert_false (digest_changed (cases[i][0], cases[i][1], &digest, &error));
      evm_vectors_assert_refused (&error, cases[i][2]);
      g_assert_cmpuint (digest.b[0], ==, 77);
    }
}

/* A list that ends at the given depth: structs inside each other, the top one counts. */
static JsonObject *
nested_lists (guint depth)
{
  g_autoptr (GString) text = g_string_new ("{'next':[]}");

  for (guint i = 2; i < depth; i += 2)
    {
      g_string_prepend (text, "{'next':[");
      g_string_append (text, "]}");
    }
  return evm_vectors_json (text->str);
}

static void
test_depth (void)
{
  g_autoptr (JsonObject) types = evm_vectors_json ("{'Node':[{'name':'next','type':'Node[]'}]}");
  g_autoptr (JsonObject) deep = nested_lists (GM_TYPED_DATA_MAX_DEPTH);
  g_autoptr (JsonObject) deeper = nested_lists (GM_TYPED_DATA_MAX_DEPTH + 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gm_typed_data_encode_type (types, "Node", &error);
  GmHash hash;

  g_assert_cmpstr (text, ==, "Node(Node[] next)");
  g_assert_true (gm_typed_data_struct (types, "Node", deep, &hash, &error));
  g_assert_false (gm_typed_data_struct (types, "Node", deeper, &hash, &error));
  evm_vectors_assert_refused (&error, "deeper than 16 levels");
}

static void
test_many_types (void)
{
  g_autoptr (JsonObject) types = json_object_new ();
  g_autoptr (JsonObject) message = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GmHash hash;

  for (guint i = 0; i < GM_TYPED_DATA_MAX_TYPES; i++)
    {
      g_autofree char *name = g_strdup_printf ("T%u", i);

      json_object_set_array_member (types, name, json_array_new ());
    }
  g_assert_true (gm_typed_data_struct (types, "T0", message, &hash, &error));
  g_assert_no_error (error);

  json_object_set_array_member (types, "OneMore", json_array_new ());
  g_assert_false (gm_typed_data_struct (types, "T0", message, &hash, &error));
  evm_vectors_assert_refused (&error, "65 types, at most 64");
  text = gm_typed_data_encode_type (types, "T0", &error);
  g_assert_null (text);
  evm_vectors_assert_refused (&error, "65 types, at most 64");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typed-data/digests-are-signed-as-elsewhere", test_signed);
  g_test_add_func ("/typed-data/structs-and-arrays-hash-as-in-ethers", test_vectors);
  g_test_add_func ("/typed-data/every-part-counts", test_every_part_counts);
  g_test_add_func ("/typed-data/members-are-exactly-those-of-the-type", test_refused_messages);
  g_test_add_func ("/typed-data/broken-types-are-refused", test_refused_types);
  g_test_add_func ("/typed-data/depth-has-an-end", test_depth);
  g_test_add_func ("/typed-data/types-have-a-number", test_many_types);
  return g_test_run ();
}
