/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/wallet-network.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

static const GmNetwork devnet = { .chain_id = GM_WALLET_NETWORK_DEVNET,
                                  .name = "Devnet",
                                  .test_money = TRUE };

static void
clear (gpointer data)
{
  gm_chain_free (((GmWalletNetwork *) data)->chain);
}

GmWalletNetwork *
gm_wallet_network_new (GmHttp *http, const GmNetwork *network, const char *const *nodes)
{
  GmWalletNetwork *self = g_atomic_rc_box_new0 (GmWalletNetwork);

  self->network = network;
  self->chain = nodes != NULL ? gm_chain_new_for_nodes (http, network, nodes)
                              : gm_chain_new (http, network);
  return self;
}

GmWalletNetwork *
gm_wallet_network_ref (GmWalletNetwork *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
gm_wallet_network_unref (GmWalletNetwork *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static const GmNetwork *
find_network (guint64 chain_id)
{
  return chain_id == devnet.chain_id ? &devnet : gm_network_find (chain_id);
}

static gboolean
is_number (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0';
}

static gboolean
check_node (const char *word, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (word, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host != NULL && *host != '\0' &&
      (g_str_equal (scheme, "https") || g_str_equal (scheme, "http")))
    return TRUE;
  return gm_fail (error, GM_ERROR_BAD_DATA,
                  _ ("“%.80s” is not the address of a node: it begins with https:// or http://"),
                     word);
}

static gboolean
check_chain (const char *word, GError **error)
{
  guint64 chain_id;

  if (g_ascii_string_to_unsigned (word, 10, 1, G_MAXUINT64, &chain_id, NULL) &&
      find_network (chain_id) != NULL)
    return TRUE;
  return gm_fail (error, GM_ERROR_BAD_DATA,
                  _ ("GotMusic knows no network of the number %.20s"), word);
}

/* Each chain once, with one or two nodes. */
static gboolean
check_words (char **words, GError **error)
{
  guint n_nodes = 1;

  for (guint i = 0; words[i] != NULL; i++)
    if (is_number (words[i]))
      {
        if (n_nodes == 0 || g_strv_contains ((const char *const *) words + i + 1, words[i]))
          return gm_fail (error, GM_ERROR_BAD_DATA,
                          _ ("each network is named once, before its nodes"));
        if (!check_chain (words[i], error))
          return FALSE;
        n_nodes = 0;
      }
    else if (i == 0 || n_nodes++ == GM_NETWORK_NODES)
      return gm_fail (error, GM_ERROR_BAD_DATA,
                      _ ("the number of a network comes first, then at most two nodes"));
    else if (!check_node (words[i], error))
      return FALSE;
  return n_nodes > 0 ||
         gm_fail (error, GM_ERROR_BAD_DATA, _ ("each network is named once, before its nodes"));
}

/* The words behind that of the chain, up to the next chain; NULL when it is not there. */
static char **
dup_nodes (char **words, guint64 chain_id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, chain_id);
  g_autoptr (GStrvBuilder) nodes = g_strv_builder_new ();

  while (*words != NULL && !g_str_equal (*words, number))
    words++;
  if (*words == NULL)
    return NULL;
  for (words++; *words != NULL && !is_number (*words); words++)
    g_strv_builder_add (nodes, *words);
  return g_strv_builder_end (nodes);
}

static char **
split_words (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit_set (text, " \t\r\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_strv_builder_add (words, pieces[i]);
  return g_strv_builder_end (words);
}

gboolean
gm_wallet_network_check (const char *own_nodes, GError **error)
{
  g_auto (GStrv) words = split_words (own_nodes);

  return check_words (words, error);
}

static void
add (GPtrArray *list, GmHttp *http, const GmNetwork *network, char **words)
{
  g_auto (GStrv) nodes = dup_nodes (words, network->chain_id);

  if (nodes != NULL || network != &devnet)
    g_ptr_array_add (list, gm_wallet_network_new (http, network, (const char *const *) nodes));
}

GPtrArray *
gm_wallet_network_list (GmHttp *http, const char *own_nodes, gboolean test_networks, GError **error)
{
  g_auto (GStrv) words = split_words (own_nodes);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gm_wallet_network_unref);
  const GmNetwork *network;

  if (!check_words (words, error))
    return NULL;
  for (guint i = 0; (network = gm_network_get (i)) != NULL; i++)
    if (test_networks || !network->test_money)
      add (list, http, network, words);
  if (test_networks)
    add (list, http, &devnet, words);
  return g_steal_pointer (&list);
}
