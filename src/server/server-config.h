/* server-config.h - where the store keeps its things and how it is reached.
 *
 * From the command line first, then the environment (GM_STORE_ADDRESS, GM_STORE_PORT,
 * GM_STORE_ORIGIN, GM_STORE_CHAIN, GM_WORKER), then defaults.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *data; /* folder */
  char *address;
  guint16 port;
  char *origin;       /* (nullable) "https://music.example": what signed-in texts must name */
  gboolean demo;      /* started by "demo" on loopback: the first wallet becomes admin */
  gboolean no_worker; /* jobs are left to a "worker" process */
  char **keynodes;    /* (nullable) addresses of the holders, in order */
  char *chain;        /* (nullable) file that says where the store's contracts are */
  int held;           /* the descriptor that holds the folder, -1 without */
} GmServerConfig;

GmServerConfig *gm_server_config_new (const char *data);
void gm_server_config_free (GmServerConfig *self);
gboolean gm_server_config_read_environment (GmServerConfig *self, GError **error);

/* What nobody could sign in to: an origin that is no "scheme://host[:port]". */
gboolean gm_server_config_check (const GmServerConfig *self, GError **error);

char *gm_server_config_dup_path (const GmServerConfig *self, const char *name); /* data/NAME */
gboolean gm_server_config_is_loopback (const GmServerConfig *self);
/* Makes data, objects, spool and credentials (0700). */
gboolean gm_server_config_make_folders (const GmServerConfig *self, GError **error);
/* One store serves from a folder: a second would move the key nodes of the first. CONFLICT then;
 * let go when @self is freed or the process ends. */
gboolean gm_server_config_hold (GmServerConfig *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmServerConfig, gm_server_config_free)

G_END_DECLS
