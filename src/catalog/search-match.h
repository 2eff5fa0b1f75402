/* search-match.h - a search as the index understands it: a full-text expression and SQL conditions.
 *
 * What is rare goes into the expression, where the index intersects it; wide ranges are conditions
 * on rows. Everything typed ends up in bound values.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/search.h"

G_BEGIN_DECLS

#define GM_SEARCH_MATCH_MAX_VALUES 12

typedef struct
{
  char *expression;                           /* (nullable) for MATCH ?1 */
  GString *where;                             /* " AND …" over assets, holes from ?2 */
  GmValue values[GM_SEARCH_MATCH_MAX_VALUES]; /* [0] is the expression */
  guint n_values;
  char **words;  /* folded */
  guint letters; /* of all words */
} GmSearchMatch;

void gm_search_match_init (GmSearchMatch *self, const GmSearch *search);
void gm_search_match_clear (GmSearchMatch *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GmSearchMatch, gm_search_match_clear)

G_END_DECLS
