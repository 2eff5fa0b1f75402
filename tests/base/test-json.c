/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <string.h>

#include "base/error.h"

static JsonNode *
parse (const char *text, GError **error)
{
  /* no NUL after it: one read beyond the end is seen by ASan */
  g_autofree char *copy = g_memdup2 (text, MAX (strlen (text), 1));

  return gm_json_parse (copy, strlen (text), 64 * 1024, error);
}

static void
assert_refused (GError **error, const char *words)
{
  g_assert_error (*error, GM_ERROR, GM_ERROR_BAD_DATA);
  if (strstr ((*error)->message, words) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, words);
  g_clear_error (error);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "", "ends too early" },
    { " \t\r\n", "ends too early" },
    { "1", "one object or array" },
    { "\"text\"", "one object or array" },
    { "null", "one object or array" },
    { "{}{}", "one object or array" },
    { "[] 1", "one object or array" },
    { "[", "ends too early" },
    { "{\"a\":1", "ends too early" },
    { "]", "one object or array" },
    { "{]", "JSON: " },
    { "[1,]", "JSON: " },
    { "[1 2]", "JSON: " },
    { "{\"a\" 1}", "JSON: " },
    { "{1:1}", "JSON: " },
    { "{\"a\":1,\"a\":1}", "given twice" },
    { "{\"b\":{\"a\":1,\"c\":2,\"a\":3}}", "given twice" },
    { "{\"a\":1,\"\\u0061\":2}", "given twice" },
    { "[1] // no", "byte 0x2f" },
    { "/* no */ [1]", "byte 0x2f" },
    { "['a']", "byte 0x27" },
    { "[0x10]", "a number that is none" },
    { "[1null]", "a number that is none" },
    { "[1-1]", "a number that is none" },
    { "[NaN]", "byte 0x4e" },
    { "[Infinity]", "byte 0x49" },
    { "[\"a\tb\"]", "control character" },
    { "[\"a", "ends too early" },
    { "[\"a\\", "no character" },
    { "[\"\\x\"]", "no character" },
    { "[\"\\u12g4\"]", "no character" },
    { "[\"\\u12", "no character" },
    { "[\"\\ud800\"]", "no character" },
    { "[\"\\udc00\"]", "no character" },
    { "[\"\\ud800\\u0041\"]", "no character" },
    { "[\"\\u0000\"]", "NUL" },
    { "[\"\xc3\x28\"]", "UTF-8" },
    { "[\"\xed\xa0\x80\"]", "UTF-8" },
    { "\xef\xbb\xbf[]", "byte 0xef" },
    { "[tru]", "JSON: " },
    { "[nul]", "JSON: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].text, &error));
      assert_refused (&error, cases[i].words);
    }
}

/* json-glib would take 010 for 8, 18446744073709551615 for -1, and 1e400 for infinity. */
static void
test_numbers_refused (void)
{
  static const char *const cases[] = {
    "010",
    "00",
    "-01",
    "+1",
    "-",
    "- 1",
    "--1",
    ".5",
    "1.",
    "1.e5",
    "1e",
    "1e+",
    "-.5",
    "1.5.",
    "1ee5",
    "1e400",
    "9007199254740992",
    "-9007199254740992",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "-9223372036854775809",
    "99999999999999999999999",
    "-99999999999999999999",
    "00000000000000000001",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[%s]", cases[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (text, &error));
      assert_refused (&error, "JSON: ");
      text[strlen (text) - 1] = '\0'; /* at the very end, too */
      g_assert_null (parse (text, &error));
      assert_refused (&error, "JSON: ");
    }
}

static void
test_numbers_taken (void)
{
  static const struct
  {
    const char *text;
    gint64 integer;
  } cases[] = {
    { "0", 0 },
    { "-0", 0 },
    { "7", 7 },
    { "-1", -1 },
    { "9007199254740991", 9007199254740991 },
    { "-9007199254740991", -9007199254740991 },
  };
  static const char *const doubles[] = { "0.5", "-1.25e2", "1e5", "1E-5", "1e+5", "0e0" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"n\":%s}", cases[i].text);
      g_autoptr (JsonNode) node = parse (text, NULL);
      gint64 integer;

      g_assert_true (gm_json_int (json_node_get_object (node), "n", &integer, NULL));
      g_assert_cmpint (integer, ==, cases[i].integer);
    }
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autofree char *text = g_strdup_printf ("[%s]", doubles[i]);
      g_autoptr (JsonNode) node = parse (text, NULL);
      JsonArray *array = json_node_get_array (node);

      g_assert_true (json_array_get_double_element (array, 0) == g_ascii_strtod (doubles[i], NULL));
    }
}

