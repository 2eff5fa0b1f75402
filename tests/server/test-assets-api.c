/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-world.h"

#include "base/error.h"
#include "evm/address.h"
#include "server/asset-row.h"

#define KEY(k) "Idempotency-Key: " k "\r\n"

static const ServerAsset some[] = {
  { "Deep Tide", "published", "House", 124, 5000000, 1000 },
  { "Alder", "published", "Techno", 130, 9000000, 1000 },
  { "100% Rain_Drop", "published", "Ambient", 0, 0, 1000 },
  { "Zebra Ångström", "published", "House", 100, 5000000, 2000 },
  { "alder again", "published", "House", 130, 7500000, 3000 },
  { "Hidden", "draft", "House", 120, 1000000, 4000 },
  { "Gone", "archived", "House", 120, 1000000, 5000 },
};

static void
fill (ServerWorld *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    g_free (server_put_asset (world, &some[i]));
}

static char *
titles_of (JsonObject *page)
{
  JsonArray *items = json_object_get_array_member (page, "items");
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (items); i++)
    g_string_append_printf (
        out, "%s%s", i > 0 ? "|" : "",
        json_object_get_string_member (json_array_get_object_element (items, i), "title"));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const struct
{
  const char *query;
  const char *titles;
} lists[] = {
  { "?sort=title", "100% Rain_Drop|Alder|alder again|Deep Tide|Zebra Ångström" },
  { "?sort=price", "100% Rain_Drop|Deep Tide|Zebra Ångström|alder again|Alder" },
  { "?sort=bpm&genre=House", "Zebra Ångström|Deep Tide|alder again" },
  { "?q=alder&sort=title", "Alder|alder again" },
  { "?q=ÅNGSTRÖM", "Zebra Ångström" },
  { "?q=house%20tide", "Deep Tide" },
  { "?q=%25", "100% Rain_Drop" }, /* means itself */
  { "?q=n_d", "100% Rain_Drop" },
  { "?q=_", "100% Rain_Drop" },
  { "?q=%25%25", "" },
  { "?bpmMin=124&bpmMax=130&sort=title", "Alder|alder again|Deep Tide" },
  { "?bpmMax=110", "Zebra Ångström" }, /* unknown is not slow */
  { "?priceMax=5000000&priceMin=1&sort=title", "Deep Tide|Zebra Ångström" },
  { "?sort=relevance&q=alder", "alder again|Alder" },
  { "?type=sample", "" },
  { "?genre=house", "" },
};

static void
test_list (void)
{
  ServerWorld *world = server_world_new (FALSE);

  fill (world);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *start = g_strdup_printf ("GET /api/assets%s", lists[i].query);
      g_autofree char *escaped = g_uri_escape_string (
          start, " /?&=%+,:", FALSE); /* the text above is readable */
      g_autoptr (JsonObject) page = server_expect (world, 200, escaped, NULL, NULL, NULL);
      g_autofree char *titles = titles_of (page);

      g_test_message ("%s", lists[i].query);
      g_assert_cmpstr (titles, ==, lists[i].titles);
    }
  server_world_free (world);
}

