/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <string.h>

GSocketConnection *
gm_raw_connect (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, 20);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

void
gm_raw_send (GSocketConnection *connection, const char *bytes, gssize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  /* the server may refuse and close before it has read all of it */
  g_output_stream_write_all (out, bytes, length < 0 ? strlen (bytes) : (gsize) length, NULL, NULL,
                             NULL);
}

static GString *
read_head (GInputStream *in)
{
  GString *head = g_string_new (NULL);
  char c;

  while (!g_str_has_suffix (head->str, "\r\n\r\n") &&
         g_input_stream_read (in, &c, 1, NULL, NULL) == 1)
    g_string_append_c (head, c);
  return head;
}

static void
parse_head (GmRawAnswer *answer, const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

  if (!g_str_has_prefix (head, "HTTP/1."))
    return;
  answer->status = (guint) g_ascii_strtoull (head + strlen ("HTTP/1.1 "), NULL, 10);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');

      if (colon != NULL)
        g_hash_table_replace (answer->headers, g_ascii_strdown (lines[i], colon - lines[i]),
                              g_strdup (g_strstrip (colon + 1)));
    }
}

static void
read_body (GmRawAnswer *answer, GInputStream *in)
{
  const char *length = gm_raw_header (answer, "content-length");
  gsize expected = length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;

  answer->body = g_malloc0 (expected + 1);
  g_input_stream_read_all (in, answer->body, expected, &answer->length, NULL, NULL);
}

GmRawAnswer *
gm_raw_read (GSocketConnection *connection, gboolean head_only)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GmRawAnswer *answer = g_new0 (GmRawAnswer, 1);
  GString *head = read_head (in);

  while (g_str_has_prefix (head->str, "HTTP/1.1 100")) /* Continue */
    {
      g_string_free (head, TRUE);
      head = read_head (in);
    }
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  parse_head (answer, head->str);
  g_string_free (head, TRUE);
  if (answer->status != 0 && !head_only && answer->status != 304 && answer->status != 204)
    read_body (answer, in);
  return answer;
}

GmRawAnswer *
gm_raw_ask (guint16 port, const char *request)
{
  g_autoptr (GSocketConnection) connection = gm_raw_connect (port);

  gm_raw_send (connection, request, -1);
  return gm_raw_read (connection, g_str_has_prefix (request, "HEAD "));
}

const char *
gm_raw_header (GmRawAnswer *answer, const char *lower_case_name)
{
  return g_hash_table_lookup (answer->headers, lower_case_name);
}

void
gm_raw_answer_free (GmRawAnswer *answer)
{
  g_hash_table_unref (answer->headers);
  g_free (answer->body);
  g_free (answer);
}
