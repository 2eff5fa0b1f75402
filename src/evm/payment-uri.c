/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/payment-uri.h"

#include <string.h>

#include "base/error.h"
#include "evm/address.h"

#define SCHEME       "ethereum:"
#define PAY          "pay-"
#define MAX_EXPONENT 77 /* 10^78 does not fit 256 bits */
#define MAX_DIGITS   160

static gsize
count_digits (const char *text)
{
  return strspn (text, "0123456789");
}

/* Appends @shift zeros; where there are too many digits behind the point, they must be zeros. */
static gboolean
shift_point (GString *digits, guint behind, guint shift, GError **error)
{
  for (; behind < shift; behind++)
    g_string_append_c (digits, '0');
  for (; behind > shift; behind--)
    {
      if (digits->str[digits->len - 1] != '0')
        return gm_fail (error, GM_ERROR_BAD_DATA, "it is no whole number");
      g_string_truncate (digits, digits->len - 1);
    }

  return TRUE;
}

/* [digits] [ "." digits ] [ ("e" | "E") [digits] ], into all its digits and where the point is. */
static gboolean
split_number (const char *text, GString *digits, guint *behind, guint *exponent)
{
  gsize whole = count_digits (text), fraction = 0;
  guint64 shift = 0;

  g_string_append_len (digits, text, (gssize) whole);
  text += whole;
  if (*text == '.')
    {
      fraction = count_digits (++text);
      g_string_append_len (digits, text, (gssize) fraction);
      text += fraction;
      if (fraction == 0)
        return FALSE;
    }
  if (digits->len == 0)
    return FALSE;
  if (*text == 'e' || *text == 'E')
    {
      text++;
      if (*text != '\0' && !g_ascii_string_to_unsigned (text, 10, 0, MAX_EXPONENT, &shift, NULL))
        return FALSE;
      text += strlen (text);
    }

  *behind = (guint) fraction;
  *exponent = (guint) shift;
  return *text == '\0';
}

gboolean
gm_payment_uri_parse_number (const char *text, GmU256 *out, GError **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  guint behind, exponent;
  gsize zeros;

  if (strlen (text) > MAX_DIGITS || !split_number (text, digits, &behind, &exponent))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%.40s” is no amount", text);
  if (!shift_point (digits, behind, exponent, error))
    {
      g_prefix_error (error, "“%.40s”: ", text);
      return FALSE;
    }

  g_string_prepend_c (digits, '0');
  zeros = strspn (digits->str, "0");
  return gm_u256_parse (digits->str + MIN (zeros, digits->len - 1), out, error);
}

typedef struct
{
  const char *name;
  gboolean (*read) (const char *value, GmPaymentUri *uri, GError **error);
} Parameter;

static gboolean
read_amount (const char *value, GmPaymentUri *uri, GError **error)
{
  uri->has_amount = TRUE;
  return gm_payment_uri_parse_number (value, &uri->amount, error);
}

static gboolean
read_to (const char *value, GmPaymentUri *uri, GError **error)
{
  return gm_address_parse (value, &uri->to, error);
}

static gboolean
read_gas (const char *value, GmPaymentUri *uri, GError **error)
{
  GmU256 unused;

  return gm_payment_uri_parse_number (value, &unused, error);
}

static const Parameter coin_parameters[] = {
  { "value", read_amount }, { "gas", read_gas }, { "gasLimit", read_gas },
  { "gasPrice", read_gas }, { NULL, NULL },
};
static const Parameter token_parameters[] = {
  { "address", read_to },   { "uint256", read_amount }, { "gas", read_gas },
  { "gasLimit", read_gas }, { "gasPrice", read_gas },   { NULL, NULL },
};

static gboolean
read_parameter (const Parameter *known,
                const char *pair,
                GHashTable *seen,
                GmPaymentUri *uri,
                GError **error)
{
  gsize length = strcspn (pair, "=");

  for (; known->name != NULL; known++)
    if (strlen (known->name) == length && strncmp (known->name, pair, length) == 0)
      {
        if (pair[length] == '\0' || !g_hash_table_add (seen, (gpointer) known->name))
          break;
        return known->read (pair + length + 1, uri, error);
      }

  return gm_fail (error, GM_ERROR_BAD_DATA, "“%.40s” is not expected", pair);
}

static gboolean
read_query (const char *query, GmPaymentUri *uri, GError **error)
{
  const Parameter *known = uri->of_token ? token_parameters : coin_parameters;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) pairs = query != NULL ? g_strsplit (query, "&", -1) : g_new0 (char *, 1);

  if (query != NULL && *query == '\0')
    return gm_fail (error, GM_ERROR_BAD_DATA, "it ends after “?”");
  for (guint i = 0; pairs[i] != NULL; i++)
    if (!read_parameter (known, pairs[i], seen, uri, error))
      return FALSE;

  return !uri->of_token || g_hash_table_contains (seen, "address") ||
         gm_fail (error, GM_ERROR_BAD_DATA, "it does not say who is paid");
}

/* address [ "@" chain id ] [ "/transfer" ] */
static gboolean
read_path (char *path, GmPaymentUri *uri, GError **error)
{
  char *function = strchr (path, '/');
  char *chain;

  if (function != NULL)
    *function++ = '\0';
  if (function != NULL && !g_str_equal (function, "transfer"))
    return gm_fail (error, GM_ERROR_BAD_DATA, "it calls “%.40s”, not transfer", function);

  chain = strchr (path, '@');
  if (chain != NULL)
    *chain++ = '\0';
  if (chain != NULL && !g_ascii_string_to_unsigned (chain, 10, 1, G_MAXINT64, &uri->chain_id, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%.40s” is no chain id", chain);

  uri->of_token = function != NULL;
  return gm_address_parse (path, uri->of_token ? &uri->token : &uri->to, error);
}

gboolean
gm_payment_uri_parse (const char *text, GmPaymentUri *out, GError **error)
{
  g_autofree char *path = NULL;
  GmPaymentUri uri = { 0 };
  char *query;
  gboolean read;

  if (strlen (text) > GM_PAYMENT_URI_MAX_BYTES ||
      g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "payment link: it does not start with " SCHEME);

  text += strlen (SCHEME);
  path = g_strdup (g_str_has_prefix (text, PAY) ? text + strlen (PAY) : text);
  query = strchr (path, '?');
  if (query != NULL)
    *query++ = '\0';

  read = read_path (path, &uri, error) && read_query (query, &uri, error);
  if (!read)
    {
      g_prefix_error (error, "payment link: ");
      return FALSE;
    }

  *out = uri;
  return TRUE;
}

char *
gm_payment_uri_dup_text (const GmPaymentUri *uri)
{
  GString *text = g_string_new (SCHEME);
  g_autofree char *to = gm_address_dup_text (&uri->to);
  g_autofree char *token = gm_address_dup_text (&uri->token);
  g_autofree char *amount = gm_u256_format (&uri->amount);
  char joint = '?';

  g_string_append (text, uri->of_token ? token : to);
  if (uri->chain_id != 0)
    g_string_append_printf (text, "@%" G_GUINT64_FORMAT, uri->chain_id);
  if (uri->of_token)
    {
      g_string_append_printf (text, "/transfer?address=%s", to);
      joint = '&';
    }
  if (uri->has_amount)
    g_string_append_printf (text, "%c%s=%s", joint, uri->of_token ? "uint256" : "value", amount);
  return g_string_free (text, FALSE);
}