/* Every order, page size and tie: going from cursor to cursor sees each row once. */
static void
test_cursors (void)
{
  static const char *const sorts[] = { "newest", "title", "bpm", "price", "relevance" };
  ServerWorld *world = server_world_new (FALSE);

  fill (world);
  for (guint s = 0; s < G_N_ELEMENTS (sorts); s++)
    for (guint limit = 1; limit <= 5; limit++)
      {
        g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        g_autofree char *cursor = g_strdup ("");
        guint rows = 0;

        while (cursor != NULL)
          {
            g_autofree char *start = g_strdup_printf ("GET /api/assets?sort=%s&limit=%u%s%s",
                                                      sorts[s], limit,
                                                      *cursor != '\0' ? "&cursor=" : "", cursor);
            g_autoptr (JsonObject) page = server_expect (world, 200, start, NULL, NULL, NULL);
            JsonArray *items = json_object_get_array_member (page, "items");
            JsonObject *pages = json_object_get_object_member (page, "pagination");

            g_test_message ("%s", start);
            g_assert_cmpint (json_object_get_int_member (pages, "totalCount"), ==, 5);
            for (guint i = 0; i < json_array_get_length (items); i++, rows++)
              g_hash_table_add (seen, g_strdup (json_object_get_string_member (
                                          json_array_get_object_element (items, i), "id")));
            g_free (cursor);
            cursor = json_object_get_null_member (page, "nextCursor")
                         ? NULL
                         : g_strdup (json_object_get_string_member (page, "nextCursor"));
          }
        g_assert_cmpuint (rows, ==, 5);
        g_assert_cmpuint (g_hash_table_size (seen), ==, 5);
      }
  server_world_free (world);
}

static const struct
{
  const char *query;
  guint status;
} refused[] = {
  { "?limit=0", 400 },        { "?limit=101", 400 },         { "?limit=x", 400 },
  { "?limit=-1", 400 },       { "?sort=random", 400 },       { "?cursor=abc", 400 },
  { "?cursor=MXxhfGI", 400 }, { "?status=weird", 400 },      { "?page=0", 400 },
  { "?status=draft", 403 },   { "?status=all", 403 },        { "?status=archived&q=gone", 403 },
  { "?bpmMin=1.5", 400 },     { "?cursor=abc&page=1", 400 },
};

static void
test_list_refusals (void)
{
  ServerWorld *world = server_world_new (FALSE);
  g_autoptr (JsonObject) first = NULL;
  g_autofree char *stolen = NULL;

  fill (world);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *start = g_strdup_printf ("GET /api/assets%s", refused[i].query);

      g_test_message ("%s", start);
      json_object_unref (server_expect (world, refused[i].status, start, NULL, NULL, NULL));
    }
  first = server_expect (world, 200, "GET /api/assets?limit=1&sort=title", NULL, NULL, NULL);
  stolen = g_strdup_printf ("GET /api/assets?limit=1&sort=price&cursor=%s",
                            json_object_get_string_member (first, "nextCursor"));
  json_object_unref (server_expect (world, 400, stolen, NULL, NULL, NULL));
  server_world_free (world);
}

static void
test_hidden (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *admin = server_person (1);
  GmSigner *buyer = server_person (2);
  g_autofree char *admin_token = NULL;
  g_autofree char *buyer_token = NULL;
  g_autofree char *id = server_put_asset (world, &some[5]);
  g_autofree char *start = g_strdup_printf ("GET /api/assets/%s", id);
  g_autoptr (JsonObject) all = NULL;
  g_autofree char *titles = NULL;

  server_grant (world, "admin", admin);
  admin_token = server_sign_in (world, admin);
  buyer_token = server_sign_in (world, buyer);
  json_object_unref (server_expect (world, 404, start, NULL, NULL, NULL));
  json_object_unref (server_expect (world, 404, start, buyer_token, NULL, NULL));
  json_object_unref (server_expect (world, 200, start, admin_token, NULL, NULL));
  all = server_expect (world, 200, "GET /api/assets?status=all", admin_token, NULL, NULL);
  titles = titles_of (all);
  g_assert_cmpstr (titles, ==, "Hidden");
  json_object_unref (
      server_expect (world, 403, "GET /api/assets?status=all", buyer_token, NULL, NULL));
  gm_credential_signer_free (admin);
  gm_credential_signer_free (buyer);
  server_world_free (world);
}

typedef struct
{
  ServerWorld *world;
  GmSigner *admin;
  char *token;
} Editing;

static void
editing_init (Editing *self)
{
  self->world = server_world_new (FALSE);
  self->admin = server_person (1);
  server_grant (self->world, "admin", self->admin);
  self->token = server_sign_in (self->world, self->admin);
}

