/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/review-message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/clear-text.h"
#include "app/outside-text.h"
#include "app/when.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "evm/abi-json.h"
#include "evm/address.h"
#include "evm/siwe.h"
#include "evm/typed-data.h"

/* A number in one of the forms that typed data has. */
static gboolean
read_number (JsonNode *node, GmU256 *out)
{
  if (json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) >= 0)
    {
      *out = gm_u256_from_u64 ((guint64) json_node_get_int (node));
      return TRUE;
    }
  return json_node_get_value_type (node) == G_TYPE_STRING &&
         gm_u256_parse (json_node_get_string (node), out, NULL);
}

static gboolean
check_chain (GmReviewDraft *draft, JsonObject *domain, GError **error)
{
  JsonNode *node = json_object_get_member (domain, "chainId");
  GmU256 chain_id;

  if (node == NULL)
    {
      gm_review_draft_warn (draft, "%s", _ ("It names no network: it is valid on every one."));
      return TRUE;
    }
  if (!read_number (node, &chain_id))
    return gm_fail (error, GM_ERROR_DENIED, _ ("the network it is for is no number"));
  return gm_review_draft_add_network (draft, &chain_id, error);
}

/* A name may be written so that it looks like another one: ours are plain letters. */
static void
check_name (GmReviewDraft *draft, JsonObject *domain)
{
  const char *name = json_object_has_member (domain, "name") ? gm_json_text (domain, "name", NULL)
                                                             : NULL;
  g_autofree char *safe = name != NULL ? gm_review_draft_dup_quoted (draft, name) : NULL;

  if (name != NULL && !g_str_is_ascii (name))
    gm_review_draft_warn (draft, _ ("The name %s has letters that may look like others."), safe);
}

static gboolean
read_contract (JsonObject *domain, GmAddress *out)
{
  JsonNode *node = json_object_get_member (domain, "verifyingContract");

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING &&
         gm_address_parse (json_node_get_string (node), out, NULL);
}

static void
add_contract (GmReviewDraft *draft, JsonObject *domain, GmAddress *out)
{
  memset (out, 0, sizeof *out);
  if (read_contract (domain, out))
    gm_review_draft_add_contract (draft, out);
  else
    gm_review_draft_warn (draft, "%s", _ ("It names no contract that would check it."));
}

static GmAbiValue *
read_members (const GmClearFormat *format, JsonObject *message)
{
  const GmAbiType *type = format->type->inputs;
  g_autoptr (GmAbiValue) members = gm_abi_value_new_list ();

  for (guint i = 0; i < type->parts->len; i++)
    {
      const GmAbiType *part = gm_abi_type_part (type, i);
      JsonNode *node = json_object_get_member (message, part->name);
      GmAbiValue *value = node != NULL ? gm_abi_json_parse (part, node, NULL) : NULL;

      if (value == NULL)
        return NULL;
      g_ptr_array_add (members->parts, value);
    }
  return g_steal_pointer (&members);
}

static void
tell_unknown (GmReviewDraft *draft, JsonObject *domain, const char *type)
{
  const char *name = json_object_has_member (domain, "name") ? gm_json_text (domain, "name", NULL)
                                                             : NULL;
  g_autofree char *who = gm_review_draft_dup_quoted (draft, name != NULL ? name : "?");

  gm_review_draft_move_unknown (draft);
  /* the type is an identifier: letters and digits */
  draft->sentence = g_strdup_printf (_ ("Sign a “%s” for %s"), type, who);
  gm_review_draft_warn (draft,
                        _ ("This program does not know what a “%s” does. All of it can be read "
                           "below."),
                           type);
}

