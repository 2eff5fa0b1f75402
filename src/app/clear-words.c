/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/clear-words.h"

#include <glib/gi18n-lib.h>

/* What stands in {braces} is the value of that name and stays as it is. */
static const char
    *const words[] = {
      /* coins, tokens */
      N_ ("Send"),
          N_ ("Send {@.value} to {@.to}"),
              N_ ("Send {value} to {to}"),
                  N_ ("Allow spending"),
                      N_ ("Allow {spender} to take up to {value}"),
                          N_ ("Allow {spender} to take up to {value} until {deadline}"),
                              N_ ("Let {to} take {value}"),
                                  N_ ("Take back a payment that was signed and not used"),
                                      N_ ("Unlimited"),
                                          N_ ("Amount"),
                                              N_ ("To"),
                                                  N_ ("From"),
                                                      N_ ("Who may take it"),
                                                          N_ ("Account"),
                                                              N_ ("Payment"),
                                                                  N_ ("Not before"),
                                                                      N_ ("Valid until"),
                                                                          /* the store */
                                                                          N_ ("Close a listing"),
                                                                              N_ ("Let {operator} close listing {listingId} until {deadline}"),
                                                                                  N_ ("Who may do it"),
                                                                                      N_ ("Buy a license"),
                                                                                          N_ ("Buy {assetId} for {amount}"),
                                                                                              N_ ("Title"),
                                                                                                  N_ ("Asset"),
                                                                                                      N_ ("Price"),
                                                                                                          N_ ("Buyer"),
                                                                                                              N_ ("Paid by"),
                                                                                                                  N_ ("Marketplace"),
                                                                                                                      N_ ("Listing"),
                                                                                                                          N_ ("Version of the listing"),
                                                                                                                              N_ ("Manifest"),
                                                                                                                                  N_ ("License text"),
                                                                                                                                      N_ ("Salt"),
                                                                                                                                          /* keys */
                                                                                                                                          N_ ("Let this computer fetch keys"),
                                                                                                                                              N_ ("Let this computer fetch the keys of {scope} until {expiresAt}"),
                                                                                                                                                  N_ ("everything you bought"),
                                                                                                                                                      N_ ("For"),
                                                                                                                                                          N_ ("Key of this computer"),
                                                                                                                                                              N_ ("Ask for a key"),
                                                                                                                                                                  N_ ("Ask for the key of {assetId}"),
                                                                                                                                                                      N_ ("Order"),
                                                                                                                                                                          N_ ("License"),
                                                                                                                                                                              N_ ("Answer sealed to"),
                                                                                                                                                                                  N_ ("Asked at"),
                                                                                                                                                                                      /* attestations */
                                                                                                                                                                                      N_ ("Attest"),
                                                                                                                                                                                          N_ ("Attest something about {recipient}"),
                                                                                                                                                                                              N_ ("About"),
                                                                                                                                                                                                  N_ ("Schema"),
                                                                                                                                                                                                      N_ ("Content"),
                                                                                                                                                                                                          N_ ("Date"),
                                                                                                                                                                                                              N_ ("May be revoked"),
                                                                                                                                                                                                                  N_ ("Refers to"),
                                                                                                                                                                                                              };

const char *
gm_clear_words_find (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (text, words[i]))
      return _ (words[i]);
  return NULL;
}