static void
editing_clear (Editing *self)
{
  g_free (self->token);
  gm_credential_signer_free (self->admin);
  server_world_free (self->world);
}

static void
test_create (void)
{
  Editing e;
  g_autoptr (JsonObject) made = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) audit = NULL;
  g_autofree char *start = NULL;
  const char *body = "{\"title\":\"New\",\"artist\":\"Me\",\"priceAmount\":19.99,\"bpm\":128,"
                     "\"priceCurrency\":\"PYUSD\",\"tags\":[\"a\",\"b\"]}";

  editing_init (&e);
  made = server_expect (e.world, 201, "POST /api/assets", e.token, KEY ("create-01"), body);
  g_assert_cmpstr (json_object_get_string_member (made, "status"), ==, "draft");
  g_assert_cmpstr (json_object_get_string_member (made, "priceUnits"), ==, "19990000");
  g_assert_cmpstr (json_object_get_string_member (made, "priceCurrency"), ==, "PYUSD");
  again = server_expect (e.world, 201, "POST /api/assets", e.token, KEY ("create-01"), body);
  g_assert_cmpstr (json_object_get_string_member (made, "id"), ==,
                   json_object_get_string_member (again, "id"));

  json_object_unref (
      server_expect (e.world, 401, "POST /api/assets", NULL, KEY ("create-02"), body));
  json_object_unref (server_expect (e.world, 400, "POST /api/assets", e.token, NULL, body));
  json_object_unref (
      server_expect (e.world, 422, "POST /api/assets", e.token, KEY ("create-03"), "{}"));
  /* what is no JSON was no request: its key is free */
  json_object_unref (
      server_expect (e.world, 400, "POST /api/assets", e.token, KEY ("create-04"), "{"));
  json_object_unref (
      server_expect (e.world, 201, "POST /api/assets", e.token, KEY ("create-04"), body));
  json_object_unref (
      server_expect (e.world, 422, "POST /api/assets", e.token, KEY ("create-01"), "{}"));

  start = g_strdup_printf ("GET /api/assets/%s/audit", json_object_get_string_member (made, "id"));
  audit = server_expect (e.world, 200, start, e.token, NULL, NULL);
  g_assert_cmpint (json_object_get_int_member (audit, "total"), ==, 1);
  json_object_unref (server_expect (e.world, 401, start, NULL, NULL, NULL));
  editing_clear (&e);
}

/* The order of checks (PROTOCOLS A12), each refusal with the ones after it also deserved. */
static const struct
{
  const char *path; /* %s: the id */
  gboolean token;
  const char *headers;
  const char *body;
  guint status;
} patches[] = {
  { "%s", FALSE, "", "{]", 401 },
  { "%s", TRUE, "", "{]", 400 },
  { "nothing", TRUE, "", "{}", 400 }, /* no key */
  { "nothing", TRUE, KEY ("patch-001") "If-Match: \"9\"\r\n", "{}", 404 },
  { "%s", TRUE, KEY ("patch-002") "If-Match: \"9\"\r\n", "{\"title\":\"\"}", 412 },
  { "%s", TRUE, KEY ("patch-003"), "{\"title\":\"\"}", 428 },
  { "%s", TRUE, KEY ("patch-004") "If-Match: \"1\"\r\n",
    "{\"title\":\"\",\"status\":\"published\"}", 422 },
  { "%s", TRUE, KEY ("patch-005") "If-Match: \"1\"\r\n", "{\"status\":\"published\"}", 409 },
  { "%s", TRUE, KEY ("patch-006") "If-Match: \"1\"\r\n", "{}", 400 },
  { "%s", TRUE, KEY ("patch-007") "If-Match: \"1\"\r\n", "{\"nothing\":1}", 400 },
  { "%s", TRUE, KEY ("patch-008") "If-Match: \"1\"\r\n", "{\"status\":\"processing\"}", 409 },
  { "%s", TRUE, KEY ("patch-009") "If-Match: \"1\"\r\n", "{\"status\":\"sold\"}", 422 },
  { "%s", TRUE, KEY ("patch-00a") "If-Match: \"1\"\r\n", "{\"priceUnits\":\"1\",\"priceAmount\":1}",
    422 },
  { "%s", TRUE, KEY ("patch-00b") "If-Match: \"1\"\r\n", "{\"priceAmount\":0.0000001}", 422 },
  { "%s", TRUE, KEY ("patch-00c") "If-Match: \"1\"\r\n", "{\"priceUnits\":1}", 422 },
  { "%s", TRUE, KEY ("patch-00d") "If-Match: \"1\"\r\n", "{\"priceCurrency\":\"DOGE\"}", 422 },
  { "%s", TRUE, KEY ("patch-00e") "If-Match: \"1\"\r\n", "{\"keySig\":\"H\"}", 422 },
  { "%s", TRUE, KEY ("short") "If-Match: \"1\"\r\n", "{\"title\":\"x\"}", 400 },
};

