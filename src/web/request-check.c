/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/request-check.h"

#include <string.h>

#include "base/error.h"
#include "web/web-limits.h"

typedef struct
{
  guint hosts;
  guint lengths;
  guint encodings;
  GmFraming framing;
} Seen;

static gboolean
refuse (guint *status, guint code, GError **error, const char *words)
{
  *status = code;
  return gm_fail (error, GM_ERROR_BAD_DATA, "%s", words);
}

/* token of RFC 9110 §5.6.2 */
static gboolean
is_token (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) &&
        (text[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", text[i]) == NULL))
      return FALSE;
  return length > 0;
}

static gboolean
has_control_bytes (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (((guchar) text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7f)
      return TRUE;
  return FALSE;
}

static gboolean
host_is_valid (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || strchr (".-_:[]", text[i]) == NULL))
      return FALSE;
  return length > 0 && length <= 255;
}

static gboolean
is_named (const GmHeaderLine *line, const char *name)
{
  return line->name_length == strlen (name) &&
         g_ascii_strncasecmp (line->name, name, line->name_length) == 0;
}

static gboolean
check_length (const GmHeaderLine *line, Seen *seen, guint *status, GError **error)
{
  g_autofree char *text = g_strndup (line->value, line->value_length);

  /* no sign, no space, no list: g_ascii_string_to_unsigned() takes digits only */
  if (strlen (text) != line->value_length ||
      !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &seen->framing.length, NULL))
    return refuse (status, 400, error, "Content-Length is not a number");
  seen->lengths++;
  return TRUE;
}

static gboolean
check_line (const GmHeaderLine *line, Seen *seen, guint *status, GError **error)
{
  if (!is_token (line->name, line->name_length))
    return refuse (status, 400, error, "a header name is not a token");
  if (has_control_bytes (line->value, line->value_length))
    return refuse (status, 400, error, "control byte in a header");
  if (line->value_length > GM_LIMIT_HEADER_BYTES)
    return refuse (status, 431, error, "a header is too long");

  if (is_named (line, "host"))
    {
      if (!host_is_valid (line->value, line->value_length))
        return refuse (status, 400, error, "Host is not a host");
      seen->hosts++;
    }
  if (is_named (line, "content-length"))
    return check_length (line, seen, status, error);
  if (is_named (line, "transfer-encoding"))
    {
      if (line->value_length != strlen ("chunked") ||
          g_ascii_strncasecmp (line->value, "chunked", line->value_length) != 0)
        return refuse (status, 501, error, "the only transfer encoding is chunked");
      seen->encodings++;
    }
  return TRUE;
}

static gboolean
check_start (const GmRequestHead *head, guint *status, GError **error)
{
  if (!is_token (head->method, strlen (head->method)) || strlen (head->method) > 16)
    return refuse (status, 400, error, "the method is not a token");
  if (!g_str_equal (head->version, "HTTP/1.1") && !g_str_equal (head->version, "HTTP/1.0"))
    return refuse (status, 505, error, "HTTP/1.1 is spoken here");
  if (strlen (head->target) > GM_LIMIT_TARGET_BYTES)
    return refuse (status, 414, error, "the address is too long");
  for (const char *c = head->target; *c != '\0'; c++)
    if ((guchar) *c <= 0x20 || (guchar) *c >= 0x7f || *c == '#')
      return refuse (status, 400, error, "the address has a byte that must be escaped");
  if (head->n_lines > GM_LIMIT_HEADERS)
    return refuse (status, 431, error, "too many headers");
  return TRUE;
}

gboolean
gm_request_check (const GmRequestHead *head, GmFraming *framing, guint *status, GError **error)
{
  gboolean modern;
  Seen seen = { 0 };

  if (!check_start (head, status, error))
    return FALSE;
  for (guint i = 0; i < head->n_lines; i++)
    if (!check_line (&head->lines[i], &seen, status, error))
      return FALSE;

  modern = g_str_equal (head->version, "HTTP/1.1");
  if (seen.hosts > 1 || (modern && seen.hosts == 0))
    return refuse (status, 400, error, "exactly one Host is needed");
  if (seen.lengths > 1 || seen.encodings > 1 || (seen.lengths > 0 && seen.encodings > 0))
    return refuse (status, 400, error, "the length of the body is said in two ways");
  if (!modern && seen.encodings > 0)
    return refuse (status, 400, error, "HTTP/1.0 has no chunks");

  seen.framing.chunked = seen.encodings > 0;
  seen.framing.has_body = seen.framing.chunked || seen.framing.length > 0;
  *framing = seen.framing;
  return TRUE;
}
