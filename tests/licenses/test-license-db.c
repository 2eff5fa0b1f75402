/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/license-db.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "evm/address.h"
#include "license-world.h"

static GmLicense *
license_of (const GmWorld *world)
{
  GmLicense *license = g_new0 (GmLicense, 1);
  const GmHash zero = { { 0 } };

  license->order_id = gm_hash_dup_hex (&world->order_id);
  license->uid = gm_hash_dup_hex (&world->license->uid);
  license->asset_id = gm_hash_dup_hex (&world->asset_id);
  license->asset = g_strdup ("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  license->asset_version = 1;
  license->buyer = gm_address_dup_text (&world->buyer->address);
  license->seller = gm_address_dup_text (&world->owner->address);
  license->manifest_hash = gm_hash_dup_hex (&zero);
  license->license_hash = gm_hash_dup_hex (&zero);
  license->kind = g_strdup ("standard");
  license->amount_units = 25000000;
  license->currency = g_strdup ("USDC");
  license->issued_at = (WORLD_NOW - 60) * 1000;
  license->attestation = gm_attestation_dup_text (world->license);
  return license;
}

static void
test_license (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmLicense) license = license_of (world);
  g_autoptr (GmAttestation) attestation = NULL;
  g_autoptr (GError) error = NULL;

  attestation = gm_license_dup_attestation (license, &error);
  g_assert_no_error (error);
  g_assert_true (gm_hash_equal (&attestation->uid, &world->license->uid));
  license->amount_units--;
  g_assert_null (gm_license_dup_attestation (license, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static GmOwned *
owned_of (const GmLicense *license)
{
  GmOwned *owned = g_new0 (GmOwned, 1);

  owned->order_id = g_strdup (license->order_id);
  owned->store = g_strdup ("0123456789abcdef");
  owned->asset = g_strdup (license->asset);
  owned->asset_id = g_strdup (license->asset_id);
  owned->title = g_strdup ("Tide");
  owned->artist = g_strdup ("Nadir");
  owned->mime = g_strdup ("audio/flac");
  owned->master_cid = g_strdup ("bafytest");
  owned->master_bytes = 1000;
  owned->duration_ms = 30000;
  owned->bought_at = 5;
  return owned;
}

/* Written by one process, read by the next. */
static void
test_kept (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-ledger-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "ledger.db", NULL);
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmSecret) library_key = gm_secret_new_random (32);
  g_autoptr (GmSecret) other_key = gm_secret_new_random (32);
  g_autoptr (GmLicense) license = license_of (world);
  g_autoptr (GmOwned) owned = owned_of (license);
  g_autoptr (GBytes) document = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;
  GmSql *ledger = gm_license_db_open (path, &error);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GmOwned) found = NULL;
  g_autoptr (GmLicense) found_license = NULL;
  g_autoptr (GBytes) found_document = NULL;
  g_autoptr (GmSecret) key = NULL;
  GmHash hash;

  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++) /* twice is once */
    {
      g_assert_true (gm_license_db_put (ledger, license, &error));
      g_assert_true (gm_license_db_put_owned (ledger, owned, &error));
      g_assert_true (gm_license_db_put_document (ledger, document, &hash, &error));
      g_assert_true (
          gm_license_db_put_key (ledger, "bafytest", world->content_key, library_key, &error));
    }
  owned->ready = TRUE;
  g_assert_true (gm_license_db_put_owned (ledger, owned, &error));
  gm_sql_close (ledger);

  ledger = gm_license_db_open (path, &error);
  g_assert_no_error (error);
  list = gm_license_db_list_owned (ledger, &error);
  g_assert_cmpuint (list->len, ==, 1);
  found = gm_license_db_find_owned (ledger, license->asset_id, &error);
  g_assert_true (gm_record_equal (&gm_owned_type, found, owned));
  found_license = gm_license_db_find (ledger, license->order_id, &error);
  g_assert_true (gm_record_equal (&gm_license_type, found_license, license));
  found_document = gm_license_db_document (ledger, &hash, &error);
  g_assert_true (g_bytes_equal (found_document, document));
  key = gm_license_db_key (ledger, "bafytest", library_key, &error);
  g_assert_true (gm_secret_equal (key, world->content_key));

  g_assert_null (gm_license_db_key (ledger, "bafytest", other_key, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (gm_license_db_key (ledger, "bafyother", library_key, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (gm_license_db_find_owned (ledger, "0x00", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  gm_sql_close (ledger);
  gm_world_remove_folder (folder);
}

/* A key that was moved to another file's row does not open. */
static void
test_swapped (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmSecret) library_key = gm_secret_new_random (32);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSql) ledger = gm_license_db_open (":memory:", &error);

  g_assert_no_error (error);
  g_assert_true (gm_license_db_put_key (ledger, "a", world->content_key, library_key, &error));
  g_assert_true (gm_sql_script (ledger, "UPDATE content_keys SET master_cid = 'b'", &error));
  g_assert_null (gm_license_db_key (ledger, "b", library_key, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) document = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSql) ledger = gm_license_db_open (":memory:", &error);
  GmHash hash;

  g_assert_true (gm_license_db_put_document (ledger, document, &hash, &error));
  g_assert_true (gm_sql_script (ledger, "UPDATE documents SET content = x'00'", &error));
  g_assert_null (gm_license_db_document (ledger, &hash, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/license/agrees-with-its-attestation", test_license);
  g_test_add_func ("/license-db/keeps-what-was-bought", test_kept);
  g_test_add_func ("/license-db/a-key-fits-its-file-only", test_swapped);
  g_test_add_func ("/license-db/damage-is-noticed", test_damaged);
  return g_test_run ();
}