static void
test_patch_order (void)
{
  Editing e;
  g_autofree char *id = NULL;

  editing_init (&e);
  id = server_put_asset (e.world, &some[5]);
  for (guint i = 0; i < G_N_ELEMENTS (patches); i++)
    {
      g_autoptr (GString) start = g_string_new ("PATCH /api/assets/");

      g_string_append (start, g_str_equal (patches[i].path, "%s") ? id : patches[i].path);
      g_test_message ("%u %s", patches[i].status, patches[i].body);
      json_object_unref (server_expect (e.world, patches[i].status, start->str,
                                        patches[i].token ? e.token : NULL, patches[i].headers,
                                        patches[i].body));
    }
  editing_clear (&e);
}

static void
test_patch (void)
{
  Editing e;
  g_autofree char *id = NULL;
  g_autofree char *other = NULL;
  g_autofree char *patch = NULL;
  g_autofree char *patch_other = NULL;
  g_autofree char *audit_start = NULL;
  g_autoptr (JsonObject) changed = NULL;
  g_autoptr (JsonObject) replayed = NULL;
  g_autoptr (JsonObject) same = NULL;
  g_autoptr (JsonObject) audit = NULL;
  JsonArray *logs, *fields;
  const char *body = "{\"title\":\"Tide II\",\"genre\":null,\"priceUnits\":\"0\"}";

  editing_init (&e);
  id = server_put_asset (e.world, &some[0]);
  other = server_put_asset (e.world, &some[1]);
  patch = g_strdup_printf ("PATCH /api/assets/%s", id);
  patch_other = g_strdup_printf ("PATCH /api/assets/%s", other);
  changed = server_expect (e.world, 200, patch, e.token, KEY ("edit-0001") "If-Match: \"1\"\r\n",
                           body);
  g_assert_cmpstr (json_object_get_string_member (changed, "title"), ==, "Tide II");
  g_assert_cmpstr (json_object_get_string_member (changed, "priceUnits"), ==, "0");
  g_assert_cmpint (json_object_get_int_member (changed, "version"), ==, 2);

  /* the same key and body: the same answer, though the ETag moved */
  replayed = server_expect (e.world, 200, patch, e.token, KEY ("edit-0001") "If-Match: \"1\"\r\n",
                            body);
  g_assert_cmpint (json_object_get_int_member (replayed, "version"), ==, 2);
  json_object_unref (server_expect (e.world, 422, patch, e.token,
                                    KEY ("edit-0001") "If-Match: \"2\"\r\n", "{\"title\":\"x\"}"));
  /* the key of one asset says nothing about another */
  json_object_unref (server_expect (e.world, 200, patch_other, e.token,
                                    KEY ("edit-0001") "If-Match: \"1\"\r\n", body));
  /* what is the same changes nothing */
  same = server_expect (e.world, 200, patch, e.token, KEY ("edit-0002") "If-Match: \"2\"\r\n",
                        "{\"title\":\"Tide II\"}");
  g_assert_cmpint (json_object_get_int_member (same, "version"), ==, 2);

  audit_start = g_strdup_printf ("GET /api/assets/%s/audit", id);
  audit = server_expect (e.world, 200, audit_start, e.token, NULL, NULL);
  logs = json_object_get_array_member (audit, "auditLogs");
  g_assert_cmpuint (json_array_get_length (logs), ==, 2);
  fields = json_object_get_array_member (json_array_get_object_element (logs, 0), "changedFields");
  g_assert_cmpuint (json_array_get_length (fields), ==, 3); /* title, genre, priceUnits: no times */
  editing_clear (&e);
}

