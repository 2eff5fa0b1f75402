/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/sealed.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"

static const GmSealedCost cheap = { 64 * 1024, 1 };

/* Made by another implementation (Argon2id and XChaCha20-Poly1305 of the noble libraries) from the
 * drawing in sealed.h; master key 00 … 1f. */
#define SLOT                                                                                       \
  "{\"kind\":\"password\",\"kdf\":\"argon2id\",\"version\":19,\"lanes\":1,\"memory\":65536,"       \
  "\"passes\":1,\"salt\":\"000102030405060708090a0b0c0d0e0f\",\"box\":\""                          \
  "01010101010101010101010101010101010101010101010196a2d1f2456d26d8bf1fecea"                       \
  "f74e91e4e40e2b3472a04e536a9cc676339deabd6035fb63f85ed2206321c11c0791dd6d\"}"

static JsonObject *
slot_of (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonObject *slot = gm_json_parse_object (bytes, 4096, &error);

  g_assert_no_error (error);
  return slot;
}

/* SLOT with one piece of text replaced. */
static JsonObject *
slot_with (const char *from, const char *to)
{
  g_auto (GStrv) pieces = g_strsplit (SLOT, from, 2);
  g_autofree char *text = g_strjoinv (to, pieces);

  g_assert_cmpuint (g_strv_length (pieces), ==, 2);
  return slot_of (text);
}

static void
another_implementation_fits (void)
{
  g_autoptr (JsonObject) slot = slot_of (SLOT);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse");
  g_autoptr (GmSecret) master = gm_sealed_slot_open (slot, password, NULL);
  const guint8 *bytes;

  g_assert_nonnull (master);
  g_assert_cmpuint (gm_secret_length (master), ==, 32);
  bytes = gm_secret_open (master);
  for (guint i = 0; i < 32; i++)
    g_assert_cmpuint (bytes[i], ==, i);
  gm_secret_close (master);
}

static void
only_its_password_opens_it (void)
{
  g_autoptr (GmSecret) master = gm_secret_new_random (32);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse");
  g_autoptr (GmSecret) wrong = gm_secret_new_text ("correct horsf");
  g_autoptr (GmSecret) empty = gm_secret_new (0);
  g_autoptr (JsonObject) slot = gm_sealed_slot_new (master, password, NULL);
  g_autoptr (JsonObject) again = gm_sealed_slot_new (master, password, NULL);
  g_autoptr (GmSecret) opened = gm_sealed_slot_open (slot, password, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_secret_equal (opened, master));
  g_assert_cmpstr (json_object_get_string_member (slot, "salt"), !=,
                   json_object_get_string_member (again, "salt"));
  g_assert_null (gm_sealed_slot_open (slot, wrong, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (gm_sealed_slot_open (slot, empty, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (gm_sealed_slot_new (master, empty, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

/* Changes that leave a slot in its form: what is not the key is associated data. */
static void
any_change_is_denied (void)
{
  static const char *const changes[][2] = {
    { "\"memory\":65536", "\"memory\":66560" },
    { "\"passes\":1", "\"passes\":2" },
    { "\"salt\":\"00", "\"salt\":\"01" },
    { "\"box\":\"01", "\"box\":\"00" },
    { "dd6d\"}", "dd6c\"}" },
    { "\"salt\":\"000102030405060708090a", "\"salt\":\"000102030405060708090A" },
  };
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse");

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (JsonObject) slot = slot_with (changes[i][0], changes[i][1]);
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_sealed_slot_open (slot, password, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
    }
}

static void
what_is_no_slot_is_refused (void)
{
  static const char *const changes[][2] = {
    { "password", "device" },
    { "argon2id", "argon2i" },
    { "\"version\":19", "\"version\":16" },
    { "\"version\":19", "\"version\":\"19\"" },
    { "\"lanes\":1", "\"lanes\":4" },
    { "\"lanes\":1,", "" },
    { "\"memory\":65536", "\"memory\":65537" },      /* not whole KiB */
    { "\"memory\":65536", "\"memory\":64512" },      /* below what is written */
    { "\"memory\":65536", "\"memory\":1073742848" }, /* 1 GiB and 1 KiB */
    { "\"memory\":65536", "\"memory\":9007199254740991" },
    { "\"memory\":65536", "\"memory\":0" },
    { "\"memory\":65536", "\"memory\":-65536" },
    { "\"passes\":1", "\"passes\":0" },
    { "\"passes\":1", "\"passes\":-1" },
    { "\"passes\":1", "\"passes\":17" },
    { "\"passes\":1", "\"passes\":4294967297" },
    { "\"salt\":\"00", "\"salt\":\"" },
    { "\"salt\":\"00", "\"salt\":\"0x00" },
    { "\"salt\":\"00", "\"salt\":\"zz" },
    { "dd6d\"}", "dd\"}" },
    { "dd6d\"}", "dd6d\",\"more\":1}" },
  };
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse");

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (JsonObject) slot = slot_with (changes[i][0], changes[i][1]);
      g_autoptr (GError) error = NULL, again = NULL;

      g_assert_false (gm_sealed_slot_check (slot, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_null (gm_sealed_slot_open (slot, password, &again));
      g_assert_error (again, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

/* No file can make this process try cheap passwords. */
static void
cheap_ones_are_for_tests_only (void)
{
  g_autoptr (JsonObject) slot = slot_of (SLOT);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse");
  g_autoptr (GError) error = NULL;

  gm_sealed_set_cost_for_test (NULL);
  g_assert_null (gm_sealed_slot_open (slot, password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  gm_sealed_set_cost_for_test (&cheap);
  g_assert_true (gm_sealed_slot_check (slot, NULL));
}

/* The real cost, once. */
static void
a_real_slot_costs_what_is_said (void)
{
  g_autoptr (GmSecret) master = gm_secret_new_random (32);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse");
  g_autoptr (JsonObject) slot = NULL;
  g_autoptr (GmSecret) opened = NULL;
  GmSealedCost cost, again;

  gm_sealed_set_cost_for_test (NULL);
  g_assert_true (gm_sealed_calibrate (&cost, NULL));
  g_assert_true (gm_sealed_calibrate (&again, NULL));
  g_assert_cmpint (cost.memory, ==, GM_SEALED_MEMORY);
  g_assert_cmpint (cost.passes, >=, GM_SEALED_MIN_PASSES);
  g_assert_cmpint (cost.passes, <=, GM_SEALED_MAX_PASSES);
  g_assert_cmpint (cost.passes, ==, again.passes);

  slot = gm_sealed_slot_new (master, password, NULL);
  g_assert_cmpint (json_object_get_int_member (slot, "memory"), ==, cost.memory);
  g_assert_cmpint (json_object_get_int_member (slot, "passes"), ==, cost.passes);
  opened = gm_sealed_slot_open (slot, password, NULL);
  g_assert_true (gm_secret_equal (opened, master));
  gm_sealed_set_cost_for_test (&cheap);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  g_test_add_func ("/sealed/another-implementation-fits", another_implementation_fits);
  g_test_add_func ("/sealed/only-its-password-opens-it", only_its_password_opens_it);
  g_test_add_func ("/sealed/any-change-is-denied", any_change_is_denied);
  g_test_add_func ("/sealed/what-is-no-slot-is-refused", what_is_no_slot_is_refused);
  g_test_add_func ("/sealed/cheap-ones-are-for-tests-only", cheap_ones_are_for_tests_only);
  g_test_add_func ("/sealed/a-real-slot-costs-what-is-said", a_real_slot_costs_what_is_said);
  return g_test_run ();
}
