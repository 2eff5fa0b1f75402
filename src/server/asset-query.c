/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/asset-query.h"

#include <string.h>

#include "base/error.h"

#define MOST_WORDS     8
#define MOST_VALUES    48
#define RELEVANCE_ROWS 1000

typedef struct
{
  const char *name;
  const char *order;
  const char *column; /* (nullable) of the key, which with the id is the place to go on from */
  const char *after;
  gboolean key_is_text;
} Sort;

static const Sort sorts[] = {
  { "newest", "created_at DESC, id DESC", "created_at", "<", FALSE },
  { "title", "title_key, id", "title_key", ">", TRUE },
  { "bpm", "bpm, id", "bpm", ">", FALSE },
  { "price", "price_units, id", "price_units", ">", FALSE },
  { "relevance", NULL, NULL, NULL, FALSE },
};

struct _GmAssetQuery
{
  const Sort *sort;
  gint64 limit;
  gint64 page; /* 0: by cursor */
  GString *where;
  GmValue values[MOST_VALUES];
  guint n_values;
  GPtrArray *keep;  /* texts the values point to */
  char *first_word; /* (nullable) for relevance */
  char *hash;
  /* from the cursor: */
  gboolean has_cursor;
  gint64 total;
  gint64 seen;
  char *last_id;
  char *last_key;
};

void
gm_asset_query_free (GmAssetQuery *self)
{
  g_string_free (self->where, TRUE);
  g_ptr_array_unref (self->keep);
  g_free (self->first_word);
  g_free (self->hash);
  g_free (self->last_id);
  g_free (self->last_key);
  g_free (self);
}

/* The number of the hole that holds @text. */
static guint
hold_text (GmAssetQuery *self, char *take)
{
  g_ptr_array_add (self->keep, take);
  g_assert (self->n_values < MOST_VALUES); /* parameters are few and words limited */
  self->values[self->n_values++] = gm_value_text (take);
  return self->n_values;
}

static guint
hold_int (GmAssetQuery *self, gint64 value)
{
  g_assert (self->n_values < MOST_VALUES);
  self->values[self->n_values++] = gm_value_int (value);
  return self->n_values;
}

static void
add_equal (GmAssetQuery *self, const GmRequest *request, const char *name, const char *column)
{
  const char *text = gm_request_query (request, name);

  if (text != NULL && *text != '\0')
    g_string_append_printf (self->where, " AND %s = ?%u", column,
                            hold_text (self, g_strdup (text)));
}

static gboolean
add_bound (GmAssetQuery *self,
           const GmRequest *request,
           const char *name,
           const char *condition,
           GError **error)
{
  const gint64 bounds[2] = { 0, G_MAXINT64 };
  gint64 value;

  if (gm_request_query (request, name) == NULL)
    return TRUE;
  if (!gm_request_query_int (request, name, bounds, 0, &value, error))
    return FALSE;
  g_string_append_printf (self->where, " AND %s ?%u", condition, hold_int (self, value));
  return TRUE;
}

/* % and _ of the typed word mean themselves. */
static char *
like_pattern (const char *word)
{
  g_autoptr (GString) out = g_string_new ("%");

  for (const char *c = word; *c != '\0'; c++)
    {
      if (*c == '%' || *c == '_' || *c == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *c);
    }
  g_string_append_c (out, '%');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
add_words (GmAssetQuery *self, const GmRequest *request, GError **error)
{
  const char *text = gm_request_query (request, "q");
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;
  guint used = 0;

  if (text == NULL)
    return TRUE;
  if (g_utf8_strlen (text, -1) > 200)
    return gm_fail (error, GM_ERROR_BAD_DATA, "q is longer than 200 characters");
  folded = gm_asset_row_fold (text);
  words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (++used > MOST_WORDS)
        return gm_fail (error, GM_ERROR_BAD_DATA, "q has more than %d words", MOST_WORDS);
      if (self->first_word == NULL)
        self->first_word = g_strdup (words[i]);
      g_string_append_printf (self->where, " AND search_text LIKE ?%u ESCAPE '\\'",
                              hold_text (self, like_pattern (words[i])));
    }
  return TRUE;
}

