/* keystore-file.h - what a keystore file says (keystore.h draws it): parsed, written, proved.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "base/bytes.h"
#include "base/secret.h"

G_BEGIN_DECLS

#define GM_KEYSTORE_FILE_MAX_SLOTS 4
#define GM_KEYSTORE_FILE_NO_BOX    (-1)

typedef struct
{
  gboolean words; /* else one key */
  GBytes *box;
} GmKeystoreBox;

typedef struct
{
  GmAddress address;
  char *name;
  int box;       /* in boxes, or NO_BOX: only watched */
  guint32 index; /* of the path; 0 for a key */
} GmKeystoreEntry;

typedef struct
{
  GPtrArray *slots;   /* JsonObject: sealed.h, and one of device-slot.h at most */
  GPtrArray *boxes;   /* GmKeystoreBox */
  GPtrArray *entries; /* GmKeystoreEntry */
  GmHash proof;
} GmKeystoreFile;

GmKeystoreFile *gm_keystore_file_new (void);
GmKeystoreFile *gm_keystore_file_copy (const GmKeystoreFile *self);
void gm_keystore_file_free (GmKeystoreFile *self);

/* BAD_DATA, or CONFLICT for a version newer than ours. */
GmKeystoreFile *gm_keystore_file_parse (GBytes *json, GError **error);
GBytes *gm_keystore_file_encode (const GmKeystoreFile *self);
/* Keyed hash of boxes and entries. */
void gm_keystore_file_prove (const GmKeystoreFile *self, GmSecret *master, GmHash *out);

/* The slot of the device, or -1. */
int gm_keystore_file_find_device (const GmKeystoreFile *self);
void gm_keystore_file_set_device (GmKeystoreFile *self, JsonObject *slot); /* steals; NULL: none */

gboolean gm_keystore_file_check_name (const char *name, GError **error);
void gm_keystore_file_add_box (GmKeystoreFile *self, gboolean words, GBytes *box);
void gm_keystore_file_add_entry (GmKeystoreFile *self, const GmKeystoreEntry *entry); /* copies */
void gm_keystore_file_remove_entry (GmKeystoreFile *self, guint entry); /* and the key it had */
gboolean gm_keystore_file_is_words (const GmKeystoreFile *self, const GmKeystoreEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmKeystoreFile, gm_keystore_file_free)

G_END_DECLS
