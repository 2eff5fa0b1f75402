/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/keystore-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/json.h"
#include "crypto/subkey.h"
#include "evm/address.h"
#include "vault/device-slot.h"
#include "vault/keystore.h"
#include "vault/sealed.h"

#define FORMAT        "gotmusic-keystore"
#define VERSION       1
#define VERSION_MORE  2 /* adds accounts without a secret, and the slot of a device */
#define N_MEMBERS     6
#define PROOF         "keystore.proof"
#define MAX_BOXES     (GM_KEYSTORE_MAX_ACCOUNTS + 1)
#define MAX_BOX_BYTES 128
#define MAX_INDEX     G_MAXINT32 /* hardened ones begin beyond */

static void
box_free (gpointer data)
{
  GmKeystoreBox *box = data;

  g_bytes_unref (box->box);
  g_free (box);
}

static void
entry_free (gpointer data)
{
  GmKeystoreEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

GmKeystoreFile *
gm_keystore_file_new (void)
{
  GmKeystoreFile *self = g_new0 (GmKeystoreFile, 1);

  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->boxes = g_ptr_array_new_with_free_func (box_free);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
gm_keystore_file_free (GmKeystoreFile *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->slots);
  g_ptr_array_unref (self->boxes);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

void
gm_keystore_file_add_box (GmKeystoreFile *self, gboolean words, GBytes *box)
{
  GmKeystoreBox *added = g_new0 (GmKeystoreBox, 1);

  added->words = words;
  added->box = g_bytes_ref (box);
  g_ptr_array_add (self->boxes, added);
}

void
gm_keystore_file_add_entry (GmKeystoreFile *self, const GmKeystoreEntry *entry)
{
  GmKeystoreEntry *added = g_memdup2 (entry, sizeof *entry);

  added->name = g_strdup (entry->name);
  g_ptr_array_add (self->entries, added);
}

gboolean
gm_keystore_file_is_words (const GmKeystoreFile *self, const GmKeystoreEntry *entry)
{
  return entry->box >= 0 && ((GmKeystoreBox *) self->boxes->pdata[entry->box])->words;
}

static gboolean
uses_box (const GmKeystoreFile *self, int box)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (((GmKeystoreEntry *) self->entries->pdata[i])->box == box)
      return TRUE;
  return FALSE;
}

void
gm_keystore_file_remove_entry (GmKeystoreFile *self, guint entry)
{
  const GmKeystoreEntry *removed = self->entries->pdata[entry];
  gboolean is_words = gm_keystore_file_is_words (self, removed);
  int box = removed->box;

  g_ptr_array_remove_index (self->entries, entry);
  if (box < 0 || is_words || uses_box (self, box))
    return;
  g_ptr_array_remove_index (self->boxes, (guint) box);
  for (guint i = 0; i < self->entries->len; i++)
    {
      GmKeystoreEntry *other = self->entries->pdata[i];

      if (other->box > box)
        other->box--;
    }
}

/* Slots are never changed, so they are shared. */
GmKeystoreFile *
gm_keystore_file_copy (const GmKeystoreFile *self)
{
  GmKeystoreFile *copy = gm_keystore_file_new ();

  for (guint i = 0; i < self->slots->len; i++)
    g_ptr_array_add (copy->slots, json_object_ref (self->slots->pdata[i]));
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const GmKeystoreBox *box = self->boxes->pdata[i];

      gm_keystore_file_add_box (copy, box->words, box->box);
    }
  for (guint i = 0; i < self->entries->len; i++)
    gm_keystore_file_add_entry (copy, self->entries->pdata[i]);
  copy->proof = self->proof;
  return copy;
}

int
gm_keystore_file_find_device (const GmKeystoreFile *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (gm_device_slot_is_one (self->slots->pdata[i]))
      return (int) i;
  return -1;
}

void
gm_keystore_file_set_device (GmKeystoreFile *self, JsonObject *slot)
{
  int known = gm_keystore_file_find_device (self);

  if (known >= 0)
    g_ptr_array_remove_index (self->slots, (guint) known);
  if (slot != NULL)
    g_ptr_array_add (self->slots, slot);
}

gboolean
gm_keystore_file_check_name (const char *name, GError **error)
{
  if (!g_utf8_validate (name, -1, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA, _ ("The name is not UTF-8"));
  if (name[0] == '\0' || g_utf8_strlen (name, -1) > GM_KEYSTORE_MAX_NAME)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    _ ("A name has 1 to %d characters"), GM_KEYSTORE_MAX_NAME);
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return gm_fail (error, GM_ERROR_BAD_DATA, _ ("The name has a control character"));
  return TRUE;
}

