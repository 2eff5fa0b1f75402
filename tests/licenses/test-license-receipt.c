/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/license-receipt.h"

#include "base/error.h"
#include "license-world.h"

static void
test_round_trip (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GError) error = NULL;
  GmLicenseReceipt receipt;

  g_assert_true (gm_license_receipt_read (world->license, &receipt, &error));
  g_assert_no_error (error);
  g_assert_true (gm_hash_equal (&receipt.order_id, &world->order_id));
  g_assert_true (gm_hash_equal (&receipt.asset_id, &world->asset_id));
  g_assert_cmpuint (receipt.asset_version, ==, 1);
  g_assert_cmpint (receipt.amount_units, ==, 25000000);
  g_assert_true (gm_address_equal (&receipt.payer, &world->buyer->address));
  g_assert_true (gm_hash_equal (&world->license->salt, &world->order_id));
}

/* Issuing again after a crash makes the very same license. */
static void
test_again (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmAttestation) again = gm_world_license (world, &world->asset_id);

  g_assert_true (gm_hash_equal (&again->uid, &world->license->uid));
}

static void
test_refused (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmAttestation) changed = gm_attestation_copy (world->license);
  GmLicenseReceipt receipt = { .amount_units = -1 };
  g_autoptr (GError) error = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (world->license->data, &length);
  g_autofree guint8 *bytes = g_memdup2 (data, length + 0);

  g_assert_null (gm_license_receipt_issue (&receipt, &world->buyer->address, WORLD_CHAIN, 1,
                                           world->issuer, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);

  g_bytes_unref (changed->data);
  changed->data = g_bytes_new (data, length - 32);
  g_assert_false (gm_license_receipt_read (changed, &receipt, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);

  bytes[length - 8] = 0x80; /* an amount of 2^63 */
  g_bytes_unref (changed->data);
  changed->data = g_bytes_new (bytes, length);
  g_assert_false (gm_license_receipt_read (changed, &receipt, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/license-receipt/says-what-was-sold", test_round_trip);
  g_test_add_func ("/license-receipt/is-the-same-when-issued-again", test_again);
  g_test_add_func ("/license-receipt/refuses-other-data", test_refused);
  return g_test_run ();
}
