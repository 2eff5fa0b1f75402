/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/clear-format.h"

#include <string.h>

#include "base/error.h"

static GPtrArray *
parse (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));

  return gm_clear_format_parse (bytes, error);
}

static void
test_every_file_of_ours_is_read (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("GM_SOURCE_DIR"), "resources", "signing",
                                              NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0, n_formats = 0;

  g_assert_nonnull (dir);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL; n_files++)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *json = NULL;
      g_autoptr (GPtrArray) formats = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
      formats = parse (json, &error);
      g_assert_no_error (error);
      n_formats += formats->len;
    }
  g_assert_cmpuint (n_files, ==, 7); /* and in signing.gresource.xml */
  g_assert_cmpuint (n_formats, ==, 12);
}

static void
test_a_call_is_found_by_its_selector (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) approve = g_bytes_new ("\x09\x5e\xa7\xb3", 4);
  g_autoptr (GBytes) receive = g_bytes_new ("\xa3\xe7\x6c\x0f", 4); /* receive() as a function */

  g_assert_cmpstr (gm_clear_format_find_call (nothing)->intent, ==, "Send");
  g_assert_cmpstr (gm_clear_format_find_call (approve)->intent, ==, "Allow spending");
  g_assert_null (gm_clear_format_find_call (receive));
}

static void
test_a_message_is_found_by_type_and_domain (void)
{
  static const char key[] =
      "KeyDelegate(address buyer,bytes32 scope,address sessionKey,uint64 expiresAt)";
  g_autoptr (JsonObject) domain = json_object_new ();

  g_assert_null (gm_clear_format_find_message (key, domain));
  json_object_set_string_member (domain, "name", "GotMusic Keys");
  json_object_set_string_member (domain, "version", "1");
  g_assert_nonnull (gm_clear_format_find_message (key, domain));
  g_assert_null (gm_clear_format_find_message ("KeyDelegate(address buyer)", domain));
  json_object_set_string_member (domain, "version", "2");
  g_assert_null (gm_clear_format_find_message (key, domain));
}

#define FILE(context, key, format)                                                                 \
  "{\"context\":{" context                                                                         \
  "},\"metadata\":{\"owner\":\"us\",\"enums\":{\"e\":{\"1\":\"Order\"}}},"                         \
  "\"display\":{\"formats\":{\"" key "\":{" format "}}}}"
#define CALL(format)  FILE ("\"contract\":{}", "f(address to,uint256 value)", format)
#define FIELDS(value) CALL ("\"intent\":\"Send\",\"fields\":[" TO "," value "]")
#define TO            "{\"path\":\"to\",\"label\":\"To\",\"format\":\"addressName\"}"
#define HIDDEN        "{\"path\":\"value\",\"visible\":\"never\"}"

