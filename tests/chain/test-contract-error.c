/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/contract-error.h"

#include "evm/abi.h"

static char *
say (const char *signature, guint64 argument)
{
  g_autoptr (GmAbi) abi = gm_abi_new ();
  g_autoptr (GBytes) data = NULL;

  if (!g_str_has_suffix (signature, "()"))
    gm_abi_add_uint (abi, 64, argument);
  data = gm_abi_encode_call (abi, signature);
  return gm_contract_error_dup_sentence (data);
}

static void
test_a_refusal_is_said_in_words (void)
{
  static const struct
  {
    const char *error;
    guint64 argument;
    const char *words;
  } cases[] = {
    { "NotForSale(uint8)", GM_OBSTACLE_TAKEN, "it is reserved or sold to somebody else" },
    { "NotForSale(uint8)", GM_OBSTACLE_PAUSED, "the store has stopped selling for now" },
    { "NotForSale(uint8)", 200, "it cannot be sold" },
    { "NotDue()", 0, "this step of the layaway cannot be paid now" },
    { "NotThePayer()", 0, "only who pays may do this" },
    { "NoSuchSale()", 0, "NoSuchSale()" },
    { "BadToken(address)", 0, "BadToken(token: 0x0000000000000000000000000000000000000000)" },
    { "Late()", 0, "Late()" }, /* of the token */
    { "Unheard()", 0, "unknown error 0x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = say (cases[i].error, cases[i].argument);

      g_assert_true (g_str_has_prefix (said, cases[i].words));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contract-error/a-refusal-is-said-in-words", test_a_refusal_is_said_in_words);
  return g_test_run ();
}