/* Everybody sees what is published; admins and auditors everything, producers their own. */
static gboolean
add_status (GmAssetQuery *self, const GmRequest *request, const char *seller, GError **error)
{
  static const char *const known[] = { "draft",    "processing", "ready", "published",
                                       "archived", "error",      "all",   NULL };
  const char *status = gm_request_query (request, "status");

  if (status == NULL)
    status = "published";
  if (!g_strv_contains (known, status))
    return gm_fail (error, GM_ERROR_BAD_DATA, "status is not one of an asset");
  if (!g_str_equal (status, "all"))
    g_string_append_printf (self->where, " AND status = ?%u", hold_text (self, g_strdup (status)));
  if (g_str_equal (status, "published") ||
      gm_request_has_role (request, GM_ROLE_ADMIN | GM_ROLE_AUDITOR))
    return TRUE;
  if (seller == NULL)
    return gm_fail (error, GM_ERROR_DENIED, "only admins see assets that are not published");
  g_string_append_printf (self->where, " AND seller = ?%u", hold_text (self, g_strdup (seller)));
  return TRUE;
}

static gboolean
find_sort (GmAssetQuery *self, const GmRequest *request, GError **error)
{
  const char *name = gm_request_query (request, "sort");

  if (name == NULL)
    name = "newest";
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (sorts[i].name, name))
      self->sort = &sorts[i];
  return self->sort != NULL ||
         gm_fail (error, GM_ERROR_BAD_DATA, "sort is newest, title, bpm, price or relevance");
}

static void
compute_hash (GmAssetQuery *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (sum, (const guchar *) self->where->str, -1);
  for (guint i = 0; i < self->n_values; i++)
    {
      g_autofree char *text = self->values[i].kind == GM_VALUE_TEXT
                                  ? g_strdup (self->values[i].data)
                                  : g_strdup_printf ("%" G_GINT64_FORMAT, self->values[i].integer);

      g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text) + 1);
    }
  self->hash = g_strndup (g_checksum_get_string (sum), 16);
}

