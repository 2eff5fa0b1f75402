/* keystore.h - the file that holds a person's accounts, all secrets in it sealed.
 *
 *   { "format": "gotmusic-keystore", "version": 1,        2 with a watched account or a device
 *     "slots":    [ sealed.h, device-slot.h ],                   each opens the same master key
 *     "secrets":  [ { "kind": "words" | "key", "box": "<hex>" } ],
 *     "accounts": [ { "address", "name", "secret": 0, "index": 0 } ],    secret -1: only watched
 *     "proof":    "<hex>" }              keyed hash of secrets and accounts, checked when unlocked
 *
 * Every change is written to a new file, synced, read back and opened before it takes the place of
 * the old one, which stays as PATH.old until the next change. A new password leaves none: it would
 * open with the old one. Nor does a device that was taken out. One thread at a time.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

G_BEGIN_DECLS

#define GM_KEYSTORE_MAX_BYTES    (256 * 1024)
#define GM_KEYSTORE_MAX_ACCOUNTS 100
#define GM_KEYSTORE_MAX_NAME     80 /* characters */

typedef struct _GmKeystore GmKeystore;

typedef enum
{
  GM_KEYSTORE_WORDS,   /* derived from the recovery words */
  GM_KEYSTORE_KEY,     /* imported */
  GM_KEYSTORE_WATCHED, /* an address, and no key */
} GmKeystoreKind;

typedef struct
{
  GmAddress address;
  const char *name;
  GmKeystoreKind kind;
  guint32 index; /* of the path, when derived */
} GmKeystoreAccount;

/* Blocks for a few seconds. The master key of the new file; CONFLICT when @path exists. @words as
 * words.h makes them; the first account is @name. */
GmSecret *gm_keystore_create (const char *path,
                              GmSecret *words,
                              const char *name,
                              GmSecret *password,
                              GError **error);
/* NOT_FOUND, BAD_DATA, or CONFLICT for a version newer than ours. */
GmKeystore *gm_keystore_load (const char *path, GError **error);
void gm_keystore_free (GmKeystore *self);

guint gm_keystore_count (const GmKeystore *self);
gboolean gm_keystore_get (const GmKeystore *self, guint account, GmKeystoreAccount *out);

/* Blocks for about a second. The master key; DENIED for a wrong password, BAD_DATA when the file
 * was altered. */
GmSecret *gm_keystore_unlock (GmKeystore *self, GmSecret *password, GError **error);

/* NOT_FOUND: no device may; DENIED: not the one that may. */
GmSecret *gm_keystore_unlock_device (GmKeystore *self, GmSecret *device_key, GError **error);
gboolean gm_keystore_has_device (const GmKeystore *self);

/* These take the master key. Accounts are numbered from 0, in the order they were added; none has
 * the address of another: CONFLICT. DENIED: a watched account has no key. */
GmSecret *gm_keystore_key (GmKeystore *self, GmSecret *master, guint account, GError **error);
GmSecret *gm_keystore_words (GmKeystore *self, GmSecret *master, GError **error);
gboolean gm_keystore_add (GmKeystore *self, GmSecret *master, const char *name, GError **error);
gboolean gm_keystore_add_at (GmKeystore *self,
                             GmSecret *master,
                             guint32 index,
                             const char *name,
                             GError **error);
gboolean gm_keystore_import (GmKeystore *self,
                             GmSecret *master,
                             GmSecret *key,
                             const char *name,
                             GError **error);
gboolean gm_keystore_watch (GmKeystore *self,
                            GmSecret *master,
                            const GmAddress *address,
                            const char *name,
                            GError **error);
/* DENIED for a derived account: its words would bring it back. */
gboolean gm_keystore_remove (GmKeystore *self, GmSecret *master, guint account, GError **error);
gboolean gm_keystore_rename (GmKeystore *self,
                             GmSecret *master,
                             guint account,
                             const char *name,
                             GError **error);
/* From now on @device_key opens it too, and no earlier one; NULL: none does. */
gboolean
gm_keystore_set_device (GmKeystore *self, GmSecret *master, GmSecret *device_key, GError **error);
gboolean gm_keystore_change_password (GmKeystore *self,
                                      GmSecret *old_password,
                                      GmSecret *new_password,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmKeystore, gm_keystore_free)

G_END_DECLS
