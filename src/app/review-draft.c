/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/review-draft.h"

#include <glib/gi18n-lib.h>

#include "app/outside-text.h"
#include "base/error.h"
#include "chain/network.h"
#include "evm/address.h"

GmReviewDraft *
gm_review_draft_new (const GmReviewContext *context)
{
  GmReviewDraft *self = g_new0 (GmReviewDraft, 1);

  self->context = context;
  self->facts = g_list_store_new (GM_TYPE_FACT);
  self->dangers = g_ptr_array_new_with_free_func (g_free);
  self->moves = g_array_new (FALSE, FALSE, sizeof (GmReviewMove));
  return self;
}

void
gm_review_draft_free (GmReviewDraft *self)
{
  if (self == NULL)
    return;

  g_free (self->sentence);
  g_free (self->raw);
  g_object_unref (self->facts);
  g_ptr_array_unref (self->dangers);
  g_array_unref (self->moves);
  g_free (self);
}

static void
add (GmReviewDraft *self, const char *label, const char *value, gboolean is_code)
{
  g_autoptr (GmFact) fact = gm_fact_new (label, value, is_code);

  g_list_store_append (self->facts, fact);
}

void
gm_review_draft_add (GmReviewDraft *self, const char *label, const char *value)
{
  add (self, label, value, FALSE);
}

void
gm_review_draft_add_code (GmReviewDraft *self, const char *label, const char *value)
{
  add (self, label, value, TRUE);
}

void
gm_review_draft_warn (GmReviewDraft *self, const char *format, ...)
{
  g_autofree char *danger = NULL;
  va_list args;

  va_start (args, format);
  danger = g_strdup_vprintf (format, args);
  va_end (args);
  if (!g_ptr_array_find_with_equal_func (self->dangers, danger, g_str_equal, NULL))
    g_ptr_array_add (self->dangers, g_steal_pointer (&danger));
}

void
gm_review_draft_move (GmReviewDraft *self, const GmU256 *units, const GmCurrency *currency)
{
  const GmReviewMove move = { *units, currency };

  g_array_append_val (self->moves, move);
}

void
gm_review_draft_move_unknown (GmReviewDraft *self)
{
  gm_review_draft_move (self, &(GmU256){ 0 }, NULL);
}

static void
warn_of_hidden (GmReviewDraft *self)
{
  gm_review_draft_warn (self, "%s",
                        _ ("It contains invisible characters, which can make text look like "
                           "something else. They are spelled out here."));
}

char *
gm_review_draft_dup_outside (GmReviewDraft *self, const char *text)
{
  if (!gm_outside_text_is_plain (text))
    warn_of_hidden (self);
  return gm_outside_text_escape (text);
}

char *
gm_review_draft_dup_quoted (GmReviewDraft *self, const char *text)
{
  static const char *const marks[] = { "“", "”", "„", "«", "»", "\"" };
  g_autofree char *safe = gm_review_draft_dup_outside (self, text);
  g_autoptr (GString) inner = g_string_new (safe);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    g_string_replace (inner, marks[i], "'", 0);
  return g_strdup_printf (_ ("“%s”"), inner->str);
}

static gboolean
hides_something (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        if (!gm_outside_text_is_plain (name) || hides_something (member))
          return TRUE;
      return FALSE;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (hides_something (json_array_get_element (array, i)))
          return TRUE;
      return FALSE;
    }
  return json_node_get_value_type (node) == G_TYPE_STRING &&
         !gm_outside_text_is_plain (json_node_get_string (node));
}

void
gm_review_draft_take_raw (GmReviewDraft *self, JsonNode *root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  if (hides_something (root))
    warn_of_hidden (self);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  g_free (self->raw);
  self->raw = gm_outside_text_escape_lines (text);
  json_node_unref (root);
}

gboolean
gm_review_draft_is_local (const GmReviewDraft *self)
{
  return self->context->store != NULL && gm_descriptor_is_local (self->context->store) &&
         self->context->store->chain_id == self->context->chain_id;
}

