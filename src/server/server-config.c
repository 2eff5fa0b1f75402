/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/server-config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"

#define DEFAULT_PORT 8085

GmServerConfig *
gm_server_config_new (const char *data)
{
  GmServerConfig *self = g_new0 (GmServerConfig, 1);

  self->data = g_canonicalize_filename (data, NULL);
  self->address = g_strdup ("127.0.0.1");
  self->port = DEFAULT_PORT;
  self->held = -1;
  return self;
}

void
gm_server_config_free (GmServerConfig *self)
{
  g_free (self->data);
  g_free (self->address);
  g_free (self->origin);
  g_strfreev (self->keynodes);
  g_free (self->chain);
  if (self->held >= 0)
    close (self->held);
  g_free (self);
}

gboolean
gm_server_config_read_environment (GmServerConfig *self, GError **error)
{
  const char *address = g_getenv ("GM_STORE_ADDRESS");
  const char *port = g_getenv ("GM_STORE_PORT");
  const char *origin = g_getenv ("GM_STORE_ORIGIN");
  const char *chain = g_getenv ("GM_STORE_CHAIN");
  guint64 number;

  if (address != NULL)
    {
      g_free (self->address);
      self->address = g_strdup (address);
    }
  if (origin != NULL)
    {
      g_free (self->origin);
      self->origin = g_strdup (origin);
    }
  if (chain != NULL)
    {
      g_free (self->chain);
      self->chain = g_strdup (chain);
    }
  if (port != NULL)
    {
      if (!g_ascii_string_to_unsigned (port, 10, 0, 65535, &number, NULL))
        return gm_fail (error, GM_ERROR_BAD_DATA, "GM_STORE_PORT is not a port: %s", port);
      self->port = (guint16) number;
    }
  self->no_worker = g_strcmp0 (g_getenv ("GM_WORKER"), "external") == 0;
  return TRUE;
}

gboolean
gm_server_config_check (const GmServerConfig *self, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme, *host;

  if (self->origin == NULL)
    return TRUE;
  uri = g_uri_parse (self->origin, G_URI_FLAGS_NONE, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if ((g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) && host != NULL &&
      *host != '\0' && *g_uri_get_path (uri) == '\0' && g_uri_get_query (uri) == NULL &&
      g_uri_get_fragment (uri) == NULL && g_uri_get_userinfo (uri) == NULL)
    return TRUE;
  return gm_fail (error, GM_ERROR_BAD_DATA,
                  "“%s” is no public address: it is written like https://music.example",
                  self->origin);
}

char *
gm_server_config_dup_path (const GmServerConfig *self, const char *name)
{
  return g_build_filename (self->data, name, NULL);
}

gboolean
gm_server_config_is_loopback (const GmServerConfig *self)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->address);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

gboolean
gm_server_config_make_folders (const GmServerConfig *self, GError **error)
{
  static const char *const names[] = { "", "objects", "spool", "credentials" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = gm_server_config_dup_path (self, names[i]);

      if (g_mkdir_with_parents (path, 0700) != 0)
        return gm_fail (error, GM_ERROR_DENIED, "cannot make the folder %s: %s", path,
                        g_strerror (errno));
    }
  return TRUE;
}

gboolean
gm_server_config_hold (GmServerConfig *self, GError **error)
{
  g_autofree char *path = gm_server_config_dup_path (self, "serve.lock");
  int file = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (file < 0)
    return gm_fail (error, GM_ERROR_DENIED, "%s cannot be written: %s", path, g_strerror (errno));
  if (flock (file, LOCK_EX | LOCK_NB) == 0)
    {
      self->held = file;
      return TRUE;
    }
  close (file);
  return gm_fail (error, GM_ERROR_CONFLICT,
                  "a store serves from %s already: stop it first, or choose another --data",
                  self->data);
}
