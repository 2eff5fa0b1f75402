/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keynode/policy.h"

#include <string.h>

#include "base/error.h"
#include "license-world.h"

#define LOCAL                                                                                      \
  "{\"kind\":\"offchain\",\"chainId\":5000000001,\"attester\":\"" ATTESTER                         \
  "\",\"revocations\":\"r.json\"}"
#define CHAIN    "{\"kind\":\"onchain\",\"chainId\":8453,\"attester\":\"" ATTESTER "\"}"
#define ATTESTER "0x2222222222222222222222222222222222222222"
#define HEAD                                                                                       \
  "{\"v\":1,\"holderId\":\"holder-1\",\"address\":\"127.0.0.1\",\"port\":0,"                       \
  "\"credentials\":\"keys\",\"hpkeCredential\":\"h\",\"signCredential\":\"s\",\"conditions\":["

static GmPolicy *
parse (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));

  return gm_policy_parse (bytes, "/data", error);
}

static void
test_paths (void)
{
  g_autoptr (GmPolicy) policy = parse (HEAD LOCAL "]}", NULL);
  const GmServed *served = g_ptr_array_index (policy->served, 0);

  g_assert_cmpstr (policy->credentials, ==, "/data/keys");
  g_assert_cmpstr (served->revocations, ==, "/data/r.json");
  g_assert_cmpuint (policy->port, ==, 0);
}

static const struct
{
  const char *served;
  GmConditionKind kind;
  guint64 chain_id;
  guint8 attester;
  const char *reason; /* NULL: served */
} cases[] = {
  { LOCAL, GM_CONDITION_OFFCHAIN, 5000000001, 0x22, NULL },
  { LOCAL, GM_CONDITION_OFFCHAIN, 5000000002, 0x22, "this chain" },
  { LOCAL, GM_CONDITION_OFFCHAIN, 5000000001, 0x23, "this issuer" },
  { LOCAL, GM_CONDITION_ONCHAIN, 8453, 0x22, "of this kind" },
  { LOCAL "," CHAIN, GM_CONDITION_OFFCHAIN, 5000000001, 0x22, "refuses off-chain licenses" },
  { LOCAL "," CHAIN, GM_CONDITION_ONCHAIN, 8453, 0x22, NULL },
  { "", GM_CONDITION_OFFCHAIN, 5000000001, 0x22, "of this kind" },
};

static void
test_find (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strconcat (HEAD, cases[i].served, "]}", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GmPolicy) policy = parse (json, &error);
      GmCondition condition = { .kind = cases[i].kind, .chain_id = cases[i].chain_id };
      const GmServed *served;

      g_assert_no_error (error);
      memset (&condition.attester, cases[i].attester, sizeof condition.attester);
      served = gm_policy_find (policy, &condition, &error);
      g_assert_cmpint (served != NULL, ==, cases[i].reason == NULL);
      if (cases[i].reason != NULL)
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
          g_assert_nonnull (strstr (error->message, cases[i].reason));
        }
    }
}

static void
test_broken (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } broken[] = {
    { "\"v\":1", "\"v\":2" },
    { "holder-1", "Holder" },
    { "\"port\":0", "\"port\":65536" },
    { "\"kind\":\"offchain\"", "\"kind\":\"none\"" },
    { "5000000001", "8453" },
    { "\"revocations\"", "\"revoked\"" },
    { "\"r.json\"", "\"\"" },
    { "\"credentials\"", "\"keys\"" },
    { ATTESTER, "0x22" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GString) json = g_string_new (HEAD LOCAL "]}");
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (json, broken[i].from, broken[i].to, 1), ==, 1);
      if (parse (json->str, &error) != NULL)
        g_error ("taken: %s", broken[i].to);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/paths-start-at-its-folder", test_paths);
  g_test_add_func ("/policy/serves-what-it-lists-only", test_find);
  g_test_add_func ("/policy/broken-json-is-refused", test_broken);
  return g_test_run ();
}
