/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/library-key.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "base/error.h"
#include "vault/credential.h"

#define FILE_NAME "library.key"
#define NOTE_NAME "library.keyring" /* exists: the key is in the keyring */
#define KEY_BYTES 32

static const SecretSchema schema = { GM_APP_ID ".LibraryKey",
                                     SECRET_SCHEMA_NONE,
                                     { { "folder", SECRET_SCHEMA_ATTRIBUTE_STRING }, { 0 } } };

struct _GmLibraryKey
{
  gatomicrefcount references;
  char *folder;
  GMutex mutex;
  GmSecret *key; /* (nullable) until it was asked for; guarded by mutex */
};

static GmSecret *
look_up (const char *folder, GCancellable *cancellable, GError **error)
{
  SecretValue *value = secret_password_lookup_binary_sync (&schema, cancellable, error, "folder",
                                                           folder, NULL);
  GmSecret *key = NULL;
  const char *data;
  gsize length;

  if (value == NULL)
    return NULL;
  data = secret_value_get (value, &length);
  if (length == KEY_BYTES)
    key = gm_secret_new_copy ((const guint8 *) data, length);
  secret_value_unref (value);
  return key;
}

/* FALSE: there is no keyring that keeps it. */
static gboolean
store (const char *folder, GmSecret *key, GCancellable *cancellable)
{
  SecretValue *value = secret_value_new ((const char *) gm_secret_open (key), KEY_BYTES,
                                         "application/octet-stream");
  g_autoptr (GmSecret) again = NULL;
  gboolean stored;

  gm_secret_close (key);
  stored = secret_password_store_binary_sync (&schema, SECRET_COLLECTION_DEFAULT,
                                              _ ("GotMusic library"), value, cancellable, NULL,
                                                 "folder", folder, NULL);
  secret_value_unref (value);
  again = stored ? look_up (folder, cancellable, NULL) : NULL;
  return again != NULL && gm_secret_equal (again, key);
}

static gboolean
exists (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static GmSecret *
load_from_keyring (const char *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmSecret *key = look_up (folder, cancellable, &problem);

  if (key != NULL)
    return key;
  return gm_fail_null (error, GM_ERROR_DENIED,
                       _ ("The key of your library is in the keyring, which does not give it (%s). "
                          "Unlock the keyring and try again; what you bought stays yours"),
                          problem != NULL ? problem->message : _ ("it is locked or was emptied"));
}

static GmSecret *
load (const char *folder, GCancellable *cancellable, GError **error)
{
  g_autofree char *note = g_build_filename (folder, NOTE_NAME, NULL);
  g_autoptr (GmSecret) key = NULL;

  if (exists (folder, FILE_NAME))
    return gm_credential_load (folder, FILE_NAME, error);
  if (exists (folder, NOTE_NAME))
    return load_from_keyring (folder, cancellable, error);
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL) /* asking would try to start one */
    return gm_credential_ensure (folder, FILE_NAME, error);

  key = look_up (folder, cancellable, NULL); /* the note may be lost: what it opens is not */
  if (key == NULL)
    {
      key = gm_secret_new_random (KEY_BYTES);
      if (!store (folder, key, cancellable))
        return gm_credential_ensure (folder, FILE_NAME, error);
    }
  if (g_file_set_contents (note, "", 0, NULL))
    return g_steal_pointer (&key);
  return gm_credential_ensure (folder, FILE_NAME, error);
}

GmLibraryKey *
gm_library_key_new (const char *folder)
{
  GmLibraryKey *self = g_new0 (GmLibraryKey, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->folder = g_strdup (folder);
  return self;
}

GmLibraryKey *
gm_library_key_ref (GmLibraryKey *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gm_library_key_unref (GmLibraryKey *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->key, gm_secret_unref);
  g_mutex_clear (&self->mutex);
  g_free (self->folder);
  g_free (self);
}

GmSecret *
gm_library_key_get (GmLibraryKey *self, GCancellable *cancellable, GError **error)
{
  GmSecret *key = NULL;

  g_mutex_lock (&self->mutex);
  if (self->key == NULL)
    self->key = load (self->folder, cancellable, error);
  if (self->key != NULL)
    key = gm_secret_ref (self->key);
  g_mutex_unlock (&self->mutex);
  return key;
}
