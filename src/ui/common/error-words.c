/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/error-words.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

typedef struct
{
  const char *title;
  const char *sentence; /* NULL: the error's own message says it */
  const char *button;
  const char *action; /* (nullable) */
} Words;

static const Words words[] = {
  [GM_ERROR_OFFLINE] = {
      N_ ("Not Possible Right Now"), NULL, N_ ("_Try Again"), NULL },
      [GM_ERROR_REMOTE] = { N_ ("The Store Could Not Do This"),
          N_ ("It answered, but not with what was asked for. Try again in a while."),
              N_ ("_Try Again"), NULL },
          [GM_ERROR_BAD_DATA] = {
              N_ ("This Cannot Be Read"), NULL, N_ ("_Try Again"), NULL },
              [GM_ERROR_NOT_FOUND] = { N_ ("It Is Not Here Any More"),
                  N_ ("It may have been withdrawn. What you bought stays yours."),
                      N_ ("_Discover Music"), "app.show::discover" },
                  [GM_ERROR_LOCKED] = { N_ ("Your Wallet Is Locked"),
                      N_ ("Unlock it to go on."), N_ ("_Unlock…"), "app.unlock" },
                      [GM_ERROR_FUNDS] = { N_ ("Not Enough Money"),
                          N_ ("The balance of your wallet does not cover this. Nothing was taken."),
                              N_ ("_Top Up…"), "app.show::wallet" },
                          [GM_ERROR_DECLINED] = { N_ ("Canceled"),
                              N_ ("Nothing was changed."), N_ ("_Try Again"), NULL },
                              [GM_ERROR_CONFLICT] = { N_ ("Changed Meanwhile"),
                                  N_ ("Somebody else changed this first. Reload to see what it is now."),
                                      N_ ("_Reload"), NULL },
                                  [GM_ERROR_DENIED] = {
                                      N_ ("Not Allowed"), NULL, N_ ("_Try Again"), NULL },
                                      [GM_ERROR_BUG] = {
                                          N_ ("A Fault in GotMusic"),
                                              N_ ("This is our mistake, not yours. Nothing was lost; the log has details."),
                                                  N_ ("_Try Again"), NULL },
                                      };

/* "0xab: not a page" becomes a sentence of its own. */
static char *
dup_sentence (const char *message)
{
  static const char *const stops[] = { ".", "!", "?", "…" };
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  char head[6];
  gsize length;

  if (*valid == '\0')
    return g_strdup (_ ("No reason was given."));
  length = (gsize) g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (valid)), head);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    if (g_str_has_suffix (valid, stops[i]))
      return g_strdup_printf ("%.*s%s", (int) length, head, g_utf8_next_char (valid));
  return g_strdup_printf ("%.*s%s.", (int) length, head, g_utf8_next_char (valid));
}

void
gm_error_words (const GError *error,
                char **title,
                char **sentence,
                char **button,
                const char **action)
{
  g_autoptr (GError) own = gm_error_take (g_error_copy (error));
  const Words *found = &words[own->code];

  if (title != NULL)
    *title = g_strdup (_ (found->title));
  if (sentence != NULL)
    *sentence = found->sentence != NULL ? g_strdup (_ (found->sentence))
                                        : dup_sentence (own->message);
  if (button != NULL)
    *button = g_strdup (_ (found->button));
  if (action != NULL)
    *action = found->action;
}

char *
gm_error_words_short (const GError *error)
{
  return dup_sentence (error->message);
}