static gboolean
read_cursor (GmAssetQuery *self, const char *cursor, GError **error)
{
  static const char *const padding[] = { "", "===", "==", "=" };
  g_autofree char *standard = g_strconcat (cursor, padding[strlen (cursor) % 4], NULL);
  g_autofree guchar *raw = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  gsize length;
  guint64 total, seen;

  g_strdelimit (standard, "-", '+');
  g_strdelimit (standard, "_", '/');
  raw = g_base64_decode (standard, &length);
  text = g_strndup ((const char *) raw, length);
  parts = g_strsplit (text, "|", 7);
  if (g_strv_length (parts) != 7 || !g_utf8_validate (text, -1, NULL) ||
      !g_str_equal (parts[0], "1"))
    return gm_fail (error, GM_ERROR_BAD_DATA, "cursor is not one of this list");
  if (!g_str_equal (parts[1], self->sort->name) || !g_str_equal (parts[2], self->hash))
    return gm_fail (error, GM_ERROR_BAD_DATA, "cursor belongs to another sort or other filters");
  if (!g_ascii_string_to_unsigned (parts[3], 10, 0, G_MAXINT64, &total, NULL) ||
      !g_ascii_string_to_unsigned (parts[4], 10, 0, G_MAXINT64, &seen, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA, "cursor is not one of this list");
  self->has_cursor = TRUE;
  self->total = (gint64) total;
  self->seen = (gint64) seen;
  self->last_id = g_strdup (parts[5]);
  self->last_key = g_strdup (parts[6]);
  return TRUE;
}

static char *
write_cursor (GmAssetQuery *self, gint64 total, gint64 seen, const GmAsset *last)
{
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  char *out;

  if (self->sort->column == NULL)
    key = g_strdup ("");
  else if (self->sort->key_is_text)
    key = gm_asset_row_fold (last->title);
  else
    key = g_strdup_printf ("%" G_GINT64_FORMAT,
                           g_str_equal (self->sort->name, "newest") ? last->created_at
                           : g_str_equal (self->sort->name, "bpm")  ? last->bpm
                                                                    : last->price_units);
  text = g_strdup_printf ("1|%s|%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s|%s",
                          self->sort->name, self->hash, total, seen, last->id, key);
  out = g_base64_encode ((const guchar *) text, strlen (text));
  g_strdelimit (out, "+", '-');
  g_strdelimit (out, "/", '_');
  g_strdelimit (out, "=", '\0');
  return out;
}

GmAssetQuery *
gm_asset_query_parse (const GmRequest *request, const char *seller, GError **error)
{
  g_autoptr (GmAssetQuery) self = g_new0 (GmAssetQuery, 1);
  const char *cursor = gm_request_query (request, "cursor");

  self->where = g_string_new ("1 = 1");
  self->keep = g_ptr_array_new_with_free_func (g_free);
  if (!find_sort (self, request, error) || !add_status (self, request, seller, error) ||
      !gm_request_query_int (request, "limit", (gint64[]){ 1, 100 }, 12, &self->limit, error) ||
      !gm_request_query_int (request, "page", (gint64[]){ 1, 10000 }, 0, &self->page, error) ||
      !add_words (self, request, error))
    return NULL;
  add_equal (self, request, "type", "type");
  add_equal (self, request, "genre", "genre");
  add_equal (self, request, "mood", "mood");
  add_equal (self, request, "key", "key_sig");
  add_equal (self, request, "currency", "price_currency");
  if (!add_bound (self, request, "bpmMin", "bpm >=", error) ||
      !add_bound (self, request, "bpmMax", "bpm > 0 AND bpm <=", error) ||
      !add_bound (self, request, "priceMin", "price_units >=", error) ||
      !add_bound (self, request, "priceMax", "price_units <=", error))
    return NULL;
  compute_hash (self);
  if (cursor != NULL && self->page > 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "cursor and page exclude each other");
  if (cursor != NULL && !read_cursor (self, cursor, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* A title that begins with the first word, one that has it, then the rest; each newest first. */
static char *
relevance_order (GmAssetQuery *self)
{
  g_autofree char *contains = NULL;
  guint begins, has;

  if (self->first_word == NULL)
    return g_strdup ("created_at DESC, id DESC");
  contains = like_pattern (self->first_word);
  begins = hold_text (self, g_strdup (contains + 1)); /* without the first % */
  has = hold_text (self, g_steal_pointer (&contains));
  return g_strdup_printf ("CASE WHEN title_key LIKE ?%u ESCAPE '\\' THEN 0"
                          " WHEN title_key LIKE ?%u ESCAPE '\\' THEN 1 ELSE 2 END,"
                          " created_at DESC, id DESC",
                          begins, has);
}

static char *
build_statement (GmAssetQuery *self)
{
  g_autofree char *order = self->sort->order != NULL ? g_strdup (self->sort->order)
                                                     : relevance_order (self);
  gint64 offset = self->page > 0 ? (self->page - 1) * self->limit : 0;
  gint64 count = self->limit + 1; /* one more tells whether there is a next page */
  g_autoptr (GString) out = g_string_new ("SELECT * FROM assets WHERE ");

  g_string_append (out, self->where->str);
  if (self->has_cursor && self->sort->after != NULL)
    {
      guint key = self->sort->key_is_text
                      ? hold_text (self, g_strdup (self->last_key))
                      : hold_int (self, g_ascii_strtoll (self->last_key, NULL, 10));
      guint id = hold_text (self, g_strdup (self->last_id));

      g_string_append_printf (out, " AND (%s, id) %s (?%u, ?%u)", self->sort->column,
                              self->sort->after, key, id);
    }
  else if (self->has_cursor)
    offset = self->seen;
  if (self->sort->after == NULL)
    count = CLAMP (RELEVANCE_ROWS - offset, 0, count);
  g_string_append_printf (out, " ORDER BY %s LIMIT ?%u OFFSET ?", order, hold_int (self, count));
  g_string_append_printf (out, "%u", hold_int (self, offset));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
count_rows (GmAssetQuery *self, GmSql *sql, gint64 *total, GError **error)
{
  g_autofree char *statement = g_strconcat ("SELECT count(*) FROM assets WHERE ", self->where->str,
                                            NULL);

  if (self->has_cursor)
    {
      *total = self->total;
      return TRUE;
    }
  return gm_sql_int (sql, statement, self->values, self->n_values, total, error);
}

GmAssetPage *
gm_asset_query_run (GmAssetQuery *self, GmSql *sql, GError **error)
{
  g_autoptr (GmAssetPage) page = g_new0 (GmAssetPage, 1);
  g_autofree char *statement = NULL;
  gint64 seen;

  if (!count_rows (self, sql, &page->total, error))
    return NULL;
  statement = build_statement (self);
  page->assets = gm_sql_list (sql, &gm_asset_type, statement, self->values, self->n_values, error);
  if (page->assets == NULL)
    return NULL;

  page->limit = self->limit;
  seen = self->has_cursor ? self->seen : MAX (self->page - 1, 0) * self->limit;
  page->page = seen / self->limit + 1;
  if (page->assets->len > self->limit)
    {
      g_ptr_array_set_size (page->assets, (gint) self->limit);
      page->next_cursor = write_cursor (self, page->total, seen + self->limit,
                                        page->assets->pdata[self->limit - 1]);
    }
  return g_steal_pointer (&page);
}

void
gm_asset_page_free (GmAssetPage *page)
{
  g_clear_pointer (&page->assets, g_ptr_array_unref);
  g_free (page->next_cursor);
  g_free (page);
}
