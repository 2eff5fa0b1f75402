/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/clear-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/clear-words.h"
#include "app/when.h"
#include "base/error.h"
#include "base/money.h"
#include "chain/network.h"
#include "evm/abi-json.h"
#include "evm/address.h"

#define LAST_DATE G_GINT64_CONSTANT (253402300799) /* 9999-12-31T23:59:59Z; later still, here */

/* A value in words: whole for a fact, shorter where a sentence has the room. */
typedef struct
{
  char *whole;
  char *brief; /* NULL: the same */
  gboolean is_code;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->whole);
  g_free (words->brief);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static const GmAbiValue *
member_at (const GmClearText *self, int place)
{
  return self->members->parts->pdata[place];
}

static GmAddress
address_at (const GmClearText *self, int place)
{
  const GmHash *word;
  GmAddress address;

  if (place == GM_CLEAR_AT_TO)
    return self->to;
  word = &member_at (self, place)->word;
  memcpy (address.b, word->b + sizeof word->b - sizeof address.b, sizeof address.b);
  return address;
}

static GmU256
number_at (const GmClearText *self, int place)
{
  return place == GM_CLEAR_AT_VALUE ? self->value
                                    : gm_u256_from_be (&member_at (self, place)->word);
}

static const GmCurrency *
find_currency (const GmClearText *self, GmReviewDraft *draft, const GmAddress *contract)
{
  const GmNetwork *network = gm_network_find (draft->context->chain_id);
  const GmToken *token = network != NULL ? gm_network_find_token (network, contract) : NULL;

  if (token != NULL)
    return gm_currency_find (token->code);
  return gm_review_draft_is_local (draft) && gm_address_is_zero (contract)
             ? gm_currency_find (draft->context->currency)
             : NULL;
}

static char *
format_units (const GmU256 *units, GmReviewDraft *draft, const GmAddress *contract)
{
  g_autofree char *digits = gm_u256_format (units);
  g_autofree char *token = NULL;

  if (gm_review_draft_is_local (draft) && gm_address_is_zero (contract))
    return g_strdup_printf (_ ("%s units of test money"), digits);

  token = gm_address_dup_text (contract);
  gm_review_draft_warn (draft, _ ("%s is not a token this program knows: the amount is in its "
                           "smallest units."),
                                  token);
  return g_strdup_printf (_ ("%s units of %s"), digits, token);
}

/* The other side of an approval, for the sentence that refuses it. */
static gboolean
deny_unlimited (const GmClearText *self,
                GmReviewDraft *draft,
                const GmAddress *contract,
                GError **error)
{
  g_autofree char *token = gm_review_draft_dup_name (draft, contract);
  const GmClearField *spender = gm_clear_format_find_field (self->format, "spender");
  const GmAddress who = spender != NULL ? address_at (self, spender->place) : (GmAddress){ 0 };
  g_autofree char *name = gm_review_draft_dup_address (draft, &who);

  if (token == NULL)
    token = gm_address_dup_text (contract);
  return gm_fail (error, GM_ERROR_DENIED,
                  _ ("this would let %s take all your %s, now and later. An approval must name an "
                     "amount"),
                     name, token);
}

static gboolean
tell_tokens (const GmClearText *self,
             const GmClearField *field,
             GmReviewDraft *draft,
             Words *out,
             GError **error)
{
  const GmAddress contract = address_at (self, field->token);
  const GmU256 units = number_at (self, field->place);
  const GmCurrency *currency = find_currency (self, draft, &contract);

  if (!gm_u256_is_zero (&field->limit) && gm_u256_compare (&units, &field->limit) >= 0)
    return deny_unlimited (self, draft, &contract, error);
  out->whole = currency != NULL ? gm_u256_format_local (&units, currency)
                                : format_units (&units, draft, &contract);
  return TRUE;
}

static void
tell_date (const GmClearText *self, const GmClearField *field, GmReviewDraft *draft, Words *out)
{
  const GmU256 seconds = number_at (self, field->place);
  guint64 unix_s;

  if (gm_u256_to_u64 (&seconds, &unix_s, NULL) && unix_s <= LAST_DATE)
    out->whole = unix_s == 0 ? g_strdup (_ ("Not set"))
                             : gm_when_format_exact ((gint64) unix_s * 1000);
  if (out->whole != NULL)
    return;
  out->whole = g_strdup (_ ("Without end"));
  out->brief = g_strdup (_ ("the end of time"));
  gm_review_draft_warn (draft, "%s", _ ("It stays valid for ever."));
}

/* A token's contract keeps what it is sent by mistake. */
static gboolean
is_nobody (const GmReviewDraft *draft, const GmAddress *address)
{
  const GmNetwork *network = gm_network_find (draft->context->chain_id);

  return network != NULL &&
         (gm_address_is_zero (address) || gm_network_find_token (network, address) != NULL);
}

static void
tell_address (const GmClearText *self, const GmClearField *field, GmReviewDraft *draft, Words *out)
{
  const GmAddress address = address_at (self, field->place);
  g_autofree char *name = gm_review_draft_dup_name (draft, &address);

  out->whole = gm_review_draft_dup_address (draft, &address);
  out->brief = g_strdup (name);
  out->is_code = TRUE;
  if (field->who == GM_CLEAR_WALLET && !gm_address_equal (&address, &draft->context->account))
    gm_review_draft_warn (draft, _ ("This speaks for %s, which is not your account."), out->whole);
  if (field->who == GM_CLEAR_ANYONE && is_nobody (draft, &address))
    gm_review_draft_warn (draft, _ ("%s is nobody's account: what is sent there is lost."),
                                    out->whole);
  if (field->who == GM_CLEAR_CONTRACT && !gm_review_draft_knows_contract (draft, &address))
    gm_review_draft_warn (draft, _ ("%s is not a contract this program knows."), out->whole);
}

