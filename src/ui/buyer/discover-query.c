/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/discover-query.h"

struct _GmDiscoverQuery
{
  GObject parent;
  GmCatalogModel *catalog;
  gboolean sort_chosen;
};

G_DEFINE_FINAL_TYPE (GmDiscoverQuery, gm_discover_query, G_TYPE_OBJECT)

static guint changed_signal;

GmCatalogModel *
gm_discover_query_get_catalog (GmDiscoverQuery *self)
{
  return self->catalog;
}

const GmSearch *
gm_discover_query_get (GmDiscoverQuery *self)
{
  return gm_catalog_model_get_search (self->catalog);
}

GmSearch *
gm_discover_query_dup (GmDiscoverQuery *self)
{
  return gm_search_copy (gm_discover_query_get (self));
}

static gboolean
has_words (const GmSearch *search)
{
  return search->text != NULL && *search->text != '\0';
}

void
gm_discover_query_apply (GmDiscoverQuery *self, const GmSearch *next)
{
  g_autoptr (GmSearch) search = gm_search_copy (next);

  if (!self->sort_chosen)
    search->sort = has_words (search) ? GM_SORT_RELEVANCE : GM_SORT_NEWEST;
  if (gm_search_equal (search, gm_discover_query_get (self)))
    return;
  gm_catalog_model_set_search (self->catalog, search);
  g_signal_emit (self, changed_signal, 0);
}

void
gm_discover_query_set_text (GmDiscoverQuery *self, const char *text)
{
  g_autoptr (GmSearch) next = gm_discover_query_dup (self);

  g_free (next->text);
  next->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  gm_discover_query_apply (self, next);
}

void
gm_discover_query_set_sort (GmDiscoverQuery *self, GmSort sort)
{
  g_autoptr (GmSearch) next = gm_discover_query_dup (self);

  next->sort = sort;
  self->sort_chosen = TRUE;
  gm_discover_query_apply (self, next);
}

static char **
choice_of (GmSearch *search, GmFacetGroup group)
{
  switch (group)
    {
    case GM_FACET_TYPE: return &search->type;
    case GM_FACET_GENRE: return &search->genre;
    case GM_FACET_MOOD: return &search->mood;
    case GM_FACET_KEY: return &search->key;
    case GM_FACET_N_GROUPS:
    default: g_assert_not_reached ();
    }
}

const char *
gm_discover_query_get_choice (GmDiscoverQuery *self, GmFacetGroup group)
{
  return *choice_of ((GmSearch *) gm_discover_query_get (self), group);
}

void
gm_discover_query_choose (GmDiscoverQuery *self, GmFacetGroup group, const char *value)
{
  g_autoptr (GmSearch) next = gm_discover_query_dup (self);
  char **choice = choice_of (next, group);

  g_free (*choice);
  *choice = g_strdup (value);
  gm_discover_query_apply (self, next);
}

/* The same words and order, and nothing else. */
static GmSearch *
words_only (GmDiscoverQuery *self)
{
  const GmSearch *search = gm_discover_query_get (self);
  GmSearch *plain = gm_search_new ();

  plain->text = g_strdup (search->text);
  plain->sort = search->sort;
  plain->compatible = search->compatible; /* how a key is meant, no wish by itself */
  plain->bpm_folded = search->bpm_folded; /* and a tempo */
  return plain;
}

gboolean
gm_discover_query_is_filtered (GmDiscoverQuery *self)
{
  g_autoptr (GmSearch) plain = words_only (self);

  return !gm_search_equal (plain, gm_discover_query_get (self));
}

void
gm_discover_query_clear (GmDiscoverQuery *self, gboolean words_too)
{
  g_autoptr (GmSearch) plain = words_only (self);

  if (words_too)
    g_clear_pointer (&plain->text, g_free);
  gm_discover_query_apply (self, plain);
}

static void
dispose (GObject *object)
{
  g_clear_object (&GM_DISCOVER_QUERY (object)->catalog);
  G_OBJECT_CLASS (gm_discover_query_parent_class)->dispose (object);
}

static void
gm_discover_query_class_init (GmDiscoverQueryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  changed_signal = g_signal_new ("changed", GM_TYPE_DISCOVER_QUERY, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
gm_discover_query_init (GmDiscoverQuery *self)
{
}

GmDiscoverQuery *
gm_discover_query_new (GmCatalogModel *catalog)
{
  GmDiscoverQuery *self = g_object_new (GM_TYPE_DISCOVER_QUERY, NULL);

  self->catalog = g_object_ref (catalog);
  return self;
}
