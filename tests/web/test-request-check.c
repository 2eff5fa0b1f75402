/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/request-check.h"

#include <string.h>

#include "base/error.h"

#define OK_HOST "Host: store\n"

/* Header lines are separated by \n, name and value by ": ". */
static const struct
{
  const char *start; /* method, target, version */
  const char *lines;
  guint status;
  const char *words;
} cases[] = {
  { "GET / HTTP/1.1", OK_HOST, 0, NULL },
  { "GET / HTTP/1.0", "", 0, NULL },
  { "GET / HTTP/1.1", "Host: [::1]:80\n", 0, NULL },
  { "POST / HTTP/1.1", OK_HOST "Content-Length: 5\n", 0, NULL },
  { "POST / HTTP/1.1", OK_HOST "Transfer-Encoding: Chunked\n", 0, NULL },
  { "GET / HTTP/1.1", "", 400, "exactly one Host" },
  { "GET / HTTP/1.1", OK_HOST OK_HOST, 400, "exactly one Host" },
  { "GET / HTTP/1.1", "Host: a b\n", 400, "not a host" },
  { "GET / HTTP/1.1", "Host: a@b\n", 400, "not a host" },
  { "GET / HTTP/1.1", "Host: \n", 400, "not a host" },
  { "GET / HTTP/2.0", OK_HOST, 505, "HTTP/1.1" },
  { "GE(T / HTTP/1.1", OK_HOST, 400, "not a token" },
  { "ABCDEFGHIJKLMNOPQ / HTTP/1.1", OK_HOST, 400, "not a token" },
  { "GET /\x01 HTTP/1.1", OK_HOST, 400, "must be escaped" },
  { "GET /\xc3\xa4 HTTP/1.1", OK_HOST, 400, "must be escaped" },
  { "GET /#x HTTP/1.1", OK_HOST, 400, "must be escaped" },
  { "GET / HTTP/1.1", OK_HOST "X Y: 1\n", 400, "not a token" },
  { "GET / HTTP/1.1", OK_HOST "X: a\x01\n", 400, "control byte" },
  { "GET / HTTP/1.1", OK_HOST "X: a\x7f\n", 400, "control byte" },
  { "POST / HTTP/1.1", OK_HOST "Content-Length: 5\nContent-Length: 5\n", 400, "two ways" },
  { "POST / HTTP/1.1", OK_HOST "Content-Length: 5\nTransfer-Encoding: chunked\n", 400, "two ways" },
  { "POST / HTTP/1.1", OK_HOST "Content-Length: -5\n", 400, "not a number" },
  { "POST / HTTP/1.1", OK_HOST "Content-Length: +5\n", 400, "not a number" },
  { "POST / HTTP/1.1", OK_HOST "Content-Length: 5, 5\n", 400, "not a number" },
  { "POST / HTTP/1.1", OK_HOST "Content-Length: 0x5\n", 400, "not a number" },
  { "POST / HTTP/1.1", OK_HOST "Content-Length: 99999999999999999999\n", 400, "not a number" },
  { "POST / HTTP/1.1", OK_HOST "Transfer-Encoding: gzip, chunked\n", 501, "chunked" },
  { "POST / HTTP/1.1", OK_HOST "Transfer-Encoding: xchunked\n", 501, "chunked" },
  { "POST / HTTP/1.0", "Transfer-Encoding: chunked\n", 400, "no chunks" },
};

static guint
split_lines (char *text, GmHeaderLine *lines)
{
  guint n = 0;

  for (char *line = strtok (text, "\n"); line != NULL; line = strtok (NULL, "\n"))
    {
      char *value = strstr (line, ": ");

      *value = '\0';
      lines[n++] = (GmHeaderLine){ line, value + 2, strlen (line), strlen (value + 2) };
    }
  return n;
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) start = g_strsplit (cases[i].start, " ", 3);
      g_autofree char *text = g_strdup (cases[i].lines);
      g_autoptr (GError) error = NULL;
      GmHeaderLine lines[8];
      GmRequestHead head = { start[0], start[1], start[2], lines, 0 };
      GmFraming framing = { 0 };
      guint status = 0;
      gboolean ok;

      head.n_lines = split_lines (text, lines);
      g_test_message ("%s | %s", cases[i].start, cases[i].lines);
      ok = gm_request_check (&head, &framing, &status, &error);
      g_assert_cmpuint (status, ==, cases[i].status);
      g_assert_cmpint (ok, ==, cases[i].status == 0);
      if (!ok)
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
          g_assert_nonnull (strstr (error->message, cases[i].words));
        }
    }
}

static void
test_too_much (void)
{
  g_autofree char *target = g_strnfill (5000, 'a');
  GmHeaderLine lines[65];
  GmRequestHead head = { "GET", target, "HTTP/1.1", lines, 1 };
  GmFraming framing;
  guint status = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    lines[i] = (GmHeaderLine){ i == 0 ? "host" : "xxxx", "v", 4, 1 };
  g_assert_false (gm_request_check (&head, &framing, &status, NULL));
  g_assert_cmpuint (status, ==, 414);

  head.target = "/";
  head.n_lines = 65;
  g_assert_false (gm_request_check (&head, &framing, &status, NULL));
  g_assert_cmpuint (status, ==, 431);
  head.n_lines = 64;
  g_assert_true (gm_request_check (&head, &framing, &status, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-check/two-readings-are-refused", test_cases);
  g_test_add_func ("/request-check/too-much-is-refused", test_too_much);
  return g_test_run ();
}
