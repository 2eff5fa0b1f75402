/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/http-words.h"

#include <string.h>

static void
test_codes (void)
{
  static const struct
  {
    guint status;
    GmErrorCode code;
  } cases[] = {
    { 400, GM_ERROR_REMOTE },    { 401, GM_ERROR_DENIED },    { 402, GM_ERROR_FUNDS },
    { 403, GM_ERROR_DENIED },    { 404, GM_ERROR_NOT_FOUND }, { 409, GM_ERROR_CONFLICT },
    { 410, GM_ERROR_NOT_FOUND }, { 412, GM_ERROR_CONFLICT },  { 422, GM_ERROR_REMOTE },
    { 429, GM_ERROR_REMOTE },    { 500, GM_ERROR_REMOTE },    { 503, GM_ERROR_REMOTE },
    { 302, GM_ERROR_REMOTE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (gm_http_words_code (cases[i].status), ==, cases[i].code);
}

static void
test_problem (void)
{
  static const struct
  {
    const char *type;
    const char *body;
    const char *words; /* NULL: none */
  } cases[] = {
    { "application/problem+json", "{\"title\":\"Sold out\"}", "Sold out" },
    { "application/problem+json", "{\"title\":\"A\",\"detail\":\"b\"}", "A: b" },
    { "application/problem+json", "{\"detail\":\"b\"}", "b" },
    { "application/json", "{\"error\":\"old words\",\"details\":[]}", "old words" },
    { "application/json", "{\"error\":{\"a\":1}}", NULL },
    { "application/json", "{\"title\":7,\"error\":\"e\"}", "e" },
    { "application/json", "{}", NULL },
    { "application/json", "[]", NULL },
    { "application/json", "{\"title\":\"\"}", NULL },
    { "application/json", "{\"title\":\"a\\n\\u001b[31mb\\u202e\"}", "a  [31mb" },
    { "text/html", "{\"title\":\"Sold out\"}", NULL },
    { "application/problem+json", "<html>", NULL },
    { "application/problem+json", "", NULL },
    { NULL, "{\"title\":\"Sold out\"}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      g_autofree char *words = gm_http_words_problem (cases[i].type, body);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_long_words_are_cut (void)
{
  g_autofree char *fill = g_strnfill (5000, 'x');
  g_autofree char *json = g_strdup_printf ("{\"title\":\"%s\"}", fill);
  g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));
  g_autofree char *words = gm_http_words_problem ("application/json", body);

  g_assert_cmpuint (strlen (words), <=, 300);
  g_assert_true (g_str_has_suffix (words, "…"));
}

static void
test_json_types (void)
{
  g_assert_true (gm_http_words_is_json ("application/json"));
  g_assert_true (gm_http_words_is_json ("Application/JSON"));
  g_assert_true (gm_http_words_is_json ("application/problem+json"));
  g_assert_false (gm_http_words_is_json ("text/json+html"));
  g_assert_false (gm_http_words_is_json ("text/html"));
  g_assert_false (gm_http_words_is_json (NULL));
}

/* Whatever fails is told with the host only: a path or a query may hold what is nobody's business.
 */
static void
test_only_the_host_is_named (void)
{
  const GmHttpAnswer answer = { .status = 404 };
  g_autoptr (GError) error = NULL;

  gm_http_words_set_error (&error, "https://store.example/api?token=secret", &answer);
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "store.example answered 404 Not Found");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-words/codes", test_codes);
  g_test_add_func ("/http-words/problem", test_problem);
  g_test_add_func ("/http-words/long-words-are-cut", test_long_words_are_cut);
  g_test_add_func ("/http-words/json-types", test_json_types);
  g_test_add_func ("/http-words/only-the-host-is-named", test_only_the_host_is_named);
  return g_test_run ();
}
