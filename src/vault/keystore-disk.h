/* keystore-disk.h - a keystore file on disk: replaced whole, after it was read back and opened.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "vault/keystore-file.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;
  gboolean exists; /* as this process knows it */
  GmHash content;  /* SHA-256 of what was read or written last */
} GmKeystoreDisk;

GmKeystoreFile *gm_keystore_disk_load (GmKeystoreDisk *self, GError **error);

/* Proves @file and writes it; @new_password, if any, opens it. No file stays that opens with what
 * does not open this one. CONFLICT when another process
 * changed it, or made one where none was. */
gboolean gm_keystore_disk_write (GmKeystoreDisk *self,
                                 GmKeystoreFile *file,
                                 GmSecret *master,
                                 GmSecret *new_password,
                                 GError **error);

G_END_DECLS