static gboolean
tell_message (GmReviewDraft *draft, JsonObject *typed_data, GError **error)
{
  JsonObject *types = gm_json_object (typed_data, "types", NULL);
  JsonObject *domain = gm_json_object (typed_data, "domain", NULL);
  const char *type = gm_json_text (typed_data, "primaryType", NULL);
  g_autofree char *key = gm_typed_data_encode_type (types, type, error);
  const GmClearFormat *format = key != NULL ? gm_clear_format_find_message (key, domain) : NULL;
  g_autoptr (GmAbiValue) members = NULL;
  GmClearText text = { .format = format };

  if (key == NULL)
    return FALSE;
  if (format != NULL)
    members = read_members (format, gm_json_object (typed_data, "message", NULL));
  if (members == NULL)
    {
      tell_unknown (draft, domain, type);
      add_contract (draft, domain, &text.to);
      return TRUE;
    }

  text.members = members;
  read_contract (domain, &text.to);
  if (!gm_clear_text_tell (&text, draft, error))
    return FALSE;
  add_contract (draft, domain, &text.to);
  return TRUE;
}

gboolean
gm_review_message_tell (GmReviewDraft *draft, JsonObject *typed_data, GError **error)
{
  JsonObject *domain;
  GmHash digest;

  if (!gm_typed_data_digest (typed_data, &digest, error))
    return FALSE;
  domain = gm_json_object (typed_data, "domain", NULL);
  check_name (draft, domain);
  if (!tell_message (draft, typed_data, error) || !check_chain (draft, domain, error))
    return FALSE;
  gm_review_draft_take_raw (draft, gm_json_node_take (json_object_ref (typed_data)));
  return TRUE;
}

static void
add_time (GmReviewDraft *draft, const char *label, const char *iso)
{
  gint64 ms;
  g_autofree char *words = NULL;

  if (iso == NULL || !gm_clock_parse_iso (iso, &ms, NULL))
    return;
  words = gm_when_format_exact (ms);
  if (words != NULL)
    gm_review_draft_add (draft, label, words);
}

/* "https://host:port/…" is of "host:port". */
static gboolean
is_of_domain (const GmSiwe *siwe)
{
  const char *host = strstr (siwe->uri, "://");
  gsize length = strlen (siwe->domain);

  return host != NULL && strncmp (host + 3, siwe->domain, length) == 0 &&
         (host[3 + length] == '\0' || strchr ("/?#", host[3 + length]) != NULL);
}

static void
tell_sign_in (GmReviewDraft *draft, const GmSiwe *siwe)
{
  const GmU256 chain_id = gm_u256_from_u64 ((guint64) siwe->chain_id);
  g_autofree char *account = gm_review_draft_dup_address (draft, &siwe->address);
  g_autoptr (GError) error = NULL;

  draft->sentence = g_strdup_printf (_ ("Sign in to %s"), siwe->domain);
  gm_review_draft_add_code (draft, _ ("Address"), siwe->uri);
  gm_review_draft_add_code (draft, _ ("Account"), account);
  add_time (draft, _ ("Valid until"), siwe->expires_at);
  if (siwe->statement != NULL)
    gm_review_draft_add (draft, _ ("It says"), siwe->statement);
  if (!gm_review_draft_add_network (draft, &chain_id, &error))
    gm_review_draft_warn (draft, "%s", error->message);
  if (!gm_address_equal (&siwe->address, &draft->context->account))
    gm_review_draft_warn (draft, _ ("This speaks for %s, which is not your account."), account);
  if (!is_of_domain (siwe))
    gm_review_draft_warn (draft, _ ("%s is not an address of %s."), siwe->uri, siwe->domain);
}

void
gm_review_message_tell_text (GmReviewDraft *draft, const char *text)
{
  g_autoptr (GmSiwe) siwe = gm_siwe_parse (text, NULL);

  draft->raw = gm_outside_text_escape_lines (text);
  if (siwe != NULL)
    {
      tell_sign_in (draft, siwe);
      return;
    }

  gm_review_draft_move_unknown (draft);
  draft->sentence = g_strdup (_ ("Sign a text"));
  gm_review_draft_warn (draft, "%s",
                        _ ("This text is not ours, and what others make of your signature "
                           "under it is not known."));
  if (strcmp (draft->raw, text) != 0)
    g_free (gm_review_draft_dup_outside (draft, text));
}
