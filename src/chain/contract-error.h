/* contract-error.h - why one of our contracts refused, in words a person can use.
 *
 * The errors of all of contract-abi.h are known, whichever contract was called: a sale that reverts
 * may do so in the token. What is not in the table of words keeps its name and values.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why an order cannot be sold; Obstacle of contracts/src/Types.sol. */
typedef enum
{
  GM_OBSTACLE_NONE,
  GM_OBSTACLE_CLOSED,
  GM_OBSTACLE_TERMS,
  GM_OBSTACLE_TOKEN,
  GM_OBSTACLE_EXPIRED,
  GM_OBSTACLE_TAKEN,
  GM_OBSTACLE_LEASES,
  GM_OBSTACLE_BOUGHT,
  GM_OBSTACLE_PAUSED, /* of these only this one passes by itself */
} GmObstacle;

const char *gm_contract_error_obstacle_words (guint obstacle);

/* Of the data of a revert; never NULL. */
char *gm_contract_error_dup_sentence (GBytes *data);

G_END_DECLS
