/* price.h - what something costs, for people: "25.00 USDC", "Free".
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/money.h"

G_BEGIN_DECLS

char *gm_price_format (gint64 units, const char *currency); /* NULL when it is not known */

G_END_DECLS
