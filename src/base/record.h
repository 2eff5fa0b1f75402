/* record.h - one table per record, instead of one parser per format.
 *
 * A catalog record exists three times: as JSON from the store, as a database row, as a struct in
 * memory. Each record type states its fields once; the functions here read and write all three
 * shapes from that statement. Columns are read by name, so SQLite and PostgreSQL both fit.
 *
 * Records are plain structs, written once and then only read, so they may cross threads. Text,
 * lists and bytes are owned by the record.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "base/value.h"

G_BEGIN_DECLS

typedef enum
{
  GM_FIELD_TEXT,  /* char *     JSON string              column TEXT    */
  GM_FIELD_INT,   /* gint64     JSON integer             column INTEGER */
  GM_FIELD_BOOL,  /* gboolean   JSON boolean             column INTEGER */
  GM_FIELD_UNITS, /* gint64     JSON string of digits    column INTEGER */
  GM_FIELD_LIST,  /* char **    JSON array of strings    column TEXT (the JSON) */
  GM_FIELD_BYTES, /* GBytes *   JSON string, 0x and hex  column BLOB    */
} GmFieldType;

typedef enum
{
  GM_FIELD_REQUIRED = 0,
  GM_FIELD_OPTIONAL = 1 << 0, /* may be absent or null; INT, BOOL and UNITS are then 0 */
  GM_FIELD_NO_JSON = 1 << 1,  /* a column only */
  GM_FIELD_NO_ROW = 1 << 2,   /* a JSON member only */
} GmFieldFlags;

typedef struct
{
  const char *column; /* price_units; also the struct member and, with -, the GObject property */
  const char *json;   /* priceUnits */
  GmFieldType type;
  gsize offset;
  GmFieldFlags flags;
} GmField;

typedef struct
{
  const char *name; /* database table; also names the record in errors */
  gsize size;       /* of the struct */
  const GmField *fields;
  guint n_fields;
} GmRecordType;

/* clang-format off */
#define GM_FIELD(S, member, json, kind, flags) \
  { #member, json, GM_FIELD_##kind, G_STRUCT_OFFSET (S, member), flags }
/* clang-format on */

/* Limits on what from_json() takes, whatever the record: */
#define GM_RECORD_MAX_TEXT (16 * 1024) /* bytes of one text */
#define GM_RECORD_MAX_LIST 256         /* members of one list */

/* BAD_DATA names the member that is missing, of another type, or too long. Unknown members are
 * ignored: an older program reads a newer store. */
gpointer gm_record_from_json (const GmRecordType *type, JsonObject *object, GError **error);
JsonObject *gm_record_to_json (const GmRecordType *type, gconstpointer record);

/* How a driver hands over a row: FALSE when the row has no such column. */
typedef gboolean (*GmColumnReader) (gpointer row, const char *column, GmValue *out);

gpointer
gm_record_from_row (const GmRecordType *type, GmColumnReader read, gpointer row, GError **error);

/* One value per column field, in table order; texts made for lists are kept alive by @keep. */
guint gm_record_values (const GmRecordType *type,
                        gconstpointer record,
                        GmValue *values,
                        guint n_values,
                        GPtrArray *keep);
char *gm_record_columns (const GmRecordType *type); /* "id, title, price_units" */
char *gm_record_upsert (const GmRecordType *type); /* INSERT … ON CONFLICT (first) DO UPDATE … */

gpointer gm_record_copy (const GmRecordType *type, gconstpointer record);
gboolean gm_record_equal (const GmRecordType *type, gconstpointer a, gconstpointer b);
void gm_record_free (const GmRecordType *type, gpointer record);

/* Gives @klass a read-only property per field; @offset is where the instance keeps its pointer to
 * the record. Properties get the ids 1 … n_fields; a class with more of its own starts at
 * n_fields + 1, overrides get_property and passes the others to gm_record_get_property(). */
void gm_record_install_properties (const GmRecordType *type, GObjectClass *klass, gsize offset);
void gm_record_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec);

G_END_DECLS
