/* server-world.h - a whole store on a temporary folder and a free port, and people who call it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "raw-client.h"
#include "server/service.h"
#include "vault/credential.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  GmService *service;
  guint16 port;
} ServerWorld;

ServerWorld *server_world_new (gboolean demo);
void server_world_restart (ServerWorld *world); /* closes and opens the same folder */
void server_world_free (ServerWorld *world);
void server_world_remove (const char *path); /* a folder with all that is in it */

/* Person 1, 2, 3 …: always the same key. */
GmSigner *server_person (guint number);
/* Signs in and answers the token. */
char *server_sign_in (ServerWorld *world, GmSigner *person);
void server_grant (ServerWorld *world, const char *role, GmSigner *person);

/* @headers: "Name: value\r\n…" or NULL. @body: JSON text or NULL. */
GmRawAnswer *server_ask (ServerWorld *world,
                         const char *start, /* "GET /api/assets" */
                         const char *token, /* (nullable) */
                         const char *headers,
                         const char *body);
JsonObject *server_json (GmRawAnswer *answer); /* owned by the caller */
/* Asks, asserts the status, and parses. */
JsonObject *server_expect (ServerWorld *world,
                           guint status,
                           const char *start,
                           const char *token,
                           const char *headers,
                           const char *body);

/* Writes assets straight into the database. */
typedef struct
{
  const char *title;
  const char *status;
  const char *genre;
  gint64 bpm;
  gint64 price;
  gint64 created_at; /* ms */
} ServerAsset;
char *server_put_asset (ServerWorld *world, const ServerAsset *asset); /* its id */

G_END_DECLS
