/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/record.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"

typedef struct
{
  char *id;
  char *title;
  char *genre;
  gint64 duration_ms;
  gint64 price_units;
  gboolean explicit_lyrics;
  char **tags;
  GBytes *cover_hash;
  gint64 row_only;
  char *json_only;
} Track;

static const GmField fields[] = {
  GM_FIELD (Track, id, "id", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (Track, title, "title", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (Track, genre, "genre", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (Track, duration_ms, "durationMs", INT, GM_FIELD_REQUIRED),
  GM_FIELD (Track, price_units, "priceUnits", UNITS, GM_FIELD_OPTIONAL),
  GM_FIELD (Track, explicit_lyrics, "explicit", BOOL, GM_FIELD_OPTIONAL),
  GM_FIELD (Track, tags, "tags", LIST, GM_FIELD_OPTIONAL),
  GM_FIELD (Track, cover_hash, "coverHash", BYTES, GM_FIELD_OPTIONAL),
  GM_FIELD (Track, row_only, NULL, INT, GM_FIELD_NO_JSON),
  GM_FIELD (Track, json_only, "jsonOnly", TEXT, GM_FIELD_OPTIONAL | GM_FIELD_NO_ROW),
};

static const GmRecordType type = { "tracks", sizeof (Track), fields, G_N_ELEMENTS (fields) };

#define FULL                                                                                       \
  "{'id':'1','title':'Tide','genre':'dub','durationMs':225000,'priceUnits':'1500000',"             \
  "'explicit':true,'tags':['a','b'],'coverHash':'0x00ff','jsonOnly':'j'}"

static JsonObject *
json (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (quoted, strlen (quoted));
  g_autoptr (GError) error = NULL;
  JsonObject *object = gm_json_parse_object (bytes, 1024 * 1024, &error);

  g_assert_no_error (error);
  return object;
}

static Track *
read_json (const char *text)
{
  g_autoptr (JsonObject) object = json (text);
  g_autoptr (GError) error = NULL;
  Track *track = gm_record_from_json (&type, object, &error);

  g_assert_no_error (error);
  return track;
}

static void
free_track (Track *track)
{
  gm_record_free (&type, track);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Track, free_track)

static void
test_json (void)
{
  g_autoptr (Track) track = read_json (FULL);
  g_autoptr (JsonObject) written = gm_record_to_json (&type, track);
  g_autoptr (JsonObject) expected = json (FULL);
  g_autoptr (JsonNode) a = gm_json_node_take (json_object_ref (written));
  g_autoptr (JsonNode) b = gm_json_node_take (json_object_ref (expected));

  g_assert_cmpstr (track->title, ==, "Tide");
  g_assert_cmpint (track->duration_ms, ==, 225000);
  g_assert_cmpint (track->price_units, ==, 1500000);
  g_assert_true (track->explicit_lyrics);
  g_assert_cmpuint (g_strv_length (track->tags), ==, 2);
  g_assert_cmpmem (g_bytes_get_data (track->cover_hash, NULL), 2, "\0\xff", 2);
  g_assert_true (json_node_equal (a, b));
}

static void
test_absent (void)
{
  static const char *const cases[] = {
    "{'id':'1','title':'Tide','durationMs':1}",
    "{'id':'1','title':'Tide','durationMs':1,'genre':null,'priceUnits':null,'explicit':null,"
    "'tags':null,'coverHash':null,'jsonOnly':null,'row_only':5,'newer':{'a':[1.5]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Track) track = read_json (cases[i]);
      g_autoptr (JsonObject) written = gm_record_to_json (&type, track);

      g_assert_null (track->genre);
      g_assert_null (track->cover_hash);
      g_assert_null (track->json_only);
      g_assert_cmpint (track->price_units, ==, 0);
      g_assert_cmpint (track->row_only, ==, 0);
      g_assert_false (track->explicit_lyrics);
      g_assert_false (json_object_has_member (written, "genre"));
      g_assert_false (json_object_has_member (written, "coverHash"));
      g_assert_cmpstr (json_object_get_string_member (written, "priceUnits"), ==, "0");
    }
}

static void
test_refused (void)
{
  static const char *const cases[][3] = {
    { "'id':'1',", "", "member “id”: missing" },
    { "'id':'1'", "'id':null", "member “id”: missing" },
    { "'id':'1'", "'id':1", "member “id”: of another type" },
    { "'durationMs':225000", "'durationMs':'225000'", "member “durationMs”" },
    { "'durationMs':225000", "'durationMs':1.5", "member “durationMs”" },
    { "'durationMs':225000", "'durationMs':true", "member “durationMs”" },
    { "'explicit':true", "'explicit':1", "member “explicit”" },
    { "'explicit':true", "'explicit':'true'", "member “explicit”" },
    { "'priceUnits':'1500000'", "'priceUnits':1500000", "member “priceUnits”" },
    { "'1500000'", "'-1'", "not a number of units" },
    { "'1500000'", "'1.5'", "not a number of units" },
    { "'1500000'", "''", "not a number of units" },
    { "'1500000'", "'9223372036854775808'", "not a number of units" },
    { "['a','b']", "'a'", "member “tags”" },
    { "['a','b']", "['a',1]", "entry 1 is not a text" },
    { "['a','b']", "['a',null]", "entry 1 is not a text" },
    { "'0x00ff'", "'0x00f'", "member “coverHash”: an odd number" },
    { "'0x00ff'", "'0x00fg'", "member “coverHash”" },
    { "'0x00ff'", "[0,255]", "member “coverHash”" },
    { "'genre':'dub'", "'genre':{}", "member “genre”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (FULL);
      g_autoptr (JsonObject) object = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (text, cases[i][0], cases[i][1], 1), ==, 1);
      object = json (text->str);
      g_assert_null (gm_record_from_json (&type, object, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_true (g_str_has_prefix (error->message, "tracks: "));
      if (strstr (error->message, cases[i][2]) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i][2]);
    }
}

static JsonObject *
with_lengths (gsize title, guint n_tags, gsize tag)
{
  JsonObject *object = json (FULL);
  g_autofree char *title_text = g_strnfill (title, 't');
  g_autofree char *tag_text = g_strnfill (tag, 'g');
  JsonArray *tags = json_array_new ();

  json_object_set_string_member (object, "title", title_text);
  for (guint i = 0; i < n_tags; i++)
    json_array_add_string_element (tags, tag_text);
  json_object_set_array_member (object, "tags", tags);
  return object;
}

static void
test_limits (void)
{
  static const struct
  {
    gsize title;
    guint n_tags;
    gsize tag;
    const char *words;
  } cases[] = {
    { GM_RECORD_MAX_TEXT, GM_RECORD_MAX_LIST, GM_RECORD_MAX_TEXT, NULL },
    { GM_RECORD_MAX_TEXT + 1, 1, 1, "longer than 16384 bytes" },
    { 1, GM_RECORD_MAX_LIST + 1, 1, "257 entries, at most 256" },
    { 1, 1, GM_RECORD_MAX_TEXT + 1, "too long" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = with_lengths (cases[i].title, cases[i].n_tags, cases[i].tag);
      g_autoptr (GError) error = NULL;
      g_autoptr (Track) track = gm_record_from_json (&type, object, &error);

      g_assert_true ((track != NULL) == (cases[i].words == NULL));
      if (track == NULL)
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
          g_assert_nonnull (strstr (error->message, cases[i].words));
        }
    }
}

/* A row as a driver hands it over: the columns of @values, of which @hidden does not exist. */
typedef struct
{
  const GmValue *values;
  const char *hidden;
} Row;

static gboolean
read_column (gpointer data, const char *column, GmValue *out)
{
  const Row *row = data;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i].flags & GM_FIELD_NO_ROW)
        continue;
      if (g_str_equal (fields[i].column, column))
        {
          *out = row->values[n];
          return g_strcmp0 (column, row->hidden) != 0;
        }
      n++;
    }
  g_assert_not_reached ();
}

static void
test_row (void)
{
  g_autoptr (Track) track = read_json (FULL);
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (Track) again = NULL;
  GmValue values[G_N_ELEMENTS (fields)];

  track->row_only = 9;
  g_assert_cmpuint (gm_record_values (&type, track, values, G_N_ELEMENTS (values), keep), ==, 9);
  g_assert_cmpstr (values[6].data, ==, "[\"a\",\"b\"]");
  again = gm_record_from_row (&type, read_column, &(Row){ values, NULL }, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->row_only, ==, 9);
  g_assert_null (again->json_only);

  g_clear_pointer (&track->json_only, g_free);
  g_assert_true (gm_record_equal (&type, track, again));
}

static void
test_row_refused (void)
{
  g_autoptr (Track) track = read_json (FULL);
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func (g_free);
  const GmValue wrong = gm_value_bytes ("x", 1);
  const struct
  {
    guint n;
    GmValue value;
    const char *column;
  } cases[] = {
    { 0, gm_value_int (1), "id" },
    { 1, gm_value_null (), "title" },
    { 2, wrong, "genre" },
    { 3, gm_value_text ("1"), "duration_ms" },
    { 4, wrong, "price_units" },
    { 5, gm_value_text ("true"), "explicit_lyrics" },
    { 6, gm_value_text ("no JSON"), "tags" },
    { 6, gm_value_text ("{}"), "tags" },
    { 6, gm_value_text ("[1]"), "tags" },
    { 6, gm_value_int (1), "tags" },
    { 7, gm_value_text ("00ff"), "cover_hash" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmValue values[G_N_ELEMENTS (fields)];
      g_autoptr (GError) error = NULL;
      g_autofree char *words = g_strdup_printf ("tracks: column “%s”", cases[i].column);

      gm_record_values (&type, track, values, G_N_ELEMENTS (values), keep);
      values[cases[i].n] = cases[i].value;
      g_assert_null (gm_record_from_row (&type, read_column, &(Row){ values, NULL }, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_true (g_str_has_prefix (error->message, words));
      g_clear_error (&error);

      gm_record_values (&type, track, values, G_N_ELEMENTS (values), keep);
      g_assert_null (
          gm_record_from_row (&type, read_column, &(Row){ values, cases[i].column }, &error));
      g_assert_true (g_str_has_prefix (error->message, words));
    }
}

static void
test_row_nulls (void)
{
  GmValue values[G_N_ELEMENTS (fields)] = { gm_value_text ("1"), gm_value_text ("Tide") };
  g_autoptr (GError) error = NULL;
  g_autoptr (Track) track = gm_record_from_row (&type, read_column, &(Row){ values, NULL }, &error);

  g_assert_no_error (error);
  g_assert_cmpint (track->price_units, ==, 0);
  g_assert_null (track->cover_hash);
  g_assert_cmpuint (g_strv_length (track->tags), ==, 0);
}

static void
test_sql (void)
{
  g_autofree char *columns = gm_record_columns (&type);
  g_autofree char *upsert = gm_record_upsert (&type);

  g_assert_cmpstr (columns, ==,
                   "id, title, genre, duration_ms, price_units, explicit_lyrics, tags, cover_hash, "
                   "row_only");
  g_assert_cmpstr (upsert, ==,
                   "INSERT INTO tracks (id, title, genre, duration_ms, price_units, "
                   "explicit_lyrics, tags, cover_hash, row_only) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO UPDATE SET "
                   "title = excluded.title, genre = excluded.genre, "
                   "duration_ms = excluded.duration_ms, price_units = excluded.price_units, "
                   "explicit_lyrics = excluded.explicit_lyrics, tags = excluded.tags, "
                   "cover_hash = excluded.cover_hash, row_only = excluded.row_only");
}

static void
test_copy (void)
{
  g_autoptr (Track) track = read_json (FULL);
  g_autoptr (Track) copy = gm_record_copy (&type, track);

  g_assert_true (gm_record_equal (&type, track, copy));
  g_assert_true (copy->title != track->title && copy->tags != track->tags);
  gm_record_free (&type, NULL);
}

static void
test_equal (void)
{
  static const char *const changes[][2] = {
    { "'id':'1'", "'id':'2'" },
    { "'genre':'dub',", "" },
    { "225000", "225001" },
    { "'1500000'", "'1500001'" },
    { "true", "false" },
    { "['a','b']", "['b','a']" },
    { "['a','b']", "['a']" },
    { "'0x00ff'", "'0x00fe'" },
    { "'coverHash':'0x00ff',", "" },
    { "'jsonOnly':'j'", "'jsonOnly':'k'" },
  };
  g_autoptr (Track) track = read_json (FULL);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GString) text = g_string_new (FULL);
      g_autoptr (Track) changed = NULL;

      g_assert_cmpuint (g_string_replace (text, changes[i][0], changes[i][1], 1), ==, 1);
      changed = read_json (text->str);
      g_assert_false (gm_record_equal (&type, track, changed));
      g_assert_false (gm_record_equal (&type, changed, track));
    }
}

/* No list is an empty list: that is what a row gives back for it. */
static void
test_no_list (void)
{
  g_autoptr (Track) none = read_json ("{'id':'1','title':'Tide','durationMs':1}");
  g_autoptr (Track) empty = read_json ("{'id':'1','title':'Tide','durationMs':1,'tags':[]}");

  g_assert_null (none->tags);
  g_assert_nonnull (empty->tags);
  g_assert_true (gm_record_equal (&type, none, empty));
}

typedef struct
{
  GObject parent;
  Track *track;
} Item;

typedef GObjectClass ItemClass;

static GType item_get_type (void);
G_DEFINE_FINAL_TYPE (Item, item, G_TYPE_OBJECT)

static void
item_class_init (ItemClass *klass)
{
  gm_record_install_properties (&type, klass, G_STRUCT_OFFSET (Item, track));
}

static void
item_init (Item *self)
{
}

static void
test_properties (void)
{
  g_autoptr (Track) track = read_json (FULL);
  Item *item = g_object_new (item_get_type (), NULL);
  g_autofree char *nothing = NULL;
  g_autofree char *title = NULL;
  g_auto (GStrv) tags = NULL;
  g_autoptr (GBytes) hash = NULL;
  gboolean explicit_lyrics;
  gint64 duration, price;

  g_object_get (item, "title", &nothing, NULL); /* an item without a record */
  g_assert_null (nothing);

  item->track = track;
  g_object_get (item, "title", &title, "duration-ms", &duration, "price-units", &price,
                "explicit-lyrics", &explicit_lyrics, "tags", &tags, "cover-hash", &hash, NULL);
  g_assert_cmpstr (title, ==, "Tide");
  g_assert_cmpint (duration, ==, 225000);
  g_assert_cmpint (price, ==, 1500000);
  g_assert_true (explicit_lyrics);
  g_assert_true (g_strv_equal ((const char *const *) tags, (const char *const *) track->tags));
  g_assert_true (g_bytes_equal (hash, track->cover_hash));
  g_assert_finalize_object (item);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/json-there-and-back", test_json);
  g_test_add_func ("/record/optional-members-may-be-absent-or-null", test_absent);
  g_test_add_func ("/record/a-refusal-names-the-member", test_refused);
  g_test_add_func ("/record/texts-and-lists-have-an-end", test_limits);
  g_test_add_func ("/record/row-there-and-back", test_row);
  g_test_add_func ("/record/a-refusal-names-the-column", test_row_refused);
  g_test_add_func ("/record/a-column-may-be-null", test_row_nulls);
  g_test_add_func ("/record/an-upsert-keeps-the-row", test_sql);
  g_test_add_func ("/record/a-copy-is-its-own", test_copy);
  g_test_add_func ("/record/every-field-counts", test_equal);
  g_test_add_func ("/record/no-list-is-an-empty-list", test_no_list);
  g_test_add_func ("/record/fields-are-properties", test_properties);
  return g_test_run ();
}