static char *
dup_raw (const GmClearText *self, const GmClearField *field)
{
  return gm_abi_json_dup_text (gm_abi_type_part (self->format->type->inputs, (guint) field->place),
                               member_at (self, field->place));
}

/* A hash; what else has no room for less. */
static char *
shorten (const char *hash)
{
  return strlen (hash) == 66 ? gm_address_shorten (hash) : NULL;
}

static void
tell_asset (const GmClearText *self, const GmClearField *field, GmReviewDraft *draft, Words *out)
{
  g_autofree char *id = dup_raw (self, field);
  g_autofree char *brief = shorten (id);
  const char *title = draft->context->title;

  if (title != NULL)
    out->whole = gm_review_draft_dup_quoted (draft, title);
  else
    out->whole = g_strdup_printf (_ ("asset %s"), brief != NULL ? brief : id);
}

static void
tell_raw (const GmClearText *self, const GmClearField *field, GmReviewDraft *draft, Words *out)
{
  g_autofree char *text = dup_raw (self, field);

  out->whole = gm_review_draft_dup_outside (draft, text);
  out->brief = shorten (text);
  out->is_code = TRUE;
}

static void
tell_choice (const GmClearText *self, const GmClearField *field, GmReviewDraft *draft, Words *out)
{
  g_autofree char *text = dup_raw (self, field);
  const char *words = g_hash_table_lookup (field->choices, text);

  if (words != NULL)
    out->whole = g_strdup (gm_clear_words_find (words));
  else
    tell_raw (self, field, draft, out);
}

static gboolean
tell_field (const GmClearText *self,
            const GmClearField *field,
            GmReviewDraft *draft,
            Words *out,
            GError **error)
{
  const GmU256 coins = field->kind == GM_CLEAR_AMOUNT ? number_at (self, field->place)
                                                      : (GmU256){ 0 };

  switch (field->kind)
    {
    case GM_CLEAR_AMOUNT:
      out->whole = gm_u256_format_local (&coins, gm_currency_find ("ETH"));
      break;
    case GM_CLEAR_TOKEN_AMOUNT: return tell_tokens (self, field, draft, out, error);
    case GM_CLEAR_DATE: tell_date (self, field, draft, out); break;
    case GM_CLEAR_ADDRESS: tell_address (self, field, draft, out); break;
    case GM_CLEAR_ASSET: tell_asset (self, field, draft, out); break;
    case GM_CLEAR_ENUM: tell_choice (self, field, draft, out); break;
    case GM_CLEAR_RAW:
    default: tell_raw (self, field, draft, out); break;
    }
  return TRUE;
}

static void
note_move (const GmClearText *self, const GmClearField *field, GmReviewDraft *draft)
{
  const gboolean is_coins = field->kind == GM_CLEAR_AMOUNT;
  GmAddress contract;
  GmU256 units;

  if (!is_coins && field->kind != GM_CLEAR_TOKEN_AMOUNT)
    return;
  units = number_at (self, field->place);
  if (!is_coins)
    contract = address_at (self, field->token);
  gm_review_draft_move (
      draft, &units, is_coins ? gm_currency_find ("ETH") : find_currency (self, draft, &contract));
}

/* "Send {value} to {to}" with what the fields say. NULL when there is none, or a translation has
 * spoilt it: then there is the intent (ERC-7730, value interpolation). */
static char *
dup_sentence (const GmClearText *self, GmReviewDraft *draft)
{
  const char *at = self->format->sentence != NULL ? gm_clear_words_find (self->format->sentence)
                                                  : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (at == NULL)
    return NULL;

  for (const char *open; (open = strchr (at, '{')) != NULL;)
    {
      const char *close = strchr (open, '}');
      g_autofree char *path = g_strndup (open + 1, strcspn (open + 1, "}"));
      const GmClearField *field = gm_clear_format_find_field (self->format, path);
      g_auto (Words) words = { 0 };

      if (close == NULL || field == NULL || !tell_field (self, field, draft, &words, NULL))
        return NULL;
      g_string_append_len (out, at, open - at);
      g_string_append (out, words.brief != NULL ? words.brief : words.whole);
      at = close + 1;
    }
  g_string_append (out, at);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
gm_clear_text_tell (const GmClearText *self, GmReviewDraft *draft, GError **error)
{
  for (guint i = 0; i < self->format->fields->len; i++)
    {
      const GmClearField *field = self->format->fields->pdata[i];
      g_auto (Words) words = { 0 };

      note_move (self, field, draft);
      if (field->label == NULL)
        continue;
      if (!tell_field (self, field, draft, &words, error))
        return FALSE;
      (words.is_code ? gm_review_draft_add_code : gm_review_draft_add) (
          draft, gm_clear_words_find (field->label), words.whole);
    }

  draft->sentence = dup_sentence (self, draft);
  if (draft->sentence == NULL)
    draft->sentence = g_strdup (gm_clear_words_find (self->format->intent));
  return TRUE;
}
