/* audit.h - who changed what, hash-chained, in the transaction of the change.
 *
 * Row hash = SHA-256 of the JCS of { actor, after, asset, before, changedFields, createdAt, id,
 * operation, prevHash, rev }, where before and after are the SHA-256 of their JCS or null: a blob
 * can be erased later without breaking the chain. feed.head is the newest row's hash.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "server/database.h"

G_BEGIN_DECLS

typedef struct
{
  const char *asset; /* row id */
  const char *actor; /* an address, or "system:import" and its like */
  const char *operation;
  JsonObject *before; /* (nullable) */
  JsonObject *after;  /* (nullable) */
} GmAuditEntry;

/* The revision the next change of this transaction gets. */
gboolean gm_audit_next_rev (GmWriter *writer, gint64 *rev, GError **error);

/* Appends under revision @rev and moves the feed: the last thing in a transaction. */
gboolean gm_audit_append (GmWriter *writer, gint64 rev, const GmAuditEntry *entry, GError **error);

/* Members that differ, without version, rev and updatedAt. */
char **gm_audit_changed_fields (JsonObject *before, JsonObject *after);

/* Walks the whole chain: BAD_DATA names the first row that does not fit. */
gboolean gm_audit_verify (GmSql *sql, gint64 *rows, GError **error);

/* { assetId, auditLogs: [ … ], total, nextCursor } newest first, below revision @before_rev. */
JsonObject *
gm_audit_list (GmSql *sql, const char *asset, gint64 before_rev, gint64 limit, GError **error);

G_END_DECLS
