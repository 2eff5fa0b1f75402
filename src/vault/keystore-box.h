/* keystore-box.h - the secrets of a keystore file: opened, added and proved with its master key.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "vault/keystore-file.h"

G_BEGIN_DECLS

/* The master key and the @slot that gave it; DENIED: not this password, BAD_DATA: altered. */
GmSecret *gm_keystore_box_unlock (const GmKeystoreFile *file,
                                  GmSecret *password,
                                  guint *slot,
                                  GError **error);
/* NOT_FOUND: no device may; DENIED: another key. */
GmSecret *gm_keystore_box_unlock_device (const GmKeystoreFile *file,
                                         GmSecret *device_key,
                                         GError **error);
gboolean gm_keystore_box_proved (const GmKeystoreFile *file, GmSecret *master);

/* @plain is a key, or the entropy of words: so the boxes of 12 words all have one length. */
void gm_keystore_box_add (GmKeystoreFile *file, gboolean words, GmSecret *plain, GmSecret *master);
GmSecret *
gm_keystore_box_open (const GmKeystoreFile *file, guint box, GmSecret *master, GError **error);
int gm_keystore_box_find_words (const GmKeystoreFile *file); /* the first, or -1 */

/* The private key of an entry. */
GmSecret *gm_keystore_box_key (const GmKeystoreFile *file,
                               const GmKeystoreEntry *entry,
                               GmSecret *master,
                               GError **error);
/* Sets the address of an entry: that of its key. */
gboolean gm_keystore_box_address (const GmKeystoreFile *file,
                                  GmKeystoreEntry *entry,
                                  GmSecret *master,
                                  GError **error);

G_END_DECLS
