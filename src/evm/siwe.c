/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/siwe.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "evm/address.h"

#define INVITATION " wants you to sign in with your Ethereum account:"

/* Character sets of RFC 3986; no pattern lets a line break through. User names are in the grammar
 * of an authority, but in no origin. */
#define LETTERS "A-Za-z0-9._~!$&'()*+,;=\\-"
#define ESCAPED "%[0-9A-Fa-f]{2}"
#define HOST    "(?:\\[[0-9A-Fa-f:.]+\\]|(?:[" LETTERS "]|" ESCAPED ")++)(?::[0-9]{1,5})?"
#define TIME                                                                                       \
  "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?"                            \
  "(?:Z|[+-][0-9]{2}:[0-9]{2})"

static const struct
{
  const char *name;
  gsize offset;
  const char *pattern;
  gboolean optional;
} fields[] = {
  { "domain", G_STRUCT_OFFSET (GmSiwe, domain), HOST, FALSE },
  { "statement", G_STRUCT_OFFSET (GmSiwe, statement), "[" LETTERS ":/?#\\[\\]@ ]++", TRUE },
  { "URI", G_STRUCT_OFFSET (GmSiwe, uri),
    "[A-Za-z][A-Za-z0-9+.-]*+:(?://" HOST ")?(?:[" LETTERS ":@/?]|" ESCAPED ")*+"
    "(?:#(?:[" LETTERS ":@/?]|" ESCAPED ")*+)?",
    FALSE },
  { "nonce", G_STRUCT_OFFSET (GmSiwe, nonce), "[A-Za-z0-9]{8,}+", FALSE },
  { "issued at", G_STRUCT_OFFSET (GmSiwe, issued_at), TIME, FALSE },
  { "expiration time", G_STRUCT_OFFSET (GmSiwe, expires_at), TIME, TRUE },
};

static gboolean
matches (const char *text, const char *pattern)
{
  g_autofree char *whole = g_strdup_printf ("\\A(?:%s)\\z", pattern);

  return g_regex_match_simple (whole, text, G_REGEX_RAW, 0);
}

static gboolean
check_time (const char *text, GError **error)
{
  gint64 ms;

  return text == NULL || gm_clock_parse_iso (text, &ms, error);
}

static gboolean
check_fields (const GmSiwe *siwe, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = G_STRUCT_MEMBER (const char *, siwe, fields[i].offset);

      if (text == NULL ? !fields[i].optional : !matches (text, fields[i].pattern))
        return gm_fail (error, GM_ERROR_BAD_DATA, "sign-in text: no valid %s", fields[i].name);
    }
  if (siwe->chain_id <= 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "sign-in text: no valid chain id");

  return check_time (siwe->issued_at, error) && check_time (siwe->expires_at, error);
}

char *
gm_siwe_compose (const GmSiwe *siwe, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *address = gm_address_dup_text (&siwe->address);

  if (!check_fields (siwe, error))
    return NULL;

  g_string_append_printf (text, "%s" INVITATION "\n%s\n\n", siwe->domain, address);
  if (siwe->statement != NULL)
    g_string_append_printf (text, "%s\n", siwe->statement);
  g_string_append_printf (text, "\nURI: %s\nVersion: 1\nChain ID: %" G_GINT64_FORMAT, siwe->uri,
                          siwe->chain_id);
  g_string_append_printf (text, "\nNonce: %s\nIssued At: %s", siwe->nonce, siwe->issued_at);
  if (siwe->expires_at != NULL)
    g_string_append_printf (text, "\nExpiration Time: %s", siwe->expires_at);

  if (text->len > GM_SIWE_MAX_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "sign-in text: more than %d bytes",
                         GM_SIWE_MAX_BYTES);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What stands after @label in the line; NULL when the line is another, or there is none. */
static const char *
value_of (const char *line, const char *label)
{
  return line != NULL && g_str_has_prefix (line, label) ? line + strlen (label) : NULL;
}

/* Fills in what stands at its place; compose() then tells whether all of it did. */
static GmSiwe *
collect (char **lines, GError **error)
{
  g_autoptr (GmSiwe) siwe = g_new0 (GmSiwe, 1);
  const char *chain_id;
  guint n = g_strv_length (lines);
  guint at = n > 3 && *lines[3] != '\0' ? 5 : 4; /* the URI stands after the statement, if any */

  if (n < at + 5 || !g_str_has_suffix (lines[0], INVITATION))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "not a sign-in text, or lines are missing");
  if (!gm_address_parse (lines[1], &siwe->address, error))
    return NULL;

  siwe->domain = g_strndup (lines[0], strlen (lines[0]) - strlen (INVITATION));
  siwe->statement = at == 5 ? g_strdup (lines[3]) : NULL;
  siwe->uri = g_strdup (value_of (lines[at], "URI: "));
  chain_id = value_of (lines[at + 2], "Chain ID: ");
  siwe->chain_id = chain_id != NULL ? g_ascii_strtoll (chain_id, NULL, 10) : 0;
  siwe->nonce = g_strdup (value_of (lines[at + 3], "Nonce: "));
  siwe->issued_at = g_strdup (value_of (lines[at + 4], "Issued At: "));
  siwe->expires_at = g_strdup (value_of (lines[at + 5], "Expiration Time: "));
  return g_steal_pointer (&siwe);
}

GmSiwe *
gm_siwe_parse (const char *text, GError **error)
{
  g_auto (GStrv) lines = NULL;
  g_autoptr (GmSiwe) siwe = NULL;
  g_autofree char *again = NULL;

  if (strlen (text) > GM_SIWE_MAX_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "sign-in text: more than %d bytes",
                         GM_SIWE_MAX_BYTES);

  lines = g_strsplit (text, "\n", -1);
  siwe = collect (lines, error);
  if (siwe == NULL)
    return NULL;

  /* There is one text for these fields; any other says more or says it differently. */
  again = gm_siwe_compose (siwe, error);
  if (again == NULL)
    return NULL;
  if (!g_str_equal (again, text))
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "sign-in text: lines that do not belong, or in another spelling");

  return g_steal_pointer (&siwe);
}

void
gm_siwe_free (GmSiwe *siwe)
{
  if (siwe == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (G_STRUCT_MEMBER (char *, siwe, fields[i].offset));
  g_free (siwe);
}
