/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/contract-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/u256.h"
#include "chain/contract-abi.h"
#include "evm/abi-error.h"

#define ERROR   "error "
#define UNKNOWN N_ ("it cannot be sold")

static const char *const obstacles[] = {
  [GM_OBSTACLE_NONE] = N_ ("nothing stands in the way"),
      [GM_OBSTACLE_CLOSED] = N_ ("it is not for sale any more, or was changed meanwhile"),
          [GM_OBSTACLE_TERMS] = N_ ("the terms are not those of the listing"),
              [GM_OBSTACLE_TOKEN] = N_ ("this currency is not taken"),
                  [GM_OBSTACLE_EXPIRED] = N_ ("the order has expired"),
                      [GM_OBSTACLE_TAKEN] = N_ ("it is reserved or sold to somebody else"),
                          [GM_OBSTACLE_LEASES] = N_ ("more licenses were sold before than you agreed to"),
                              [GM_OBSTACLE_BOUGHT] = N_ ("you have bought it already"),
                                  [GM_OBSTACLE_PAUSED] = N_ ("the store has stopped selling for now"),
                                  };

/* error: what it means to who meets it. Those whose values matter are not here. */
static const struct
{
  const char *name;
  const char *words;
} words[] = {
  { "AlreadyIssued", N_ ("the license is there already") },
    { "BadConsent", N_ ("the seller's signature does not fit, or is too late") },
      { "BadTerms", N_ ("the listing's terms are not allowed") },
        { "MoreGas", N_ ("it needs more gas, so that the license can be written too") },
          { "NotActive", N_ ("the layaway has ended") },
            { "NotDue", N_ ("this step of the layaway cannot be paid now") },
              { "NotLate", N_ ("the layaway can still be paid") },
                { "NotOpen", N_ ("the listing is closed already") },
                  { "NotTheBuyer", N_ ("only the buyer may do this") },
                    { "NotThePayer", N_ ("only who pays may do this") },
                      { "NotTheSeller", N_ ("only the seller may do this") },
                        { "NothingToClaim", N_ ("there is nothing to be paid out") },
                          { "StillOpen",
                            N_ ("it can still be paid, so only the buyer takes the money back") },
                        };

const char *
gm_contract_error_obstacle_words (guint obstacle)
{
  return obstacle < G_N_ELEMENTS (obstacles) ? _ (obstacles[obstacle]) : _ (UNKNOWN);
}

/* (nullable) */
static GmAbiValue *
decode (const char *text, GBytes *data, char **name)
{
  g_autoptr (GmAbiSignature) signature = gm_abi_signature_parse (text, NULL);
  GmAbiValue *values = gm_abi_signature_decode_call (signature, data, NULL);

  if (values != NULL)
    *name = g_strdup (signature->name);
  return values;
}

static char *
dup_words (const char *name, const GmAbiValue *values)
{
  if (g_str_equal (name, "NotForSale"))
    {
      const GmAbiValue *why = values->parts->pdata[0];

      return g_strdup (gm_contract_error_obstacle_words (why->word.b[sizeof (GmHash) - 1]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].name, name))
      return g_strdup (_ (words[i].words));
  return NULL;
}

char *
gm_contract_error_dup_sentence (GBytes *data)
{
  for (guint i = 0; gm_contract_abi_all[i] != NULL; i++)
    for (const char *const *abi = gm_contract_abi_all[i]; *abi != NULL; abi++)
      {
        const char *text = *abi + strlen (ERROR);
        g_autofree char *name = NULL;
        g_autoptr (GmAbiValue) values = g_str_has_prefix (*abi, ERROR) ? decode (text, data, &name)
                                                                       : NULL;
        char *sentence = values != NULL ? dup_words (name, values) : NULL;

        if (sentence == NULL && values != NULL)
          {
            g_autoptr (GmAbiSignature) known = gm_abi_signature_parse (text, NULL);
            const GmAbiSignature *const list[] = { known, NULL };

            sentence = gm_abi_error_dup_sentence (data, list);
          }
        if (sentence != NULL)
          return sentence;
      }
  return gm_abi_error_dup_sentence (data, NULL);
}