static void
test_what_is_not_right_is_refused (void)
{
  static const struct
  {
    const char *json, *wrong; /* NULL: it is right */
  } cases[] = {
    { FIELDS (HIDDEN), NULL },
    { "", "" },
    { "[]", "" },
    { "{}", "display" },
    { FILE ("", "f()", "\"intent\":\"Send\",\"fields\":[]"), "messages or of calls" },
    { FILE ("\"contract\":{},\"eip712\":{}", "f()", "\"intent\":\"Send\",\"fields\":[]"),
      "messages or of calls" },
    { FILE ("\"contract\":{\"factory\":1}", "f()", "\"intent\":\"Send\",\"fields\":[]"),
      "no member “factory”" },
    { FILE ("\"eip712\":{\"domain\":{\"salt\":\"0x\"}}", "f()",
            "\"intent\":\"Send\",\"fields\":[]"),
      "no member “salt”" },
    { FILE ("\"eip712\":{\"domain\":{\"name\":1}}", "f()", "\"intent\":\"Send\",\"fields\":[]"),
      "name" },
    { FILE ("\"contract\":{}", "f(", "\"intent\":\"Send\",\"fields\":[]"), "f(" },
    { FILE ("\"contract\":{}", "f(address a)P(uint8 b)", "\"intent\":\"Send\",\"fields\":[]"),
      "f(" },
    { CALL ("\"fields\":[]"), "intent" },
    { CALL ("\"intent\":\"Give me all\",\"fields\":[]"), "in no language" },
    { CALL ("\"intent\":\"Send\""), "fields" },
    { CALL ("\"intent\":\"Send\",\"fields\":[],\"screens\":{}"), "no member “screens”" },
    { CALL ("\"intent\":\"Send\",\"fields\":[" TO "]"), "member 2 of f has no field" },
    { CALL ("\"intent\":\"Send\",\"interpolatedIntent\":\"Send {value} to {to}\",\"fields\":[" TO
            "," HIDDEN "]"),
      "“value”, which is no field" },
    { FIELDS ("7"), "no object" },
    { FIELDS ("{}"), "path" },
    { FIELDS ("{\"path\":\"amount\",\"visible\":\"never\"}"), "no “amount”" },
    { FIELDS ("{\"path\":\"value\",\"visible\":\"optional\"}"), "visible or it never is" },
    { FIELDS ("{\"path\":\"value\",\"visible\":{}}"), "visible or it never is" },
    { FIELDS ("{\"path\":\"value\",\"format\":\"raw\"}"), "label" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\"}"), "format" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"percent\"}"), "percent" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"raw\",\"value\":\"1\"}"),
      "no member “value”" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"addressName\"}"),
      "cannot be shown as addressName" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"nftName\","
              "\"params\":{\"collectionPath\":\"@.to\"}}"),
      "cannot be shown as nftName" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"raw\"}"), NULL },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"amount\"}"), NULL },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"tokenAmount\"}"),
      "tokenPath" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"tokenAmount\","
              "\"params\":{\"tokenPath\":\"value\"}}"),
      "no address" },
    { FIELDS (
          "{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"tokenAmount\","
          "\"params\":{\"tokenPath\":\"to\",\"threshold\":\"many\",\"message\":\"Unlimited\"}}"),
      "many" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"tokenAmount\","
              "\"params\":{\"tokenPath\":\"to\",\"threshold\":\"0x8\"}}"),
      "message" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Amount\",\"format\":\"tokenAmount\","
              "\"params\":{\"tokenPath\":\"to\",\"decimals\":6}}"),
      "no member “decimals”" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"Date\",\"format\":\"date\","
              "\"params\":{\"encoding\":\"blockheight\"}}"),
      "blockheight" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"For\",\"format\":\"enum\","
              "\"params\":{\"$ref\":\"$.metadata.enums.e\"}}"),
      NULL },
    { FIELDS ("{\"path\":\"value\",\"label\":\"For\",\"format\":\"enum\","
              "\"params\":{\"$ref\":\"$.metadata.enums.other\"}}"),
      "other" },
    { FIELDS ("{\"path\":\"value\",\"label\":\"For\",\"format\":\"enum\","
              "\"params\":{\"$ref\":\"elsewhere\"}}"),
      "elsewhere" },
    { FIELDS ("{\"path\":\"@.to\",\"label\":\"To\",\"format\":\"addressName\","
              "\"params\":{\"types\":[\"eoa\"]}}," HIDDEN),
      "“eoa”" },
    { FIELDS ("{\"path\":\"@.to\",\"label\":\"To\",\"format\":\"addressName\","
              "\"params\":{\"types\":[]}}," HIDDEN),
      "one name" },
    { FIELDS ("{\"path\":\"@.value\",\"label\":\"Amount\",\"format\":\"raw\"}," HIDDEN),
      "cannot be shown as raw" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) formats = parse (cases[i].json, &error);

      g_test_message ("%s", cases[i].json);
      if (cases[i].wrong == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (formats->len, ==, 1);
          continue;
        }
      g_assert_null (formats);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].wrong));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clear-format/every-file-of-ours-is-read", test_every_file_of_ours_is_read);
  g_test_add_func ("/clear-format/a-call-is-found-by-its-selector",
                   test_a_call_is_found_by_its_selector);
  g_test_add_func ("/clear-format/a-message-is-found-by-type-and-domain",
                   test_a_message_is_found_by_type_and_domain);
  g_test_add_func ("/clear-format/what-is-not-right-is-refused", test_what_is_not_right_is_refused);
  return g_test_run ();
}
