/* keynode-guard.h - the key holders as child processes: started, watched, started again.
 *
 * Lives on the main loop. Children end with this process, also when it is killed.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _GmKeynodeGuard GmKeynodeGuard;

/* @policies: paths. Returns when all answer; one that does not start is an error with its words. */
GmKeynodeGuard *gm_keynode_guard_start (const char *const *policies, GError **error);
void gm_keynode_guard_stop (GmKeynodeGuard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmKeynodeGuard, gm_keynode_guard_stop)

G_END_DECLS
