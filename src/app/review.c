/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/review.h"

#include <glib/gi18n-lib.h>

#include "app/fact.h"
#include "app/outside-text.h"
#include "app/review-draft.h"
#include "app/review-message.h"
#include "app/review-tx.h"
#include "base/error.h"

struct _GmReview
{
  GObject parent;
  char *sentence;
  char *danger; /* (nullable) */
  char *raw;
  GListStore *facts;
  GListStore *simulation; /* (nullable) */
  GArray *moves;
};

G_DEFINE_FINAL_TYPE (GmReview, gm_review, G_TYPE_OBJECT)

enum
{
  PROP_SENTENCE = 1,
  PROP_FACTS,
  PROP_DANGER,
  PROP_RAW,
  PROP_SIMULATION,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmReview *self = GM_REVIEW (object);

  switch (id)
    {
    case PROP_SENTENCE: g_value_set_string (value, self->sentence); break;
    case PROP_FACTS: g_value_set_object (value, self->facts); break;
    case PROP_DANGER: g_value_set_string (value, self->danger); break;
    case PROP_RAW: g_value_set_string (value, self->raw); break;
    case PROP_SIMULATION: g_value_set_object (value, self->simulation); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
finalize (GObject *object)
{
  GmReview *self = GM_REVIEW (object);

  g_free (self->sentence);
  g_free (self->danger);
  g_free (self->raw);
  g_clear_object (&self->facts);
  g_clear_object (&self->simulation);
  g_clear_pointer (&self->moves, g_array_unref);
  G_OBJECT_CLASS (gm_review_parent_class)->finalize (object);
}

static void
gm_review_class_init (GmReviewClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);
  properties[PROP_FACTS] = g_param_spec_object ("facts", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_DANGER] = g_param_spec_string ("danger", NULL, NULL, NULL, flags);
  properties[PROP_RAW] = g_param_spec_string ("raw", NULL, NULL, NULL, flags);
  properties[PROP_SIMULATION] = g_param_spec_object ("simulation", NULL, NULL, G_TYPE_LIST_MODEL,
                                                     flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_review_init (GmReview *self)
{
}

static gboolean
tell (GmReviewDraft *draft, const GmSignable *what, GError **error)
{
  switch (what->kind)
    {
    case GM_SIGNABLE_TYPED_DATA: return gm_review_message_tell (draft, what->typed_data, error);
    case GM_SIGNABLE_TX: return gm_review_tx_tell (draft, what->tx, error);
    case GM_SIGNABLE_TEXT: gm_review_message_tell_text (draft, what->text); return TRUE;
    default: return gm_fail (error, GM_ERROR_BUG, "nothing to sign");
    }
}

GmReview *
gm_review_new (const GmSignable *what, const GmReviewContext *context, GError **error)
{
  g_autoptr (GmReviewDraft) draft = gm_review_draft_new (context);
  GmReview *self;

  if (!tell (draft, what, error))
    return NULL;

  self = g_object_new (GM_TYPE_REVIEW, NULL);
  self->sentence = g_steal_pointer (&draft->sentence);
  self->raw = g_steal_pointer (&draft->raw);
  self->facts = g_object_ref (draft->facts);
  self->moves = g_array_ref (draft->moves);
  if (draft->dangers->len > 0)
    {
      g_ptr_array_add (draft->dangers, NULL);
      self->danger = g_strjoinv ("\n", (char **) draft->dangers->pdata);
    }
  return self;
}

const char *
gm_review_get_sentence (GmReview *self)
{
  return self->sentence;
}

const char *
gm_review_get_danger (GmReview *self)
{
  return self->danger;
}

const char *
gm_review_get_raw (GmReview *self)
{
  return self->raw;
}

GListModel *
gm_review_get_facts (GmReview *self)
{
  return G_LIST_MODEL (self->facts);
}

const GArray *
gm_review_get_moves (GmReview *self)
{
  return self->moves;
}

static void
append (GListStore *list, const char *label, const char *value)
{
  g_autoptr (GmFact) fact = gm_fact_new (label, value, FALSE);

  g_list_store_append (list, fact);
}

void
gm_review_add_fact (GmReview *self, const char *label, const char *value)
{
  append (self->facts, label, value);
}

static void
add_danger (GmReview *self, const char *sentence)
{
  char *both = self->danger != NULL ? g_strconcat (self->danger, "\n", sentence, NULL)
                                    : g_strdup (sentence);

  g_free (self->danger);
  self->danger = both;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DANGER]);
}

static GListStore *
list_changes (const GmSimulation *simulation)
{
  GListStore *list = g_list_store_new (GM_TYPE_FACT);

  if (simulation->changes == NULL)
    append (list, _ ("Changes"), _ ("The network cannot tell what would change"));
  else if (simulation->changes->len == 0)
    append (list, _ ("Changes"), _ ("None of the account's money moves"));
  for (guint i = 0; simulation->changes != NULL && i < simulation->changes->len; i++)
    {
      const GmSimulationChange *change = &g_array_index (simulation->changes, GmSimulationChange,
                                                         i);
      g_autofree char *amount = gm_simulate_format_change (change);

      append (list, change->is_loss ? _ ("You lose") : _ ("You get"), amount);
    }
  return list;
}

void
gm_review_set_simulation (GmReview *self, const GmSimulation *simulation)
{
  g_clear_object (&self->simulation);
  self->simulation = list_changes (simulation);
  if (simulation->failure != NULL)
    {
      g_autofree char *safe = gm_outside_text_escape (simulation->failure);
      g_autofree char *sentence = g_strdup_printf (_ ("It would fail: %s"), safe);

      append (self->simulation, _ ("Result"), sentence);
      add_danger (self, sentence);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIMULATION]);
}
