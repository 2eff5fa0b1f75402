/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/sealed.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/json.h"
#include "crypto/subkey.h"

#define MASTER_BYTES 32
#define SALT_BYTES   16
#define BOX_BYTES    (24 + MASTER_BYTES + 16)
#define KIND         "password"
#define KDF          "argon2id"
#define KDF_VERSION  19 /* 1.3 is 0x13 (RFC 9106 section 3.1) */
#define N_MEMBERS    8

static GMutex lock; /* of what follows */
static GmSealedCost calibrated;
static GmSealedCost for_test; /* 0: none */

/* Argon2id with one lane, which is all libsodium has. */
static GmSecret *
stretch (GmSecret *password,
         const guint8 salt[SALT_BYTES],
         const GmSealedCost *cost,
         GError **error)
{
  g_autoptr (GmSecret) key = gm_secret_new (MASTER_BYTES);
  int failed = crypto_pwhash (gm_secret_open_to_write (key), MASTER_BYTES,
                              (const char *) gm_secret_open (password), gm_secret_length (password),
                              salt, (guint64) cost->passes, (gsize) cost->memory,
                              crypto_pwhash_ALG_ARGON2ID13);

  gm_secret_close (password);
  gm_secret_close (key);
  if (failed != 0)
    return gm_fail_null (error, GM_ERROR_OFFLINE,
                         _ ("A password needs %" PRIi64 " MiB of memory to be tried, and "
                            "there is not as much. Close something and try again"),
                            cost->memory / (1024 * 1024));
  return g_steal_pointer (&key);
}

static gboolean
measure (GmSealedCost *out, GError **error)
{
  const GmSealedCost least = { GM_SEALED_MEMORY, GM_SEALED_MIN_PASSES };
  const guint8 salt[SALT_BYTES] = { 0 };
  g_autoptr (GmSecret) nothing = gm_secret_new (0);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GmSecret) key = stretch (nothing, salt, &least, error);
  gint64 took = MAX (g_get_monotonic_time () - start, 1);

  if (key == NULL)
    return FALSE;

  out->memory = least.memory;
  out->passes = CLAMP (least.passes * G_USEC_PER_SEC / took, GM_SEALED_MIN_PASSES,
                       GM_SEALED_MAX_PASSES);
  return TRUE;
}

gboolean
gm_sealed_calibrate (GmSealedCost *out, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (for_test.passes == 0 && calibrated.passes == 0 && !measure (&calibrated, error))
    return FALSE;

  *out = for_test.passes > 0 ? for_test : calibrated;
  return TRUE;
}

void
gm_sealed_set_cost_for_test (const GmSealedCost *cost)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  for_test = cost != NULL ? *cost : (GmSealedCost){ 0 };
}

static gboolean
cost_is_within_limits (const GmSealedCost *cost)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  gint64 least_memory = for_test.passes > 0 ? for_test.memory : GM_SEALED_MEMORY;
  gint64 least_passes = for_test.passes > 0 ? for_test.passes : GM_SEALED_MIN_PASSES;

  return cost->memory >= least_memory && cost->memory <= GM_SEALED_MAX_MEMORY &&
         cost->memory % 1024 == 0 && cost->passes >= least_passes &&
         cost->passes <= GM_SEALED_MAX_PASSES;
}

/* Associated data: every member but the box. */
static char *
context_of (JsonObject *slot)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *rest = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, slot);
  while (json_object_iter_next (&iter, &name, &value))
    if (strcmp (name, "box") != 0)
      json_object_set_member (rest, name, json_node_copy (value));
  json_node_take_object (node, rest);
  return gm_json_canonical (node, NULL);
}

