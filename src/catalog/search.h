/* search.h - which assets of the cache a person asked for: row numbers in order, nothing else.
 *
 * A row number ("pos") is the asset's place in newest-first order, so ascending numbers are newest
 * first and lists read their rows later, a page at a time. Words are prefixes of words in title,
 * artist, genre, mood, tags and type; all must be there. RELEVANCE ranks the 1,000 newest hits
 * (bm25 over them) and goes on newest first; fewer than three characters are always newest first
 * (PROTOCOLS A20).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sql.h"

G_BEGIN_DECLS

typedef enum
{
  GM_SORT_NEWEST,
  GM_SORT_RELEVANCE,
  GM_SORT_TITLE,
  GM_SORT_BPM,
  GM_SORT_PRICE,
} GmSort;

#define GM_SEARCH_MAX_WORDS 8
#define GM_SEARCH_MAX_BYTES 256 /* of the text that is looked at */
#define GM_SEARCH_RANKED    1000
#define GM_SEARCH_ANY_PRICE (-1)

typedef struct
{
  char *text; /* (nullable) as typed */
  char *type; /* (nullable) any; so the next ones */
  char *genre;
  char *mood;
  char *key;           /* (nullable) "Am", or "8A" */
  gboolean compatible; /* with @key, by the Camelot wheel */
  gint64 bpm_min;      /* 0: no bound */
  gint64 bpm_max;
  gboolean bpm_folded; /* half and double tempo count too */
  gint64 price_min;    /* units, 0: no bound */
  gint64 price_max;    /* units, GM_SEARCH_ANY_PRICE: no bound; 0: free only */
  gboolean exclusive;  /* only these */
  GmSort sort;
} GmSearch;

GmSearch *gm_search_new (void); /* everything, newest first */
GmSearch *gm_search_copy (const GmSearch *self);
void gm_search_free (GmSearch *self);
gboolean gm_search_equal (const GmSearch *a, const GmSearch *b);

typedef struct
{
  GArray *rows;      /* of gint64 */
  gboolean complete; /* there are no more */
} GmSearchResult;

/* At most @limit rows; 0: all. DECLINED when cancelled. */
GmSearchResult *gm_search_run (GmSql *cache,
                               const GmSearch *search,
                               guint limit,
                               GCancellable *cancellable,
                               GError **error);
void gm_search_result_free (GmSearchResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSearch, gm_search_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSearchResult, gm_search_result_free)

G_END_DECLS