static void
test_archive (void)
{
  Editing e;
  g_autofree char *id = NULL;
  g_autofree char *remove = NULL;
  g_autofree char *get = NULL;
  g_autoptr (JsonObject) gone = NULL;
  g_autoptr (JsonObject) again = NULL;

  editing_init (&e);
  id = server_put_asset (e.world, &some[0]);
  remove = g_strdup_printf ("DELETE /api/assets/%s", id);
  get = g_strdup_printf ("GET /api/assets/%s", id);
  json_object_unref (server_expect (e.world, 401, remove, NULL, NULL, NULL));
  json_object_unref (server_expect (e.world, 412, remove, e.token, "If-Match: \"7\"\r\n", NULL));
  gone = server_expect (e.world, 200, remove, e.token, NULL, NULL);
  g_assert_cmpstr (json_object_get_string_member (gone, "status"), ==, "archived");
  again = server_expect (e.world, 200, remove, e.token, NULL, NULL);
  g_assert_cmpint (json_object_get_int_member (again, "version"), ==, 2);
  json_object_unref (server_expect (e.world, 404, get, NULL, NULL, NULL));
  editing_clear (&e);
}

static void
test_producer (void)
{
  Editing e;
  GmSigner *producer;
  g_autofree char *token = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *patch = NULL;
  g_autofree char *own_patch = NULL;
  g_autoptr (JsonObject) own = NULL;

  editing_init (&e);
  producer = server_person (3);
  server_grant (e.world, "producer", producer);
  token = server_sign_in (e.world, producer);
  theirs = server_put_asset (e.world, &some[0]);
  patch = g_strdup_printf ("PATCH /api/assets/%s", theirs);
  json_object_unref (server_expect (e.world, 403, patch, token,
                                    KEY ("steal-001") "If-Match: \"1\"\r\n", "{\"title\":\"x\"}"));
  own = server_expect (e.world, 201, "POST /api/assets", token, KEY ("own-00001"),
                       "{\"title\":\"Mine\",\"artist\":\"Me\"}");
  own_patch = g_strdup_printf ("PATCH /api/assets/%s", json_object_get_string_member (own, "id"));
  json_object_unref (server_expect (e.world, 200, own_patch, token,
                                    KEY ("own-00002") "If-Match: \"1\"\r\n", "{\"title\":\"x\"}"));
  gm_credential_signer_free (producer);
  editing_clear (&e);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assets-api/filters-and-sorts", test_list);
  g_test_add_func ("/assets-api/cursors-see-each-row-once", test_cursors);
  g_test_add_func ("/assets-api/bad-questions-are-refused", test_list_refusals);
  g_test_add_func ("/assets-api/unpublished-is-hidden", test_hidden);
  g_test_add_func ("/assets-api/create-once", test_create);
  g_test_add_func ("/assets-api/checks-come-in-order", test_patch_order);
  g_test_add_func ("/assets-api/patch-replays-and-audits", test_patch);
  g_test_add_func ("/assets-api/delete-archives", test_archive);
  g_test_add_func ("/assets-api/producers-edit-their-own", test_producer);
  return g_test_run ();
}