JsonObject *
gm_sealed_slot_new (GmSecret *master, GmSecret *password, GError **error)
{
  g_autoptr (JsonObject) slot = json_object_new ();
  g_autoptr (GmSecret) key = NULL;
  g_autoptr (GBytes) box = NULL;
  g_autofree char *context = NULL, *salt_text = NULL, *box_text = NULL;
  guint8 salt[SALT_BYTES];
  GmSealedCost cost;

  g_assert (gm_secret_length (master) == MASTER_BYTES);

  if (gm_secret_length (password) == 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, _ ("The password is empty"));
  if (!gm_sealed_calibrate (&cost, error))
    return NULL;

  randombytes_buf (salt, sizeof salt);
  key = stretch (password, salt, &cost, error);
  if (key == NULL)
    return NULL;

  salt_text = gm_hex_encode (salt, sizeof salt);
  json_object_set_string_member (slot, "kind", KIND);
  json_object_set_string_member (slot, "kdf", KDF);
  json_object_set_int_member (slot, "version", KDF_VERSION);
  json_object_set_int_member (slot, "lanes", 1);
  json_object_set_int_member (slot, "memory", cost.memory);
  json_object_set_int_member (slot, "passes", cost.passes);
  json_object_set_string_member (slot, "salt", salt_text);
  context = context_of (slot);
  box = gm_subkey_seal (key, context, master);
  box_text = gm_hex_encode (g_bytes_get_data (box, NULL), g_bytes_get_size (box));
  json_object_set_string_member (slot, "box", box_text);
  return g_steal_pointer (&slot);
}

static gboolean
text_is (JsonObject *slot, const char *member, const char *wanted, GError **error)
{
  const char *text = gm_json_text (slot, member, error);

  return text != NULL &&
         (strcmp (text, wanted) == 0 ||
          gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is “%.32s”, not “%s”", member, text, wanted));
}

static gboolean
number_is (JsonObject *slot, const char *member, gint64 wanted, GError **error)
{
  gint64 number;

  return gm_json_int (slot, member, &number, error) &&
         (number == wanted ||
          gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is %" G_GINT64_FORMAT, member, number));
}

static gboolean
bytes_of (JsonObject *slot, const char *member, guint8 *out, gsize length, GError **error)
{
  const char *text = gm_json_text (slot, member, error);

  return text != NULL &&
         (strlen (text) == 2 * length ||
          gm_fail (error, GM_ERROR_BAD_DATA, "“%s” has not %" G_GSIZE_FORMAT " bytes", member,
                   length)) &&
         gm_hex_decode (text, out, length, error);
}

static gboolean
read_slot (JsonObject *slot, GmSealedCost *cost, guint8 *salt, guint8 *box, GError **error)
{
  GmSealedCost asked;

  if (!text_is (slot, "kind", KIND, error) || !text_is (slot, "kdf", KDF, error) ||
      !number_is (slot, "version", KDF_VERSION, error) || !number_is (slot, "lanes", 1, error) ||
      !gm_json_int (slot, "memory", &asked.memory, error) ||
      !gm_json_int (slot, "passes", &asked.passes, error) ||
      !bytes_of (slot, "salt", salt, SALT_BYTES, error) ||
      !bytes_of (slot, "box", box, BOX_BYTES, error))
    return FALSE;
  if (json_object_get_size (slot) != N_MEMBERS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a member that is not known");
  if (!cost_is_within_limits (&asked))
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "%" G_GINT64_FORMAT " bytes and %" G_GINT64_FORMAT
                    " passes are outside the limits of what a password may cost",
                    asked.memory, asked.passes);
  *cost = asked;
  return TRUE;
}

gboolean
gm_sealed_slot_check (JsonObject *slot, GError **error)
{
  GmSealedCost cost;
  guint8 salt[SALT_BYTES], box[BOX_BYTES];

  return read_slot (slot, &cost, salt, box, error);
}

GmSecret *
gm_sealed_slot_open (JsonObject *slot, GmSecret *password, GError **error)
{
  GmSealedCost cost;
  guint8 salt[SALT_BYTES], box[BOX_BYTES];
  g_autoptr (GmSecret) key = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *context = NULL;
  GmSecret *master;

  if (!read_slot (slot, &cost, salt, box, error))
    return NULL;
  key = stretch (password, salt, &cost, error);
  if (key == NULL)
    return NULL;

  context = context_of (slot);
  bytes = g_bytes_new (box, sizeof box);
  master = gm_subkey_open (key, context, bytes, NULL);
  return master != NULL ? master
                        : gm_fail_null (error, GM_ERROR_DENIED, _ ("That is not the password"));
}