/* Objects of the list @member: 1 to @max of them. */
static JsonArray *
list_of (JsonObject *object, const char *member, guint max, GError **error)
{
  JsonArray *list = gm_json_array (object, member, error);
  guint n = list != NULL ? json_array_get_length (list) : 0;

  if (list == NULL)
    return NULL;
  if (n < 1 || n > max)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%s” has %u entries; 1 to %u can be", member, n,
                         max);
  for (guint i = 0; i < n; i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)))
      return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%s”: entry %u is no object", member, i);
  return list;
}

static gboolean
has_members (JsonObject *object, guint n, GError **error)
{
  return json_object_get_size (object) == n ||
         gm_fail (error, GM_ERROR_BAD_DATA, "%u members instead of %u",
                  json_object_get_size (object), n);
}

static gboolean
read_slot (GmKeystoreFile *self, JsonObject *slot, GError **error)
{
  if (gm_device_slot_is_one (slot) ? !gm_device_slot_check (slot, error)
                                   : !gm_sealed_slot_check (slot, error))
    return FALSE;
  g_ptr_array_add (self->slots, json_object_ref (slot));
  return TRUE;
}

static gboolean
read_box (GmKeystoreFile *self, JsonObject *object, GError **error)
{
  const char *kind = gm_json_text (object, "kind", error);
  const char *hex = kind != NULL ? gm_json_text (object, "box", error) : NULL;
  g_autoptr (GBytes) box = NULL;

  if (hex == NULL || !has_members (object, 2, error))
    return FALSE;
  if (strcmp (kind, "words") != 0 && strcmp (kind, "key") != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%.32s” is no kind of secret", kind);
  box = gm_hex_decode_bytes (hex, MAX_BOX_BYTES, error);
  if (box == NULL)
    return FALSE;

  gm_keystore_file_add_box (self, kind[0] == 'w', box);
  return TRUE;
}

static gboolean
read_entry (GmKeystoreFile *self, JsonObject *object, GError **error)
{
  const char *address = gm_json_text (object, "address", error);
  const char *name = address != NULL ? gm_json_text (object, "name", error) : NULL;
  GmKeystoreEntry entry = { .name = (char *) name };
  gint64 box, index;

  if (name == NULL || !gm_json_int (object, "secret", &box, error) ||
      !gm_json_int (object, "index", &index, error) || !has_members (object, 4, error) ||
      !gm_address_parse (address, &entry.address, error) ||
      !gm_keystore_file_check_name (name, error))
    return FALSE;
  if (box < GM_KEYSTORE_FILE_NO_BOX || box >= self->boxes->len)
    return gm_fail (error, GM_ERROR_BAD_DATA, "there is no secret %" G_GINT64_FORMAT, box);
  entry.box = (int) box;
  entry.index = (guint32) index;
  if (index < 0 || index > MAX_INDEX || (index > 0 && !gm_keystore_file_is_words (self, &entry)))
    return gm_fail (error, GM_ERROR_BAD_DATA, "there is no index %" G_GINT64_FORMAT, index);

  gm_keystore_file_add_entry (self, &entry);
  return TRUE;
}

/* A machine alone is not enough: it breaks, and its keyring with it. */
static gboolean
check_slots (const GmKeystoreFile *self, GError **error)
{
  guint n_devices = 0;

  for (guint i = 0; i < self->slots->len; i++)
    n_devices += gm_device_slot_is_one (self->slots->pdata[i]);
  if (n_devices > 1)
    return gm_fail (error, GM_ERROR_BAD_DATA, "slots: %u devices", n_devices);
  return n_devices < self->slots->len ||
         gm_fail (error, GM_ERROR_BAD_DATA, "slots: there is none for a password");
}

static gboolean
check_head (JsonObject *object, gint64 *version, GError **error)
{
  const char *format = gm_json_text (object, "format", error);

  if (format == NULL)
    return FALSE;
  if (strcmp (format, FORMAT) != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the format is “%.32s”", format);
  if (!gm_json_int (object, "version", version, error))
    return FALSE;
  if (*version > VERSION_MORE)
    return gm_fail (error, GM_ERROR_CONFLICT,
                    _ ("A newer GotMusic wrote this wallet. Update GotMusic to open it"));
  return *version >= VERSION ||
         gm_fail (error, GM_ERROR_BAD_DATA, "version %" G_GINT64_FORMAT, *version);
}

typedef gboolean (*ReadEntry) (GmKeystoreFile *self, JsonObject *object, GError **error);

/* In this order: an entry names a box. */
static const struct
{
  const char *member;
  guint max;
  ReadEntry read;
} lists[] = {
  { "slots", GM_KEYSTORE_FILE_MAX_SLOTS, read_slot },
  { "secrets", MAX_BOXES, read_box },
  { "accounts", GM_KEYSTORE_MAX_ACCOUNTS, read_entry },
};

static gboolean
read_lists (GmKeystoreFile *self, JsonObject *object, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *list = list_of (object, lists[i].member, lists[i].max, error);

      if (list == NULL)
        return FALSE;
      for (guint k = 0; k < json_array_get_length (list); k++)
        if (!lists[i].read (self, json_array_get_object_element (list, k), error))
          {
            g_prefix_error (error, "%s, entry %u: ", lists[i].member, k);
            return FALSE;
          }
    }
  return TRUE;
}

/* The oldest that can say it, so that an older GotMusic reads what it understands. */
static gint64
version_of (const GmKeystoreFile *self)
{
  return uses_box (self, GM_KEYSTORE_FILE_NO_BOX) || gm_keystore_file_find_device (self) >= 0
             ? VERSION_MORE
             : VERSION;
}

GmKeystoreFile *
gm_keystore_file_parse (GBytes *json, GError **error)
{
  g_autoptr (GmKeystoreFile) self = gm_keystore_file_new ();
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_KEYSTORE_MAX_BYTES, error);
  const char *proof;
  gint64 version;

  if (object == NULL || !check_head (object, &version, error) ||
      !has_members (object, N_MEMBERS, error) || !read_lists (self, object, error))
    return NULL;
  if (version < version_of (self))
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "version %" G_GINT64_FORMAT " watches nothing and knows no device",
                         version);
  if (!check_slots (self, error))
    return NULL;
  proof = gm_json_text (object, "proof", error);
  if (proof == NULL || !gm_hex_decode (proof, self->proof.b, sizeof self->proof.b, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
set_hex (JsonObject *object, const char *member, const guint8 *data, gsize length)
{
  g_autofree char *hex = gm_hex_encode (data, length);

  json_object_set_string_member (object, member, hex);
}

/* What the proof is of. */
static JsonObject *
body_of (const GmKeystoreFile *self)
{
  JsonObject *body = json_object_new ();
  JsonArray *secrets = json_array_new ();
  JsonArray *accounts = json_array_new ();

  for (guint i = 0; i < self->boxes->len; i++)
    {
      const GmKeystoreBox *box = self->boxes->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "kind", box->words ? "words" : "key");
      set_hex (object, "box", g_bytes_get_data (box->box, NULL), g_bytes_get_size (box->box));
      json_array_add_object_element (secrets, object);
    }
  for (guint i = 0; i < self->entries->len; i++)
    {
      const GmKeystoreEntry *entry = self->entries->pdata[i];
      g_autofree char *address = gm_address_dup_text (&entry->address);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "address", address);
      json_object_set_string_member (object, "name", entry->name);
      json_object_set_int_member (object, "secret", entry->box);
      json_object_set_int_member (object, "index", entry->index);
      json_array_add_object_element (accounts, object);
    }
  json_object_set_array_member (body, "secrets", secrets);
  json_object_set_array_member (body, "accounts", accounts);
  return body;
}

/* Takes @object. */
static char *
canonical (JsonObject *object)
{
  g_autoptr (JsonNode) node = gm_json_node_take (object);

  return gm_json_canonical (node, NULL);
}

void
gm_keystore_file_prove (const GmKeystoreFile *self, GmSecret *master, GmHash *out)
{
  g_autofree char *text = canonical (body_of (self));
  g_autoptr (GmSecret) proof = gm_subkey_derive (master, PROOF, (const guint8 *) text,
                                                 strlen (text));

  memcpy (out->b, gm_secret_open (proof), sizeof out->b);
  gm_secret_close (proof);
}

GBytes *
gm_keystore_file_encode (const GmKeystoreFile *self)
{
  JsonObject *object = body_of (self);
  JsonArray *slots = json_array_new ();
  char *text;

  for (guint i = 0; i < self->slots->len; i++)
    json_array_add_object_element (slots, json_object_ref (self->slots->pdata[i]));
  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", version_of (self));
  json_object_set_array_member (object, "slots", slots);
  set_hex (object, "proof", self->proof.b, sizeof self->proof.b);
  text = canonical (object);
  return g_bytes_new_take (text, strlen (text));
}