static void
test_depth_and_length (void)
{
  for (guint depth = 32; depth <= 33; depth++)
    {
      g_autofree char *open = g_strnfill (depth, '[');
      g_autofree char *close = g_strnfill (depth, ']');
      g_autofree char *text = g_strconcat (open, close, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (text, &error);

      if (depth == 32)
        g_assert_no_error (error);
      else
        assert_refused (&error, "deeper than 32");
    }
  for (gsize most = 3; most <= 4; most++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = gm_json_parse ("[ 1]", 4, most, &error);

      if (most == 4)
        g_assert_no_error (error);
      else
        assert_refused (&error, "4 bytes, at most 3");
    }
}

static void
test_object (void)
{
  g_autoptr (GBytes) array = g_bytes_new_static ("[]", 2);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) object = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (JsonObject) read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_json_parse_object (array, 100, &error));
  assert_refused (&error, "an object is expected");
  g_assert_null (gm_json_parse_object (nothing, 100, &error));
  assert_refused (&error, "too early");
  read = gm_json_parse_object (object, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_object_get_size (read), ==, 1);
}

/* The sorting example of RFC 8785 section 3.2.3 and the escapes of 3.2.2.2. */
static void
test_canonical (void)
{
  static const struct
  {
    const char *text;
    const char *canonical;
  } cases[] = {
    { " { } ", "{}" },
    { "[ 1 , -2 , 0 , -0 , true , false , null ]", "[1,-2,0,0,true,false,null]" },
    { "{\"b\":1,\"a\":{\"d\":[],\"c\":{}}}", "{\"a\":{\"c\":{},\"d\":[]},\"b\":1}" },
    { "{\"aa\":1,\"a\":2,\"\":3,\"B\":4}", "{\"\":3,\"B\":4,\"a\":2,\"aa\":1}" },
    { "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\","
      "\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\"1\":\"One\","
      "\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
      "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}",
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
      "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
      "\"😀\":\"Emoji: Grinning Face\",\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}" },
    { "[\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\\b\\f\\t\\u007f\"]",
      "[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\f\\t\x7f\"]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (cases[i].text, &error);
      g_autofree char *canonical = NULL;

      g_assert_no_error (error);
      canonical = gm_json_canonical (node, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (canonical, ==, cases[i].canonical);
    }
}

static void
test_canonical_refused (void)
{
  g_autoptr (JsonNode) fraction = parse ("{\"a\":[1.5]}", NULL);
  g_autoptr (JsonNode) large = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GError) error = NULL;
  GmHash hash = { .b = { 77 } };

  g_assert_null (gm_json_canonical (fraction, &error));
  assert_refused (&error, "integers");
  g_assert_false (gm_json_hash (fraction, &hash, &error));
  assert_refused (&error, "integers");
  g_assert_cmpuint (hash.b[0], ==, 77);

  json_array_add_int_element (array, G_MININT64);
  json_node_set_array (large, array);
  g_assert_null (gm_json_canonical (large, &error));
  assert_refused (&error, "53 bits");
}

static void
test_hash (void)
{
  g_autoptr (JsonNode) node = parse ("{ }", NULL);
  g_autofree char *hex = NULL;
  GmHash hash;

  g_assert_true (gm_json_hash (node, &hash, NULL)); /* SHA-256 of "{}" */
  hex = gm_hash_dup_hex (&hash);
  g_assert_cmpstr (hex, ==, "0x44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

static void
test_typed_reads (void)
{
  g_autoptr (JsonNode) node = parse ("{\"text\":\"a\",\"int\":1,\"object\":{},\"array\":[],"
                                     "\"null\":null,\"short\":\"0x00\"}",
                                     NULL);
  static const char *const members[] = { "text", "int", "object", "array", "null", "none" };
  JsonObject *object = json_node_get_object (node);
  GmHash hash = { .b = { 77 } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      gint64 integer = 77;

      g_assert_true ((gm_json_text (object, members[i], &error) != NULL) == (i == 0));
      if (i != 0)
        assert_refused (&error, members[i]);
      g_assert_true (gm_json_int (object, members[i], &integer, &error) == (i == 1));
      if (i != 1)
        assert_refused (&error, members[i]);
      g_assert_cmpint (integer, ==, i == 1 ? 1 : 77);
      g_assert_true ((gm_json_object (object, members[i], &error) != NULL) == (i == 2));
      if (i != 2)
        assert_refused (&error, members[i]);
      g_assert_true ((gm_json_array (object, members[i], &error) != NULL) == (i == 3));
      if (i != 3)
        assert_refused (&error, members[i]);
    }
  g_assert_false (gm_json_hash_member (object, "short", &hash, &error));
  assert_refused (&error, "member “short”: ");
  g_assert_cmpuint (hash.b[0], ==, 77);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/what-has-another-meaning-elsewhere-is-refused", test_refused);
  g_test_add_func ("/json/numbers-that-would-change-are-refused", test_numbers_refused);
  g_test_add_func ("/json/numbers-keep-their-value", test_numbers_taken);
  g_test_add_func ("/json/depth-and-length-have-an-end", test_depth_and_length);
  g_test_add_func ("/json/an-object-is-asked-for", test_object);
  g_test_add_func ("/json/canonical-text-is-that-of-rfc-8785", test_canonical);
  g_test_add_func ("/json/what-has-no-canonical-text-is-refused", test_canonical_refused);
  g_test_add_func ("/json/the-hash-is-of-the-canonical-text", test_hash);
  g_test_add_func ("/json/a-read-names-the-member", test_typed_reads);
  return g_test_run ();
}
