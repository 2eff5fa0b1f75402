/* confine.h - takes away what a decoder of foreign files never needs, from this process.
 *
 * Network, new programs, other processes, and all files but the ones named (PROTOCOLS D12). Limits
 * and no_new_privs always hold; Landlock, seccomp and an empty network namespace as far as the
 * kernel has them. Call it once, with one thread, before the foreign file is opened.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *const *readable; /* files and folders, NULL-terminated; system folders are added */
  const char *writable;        /* one folder */
  guint64 memory_bytes;        /* address space */
  guint64 file_bytes;          /* of one file written */
  guint cpu_seconds;
} GmConfineAsk;

typedef enum
{
  GM_CONFINE_LIMITS = 1 << 0,
  GM_CONFINE_FILES = 1 << 1,   /* Landlock */
  GM_CONFINE_CALLS = 1 << 2,   /* seccomp: no sockets, no exec, no ptrace */
  GM_CONFINE_NETWORK = 1 << 3, /* a network namespace with nothing in it */
} GmConfineResult;

GmConfineResult gm_confine_self (const GmConfineAsk *ask);
/* Neither the files of the person nor the network can be reached: a foreign file may be opened. */
gboolean gm_confine_is_enough (GmConfineResult held);

G_END_DECLS
