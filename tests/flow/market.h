/* market.h - the real store with its three real key nodes and some imported music, all processes of
 * their own.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MARKET_SECONDS 5 /* of each piece */
#define MARKET_RATE    44100
#define MARKET_PIECES  2

typedef struct
{
  char *folder;
  GSubprocess *process; /* (nullable) it is down */
  GDataInputStream *lines;
  guint16 port; /* stays the same when it is started again */
  char *origin; /* so this, too */
} Market;

Market *market_new (void);
void market_free (Market *self);

void market_start (Market *self);
void market_stop (Market *self); /* as it is asked to */
void market_kill (Market *self); /* as by a power failure */

const char *market_title (guint piece);
char *market_piece_path (Market *self, guint piece); /* what was imported */

G_END_DECLS
