/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/route.h"

#include <string.h>

#include "base/error.h"

static const GmRoute routes[] = {
  { "GET", "/api/assets", GM_ROLE_ANYONE },      { "POST", "/api/assets", GM_ROLE_ADMIN },
  { "POST", "/api/assets/bulk", GM_ROLE_ADMIN }, { "GET", "/api/assets/:id", GM_ROLE_ANYONE },
  { "PATCH", "/api/assets/:id", GM_ROLE_ADMIN }, { "GET", "/media/:kind/:name", GM_ROLE_ANYONE },
};

static const struct
{
  const char *method;
  const char *path;
  int row; /* -1: none */
  const char *allowed;
  const char *wrong;
} cases[] = {
  { "GET", "/api/assets", 0, "GET, HEAD, POST, OPTIONS", NULL },
  { "POST", "/api/assets", 1, "GET, HEAD, POST, OPTIONS", NULL },
  { "POST", "/api/assets/bulk", 2, "POST, GET, HEAD, PATCH, OPTIONS", NULL },
  { "GET", "/api/assets/x%20y", 3, "GET, HEAD, PATCH, OPTIONS", NULL },
  { "DELETE", "/api/assets/x", -1, "GET, HEAD, PATCH, OPTIONS", NULL },
  { "GET", "/media/preview/a.ogg", 5, "GET, HEAD, OPTIONS", NULL },
  { "GET", "/api/assets/", -1, NULL, NULL },
  { "GET", "/api", -1, NULL, NULL },
  { "GET", "/", -1, NULL, NULL },
  { "GET", "api/assets", -1, NULL, "does not start with a slash" },
  { "GET", "/api/assets/..", -1, NULL, "leaves its folder" },
  { "GET", "/api/assets/%2e%2E", -1, NULL, "leaves its folder" },
  { "GET", "/media/preview/..%2f..%2fstore.db", -1, NULL, "leaves its folder" },
  { "GET", "/media/preview/a%5cb", -1, NULL, "leaves its folder" },
  { "GET", "/api/assets/%00", -1, NULL, "control byte" },
  { "GET", "/api/assets/%0a", -1, NULL, "control byte" },
  { "GET", "/api/assets/%f", -1, NULL, "percent sign" },
  { "GET", "/api/assets/%zz", -1, NULL, "percent sign" },
  { "GET", "/api/assets/%ff", -1, NULL, "not UTF-8" },
  { "GET", "/a/a/a/a/a/a/a/a/a", -1, NULL, "more than 8 parts" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GmRouteMatch match = { 0 };
      gboolean ok = gm_route_find (routes, G_N_ELEMENTS (routes), cases[i].method, cases[i].path,
                                   &match, &error);

      g_test_message ("%s %s", cases[i].method, cases[i].path);
      g_assert_cmpint (ok, ==, cases[i].wrong == NULL);
      if (cases[i].wrong != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].wrong));
      g_assert_true (match.route == (cases[i].row < 0 ? NULL : &routes[cases[i].row]));
      g_assert_cmpstr (match.allowed, ==, cases[i].allowed);
      gm_route_match_clear (&match);
    }
}

static void
test_params (void)
{
  GmRouteMatch match = { 0 };

  /* decoded once: %2541 is the text %41, not A */
  g_assert_true (
      gm_route_find (routes, G_N_ELEMENTS (routes), "GET", "/api/assets/%2541", &match, NULL));
  g_assert_cmpstr (g_hash_table_lookup (match.params, "id"), ==, "%41");
  gm_route_match_clear (&match);
}

static const struct
{
  const char *query;
  const char *name;
  const char *value;
  const char *wrong;
} queries[] = {
  { "", "a", NULL, NULL },
  { "a=1&b=2", "b", "2", NULL },
  { "a=x+y%2B", "a", "x y+", NULL },
  { "a", "a", "", NULL },
  { "&&a=1&", "a", "1", NULL },
  { "a=b=c", "a", "b=c", NULL },
  { "a=1&a=2", NULL, NULL, "given twice" },
  { "a=%", NULL, NULL, "percent sign" },
  { "a=%00", NULL, NULL, "control byte" },
  { "a=%c3%28", NULL, NULL, "not UTF-8" },
};

static void
test_queries (void)
{
  g_autofree char *long_query = g_strnfill (3000, 'q');
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GError) wrong = NULL;
      g_autoptr (GHashTable) table = gm_request_parse_query (queries[i].query, &wrong);

      g_test_message ("%s", queries[i].query);
      g_assert_cmpint (table != NULL, ==, queries[i].wrong == NULL);
      if (table == NULL)
        g_assert_nonnull (strstr (wrong->message, queries[i].wrong));
      else
        g_assert_cmpstr (g_hash_table_lookup (table, queries[i].name), ==, queries[i].value);
    }
  g_assert_null (gm_request_parse_query (long_query, &error));
  g_assert_nonnull (strstr (error->message, "longer than"));
  g_clear_error (&error);
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (many, "a%u=1&", i);
  g_assert_null (gm_request_parse_query (many->str, &error));
  g_assert_nonnull (strstr (error->message, "more than 32"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/path-finds-its-row", test_cases);
  g_test_add_func ("/route/segments-are-decoded-once", test_params);
  g_test_add_func ("/route/queries-are-strict", test_queries);
  return g_test_run ();
}