static const char *
find_store_words (const GmDescriptor *store, const GmAddress *address)
{
  const struct
  {
    const GmAddress *address;
    const char *words;
  } known[] = {
    { &store->marketplace, _ ("marketplace of %s") },
      { &store->issuer, _ ("issuer of licenses of %s") },
        { &store->eas_contract, _ ("attestations of %s") },
          { &store->owner, _ ("owner of %s") },
        };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (gm_address_equal (known[i].address, address) && !gm_address_is_zero (address))
      return known[i].words;
  return NULL;
}

char *
gm_review_draft_dup_name (GmReviewDraft *self, const GmAddress *address)
{
  const GmReviewContext *context = self->context;
  const GmNetwork *network = gm_network_find (context->chain_id);
  const GmToken *token = network != NULL ? gm_network_find_token (network, address) : NULL;
  const char *words;

  if (gm_address_equal (address, &context->account))
    return g_strdup (_ ("your account"));
  if (token != NULL)
    return g_strdup (token->code);
  if (context->store == NULL || context->store->chain_id != context->chain_id)
    return NULL;
  if (gm_address_is_zero (address))
    return gm_review_draft_is_local (self)
        ? g_strdup (_ ("None: a local store keeps its own books"))
        : NULL;

  words = find_store_words (context->store, address);
  if (words != NULL)
    {
      g_autofree char *store = gm_review_draft_dup_quoted (self, context->store->name);
      g_autoptr (GString) name = g_string_new (words);

      g_string_replace (name, "%s", store, 1);
      return g_string_free (g_steal_pointer (&name), FALSE);
    }
  return NULL;
}

char *
gm_review_draft_dup_address (GmReviewDraft *self, const GmAddress *address)
{
  g_autofree char *name = gm_review_draft_dup_name (self, address);
  g_autofree char *text = gm_address_dup_text (address);

  if (name == NULL)
    return g_steal_pointer (&text);
  if (gm_address_is_zero (address))
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s (%s)", name, text);
}

static gboolean
deny_chain (const GmReviewDraft *self, const GmU256 *chain_id, GError **error)
{
  const GmNetwork *ours = gm_network_find (self->context->chain_id);
  g_autofree char *theirs = gm_u256_format (chain_id);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->context->chain_id);

  return gm_fail (error, GM_ERROR_DENIED,
                  _ ("this is for another network (%s) than the one in use (%s)"), theirs,
                     ours != NULL ? ours->name : number);
}

gboolean
gm_review_draft_add_network (GmReviewDraft *self, const GmU256 *chain_id, GError **error)
{
  const GmU256 ours = gm_u256_from_u64 (self->context->chain_id);
  const GmNetwork *network = gm_network_find (self->context->chain_id);
  g_autofree char *number = gm_u256_format (chain_id);
  g_autofree char *words = NULL;

  if (gm_u256_compare (chain_id, &ours) != 0)
    return deny_chain (self, chain_id, error);

  if (network != NULL)
    words = g_strdup_printf (network->test_money ? _ ("%s (%s, test money)")
                                                 : _ ("%s (%s)"), network->name, number);
  else if (gm_review_draft_is_local (self))
    words = g_strdup_printf (_ ("Local store (%s, test money)"), number);
  else
    {
      words = g_strdup (number);
      gm_review_draft_warn (self, _ ("Network %s is not one this program knows."), number);
    }
  gm_review_draft_add (self, _ ("Network"), words);
  return TRUE;
}

gboolean
gm_review_draft_knows_contract (const GmReviewDraft *self, const GmAddress *address)
{
  const GmNetwork *network = gm_network_find (self->context->chain_id);
  const GmDescriptor *store = self->context->store;

  if (network != NULL && gm_network_find_token (network, address) != NULL)
    return TRUE;
  if (store == NULL || store->chain_id != self->context->chain_id)
    return FALSE;
  if (gm_address_is_zero (address)) /* its own books */
    return gm_review_draft_is_local (self);
  return gm_address_equal (address, &store->marketplace) ||
         gm_address_equal (address, &store->issuer) ||
         gm_address_equal (address, &store->eas_contract);
}

void
gm_review_draft_add_contract (GmReviewDraft *self, const GmAddress *contract)
{
  g_autofree char *words = gm_review_draft_dup_address (self, contract);

  gm_review_draft_add_code (self, _ ("Contract"), words);
  if (!gm_review_draft_knows_contract (self, contract))
    gm_review_draft_warn (self, _ ("%s is not a contract this program knows."), words);
}
