/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/v3-keystore.h"

#include <glib/gi18n-lib.h>
#include <nettle/aes.h>
#include <nettle/ctr.h>
#include <nettle/pbkdf2.h>
#include <sodium.h>
#include <string.h>

#include "base/durable.h"
#include "base/error.h"
#include "base/hex.h"
#include "base/json.h"
#include "evm/keccak.h"
#include "evm/signature.h"

#define VERSION        3
#define CIPHER         "aes-128-ctr"
#define KDF_SCRYPT     "scrypt"
#define KDF_PBKDF2     "pbkdf2"
#define PRF            "hmac-sha256"
#define KEY_BYTES      32
#define DERIVED_BYTES  32
#define MAC_KEY_BYTES  16 /* the second half of the derived key; the first is the cipher's */
#define SALT_BYTES     32
#define MAX_SALT_BYTES 256
#define STACK_BYTES    4096 /* more than the derivations leave there */

/* What other wallets ask for by default: 256 MiB, about a second. */
#define SEAL_N 262144
#define SEAL_R 8
#define SEAL_P 1

void
gm_v3_keystore_free (GmV3Keystore *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->derivation.salt, g_bytes_unref);
  g_clear_pointer (&self->ciphertext, g_bytes_unref);
  g_free (self);
}

static GBytes *
read_hex (JsonObject *object, const char *member, gsize max_bytes, GError **error)
{
  const char *hex = gm_json_text (object, member, error);
  GBytes *bytes = hex != NULL ? gm_hex_decode_bytes (hex, max_bytes, error) : NULL;

  if (hex != NULL && bytes == NULL)
    g_prefix_error (error, "“%s”: ", member);
  return bytes;
}

static gboolean
read_fixed (JsonObject *object, const char *member, guint8 *out, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = read_hex (object, member, length, error);

  if (bytes == NULL)
    return FALSE;
  if (g_bytes_get_size (bytes) != length)
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%s” has not %" G_GSIZE_FORMAT " bytes", member,
                    length);
  memcpy (out, g_bytes_get_data (bytes, NULL), length);
  return TRUE;
}

static gboolean
expect (JsonObject *object, const char *member, const char *wanted, GError **error)
{
  const char *found = gm_json_text (object, member, error);

  return found != NULL &&
         (g_ascii_strcasecmp (found, wanted) == 0 ||
          gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is “%.32s”, not “%s”", member, found, wanted));
}

/* a·b of numbers that are not negative, or the largest there is. */
static guint64
times (guint64 a, guint64 b)
{
  guint64 product;

  return g_uint64_checked_mul (&product, a, b) ? product : G_MAXUINT64;
}

/* RFC 7914 section 2: 128·r·n bytes to work in, and 128·r·p that go in. */
static gboolean
check_scrypt (const GmV3Derivation *self, GError **error)
{
  guint64 block, memory;

  if (self->n < 2 || (self->n & (self->n - 1)) != 0 || self->r < 1 || self->p < 1)
    return gm_fail (error, GM_ERROR_BAD_DATA, "there is no scrypt with such n, r and p");
  block = times ((guint64) self->r, 128);
  memory = times ((guint64) MAX (self->n, self->p), block);
  if (memory > GM_V3_KEYSTORE_MAX_MEMORY)
    {
      g_autofree char *asked = g_format_size_full (memory, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *most = g_format_size_full (GM_V3_KEYSTORE_MAX_MEMORY,
                                                  G_FORMAT_SIZE_IEC_UNITS);

      return gm_fail (error, GM_ERROR_BAD_DATA,
                      _ ("it asks for %s of memory to be opened, and at most %s are given"), asked,
                         most);
    }
  return times ((guint64) (self->n * self->r), (guint64) self->p) <= GM_V3_KEYSTORE_MAX_WORK ||
         gm_fail (error, GM_ERROR_BAD_DATA, _ ("it asks for too much computing to be opened"));
}

static gboolean
check_rounds (const GmV3Derivation *self, GError **error)
{
  if (self->rounds < 1)
    return gm_fail (error, GM_ERROR_BAD_DATA, "no round of PBKDF2");
  return self->rounds <= GM_V3_KEYSTORE_MAX_ROUNDS ||
         gm_fail (error, GM_ERROR_BAD_DATA, _ ("it asks for too much computing to be opened"));
}

static gboolean
read_costs (GmV3Derivation *self, const char *kdf, JsonObject *object, GError **error)
{
  if (strcmp (kdf, KDF_SCRYPT) == 0)
    return gm_json_int (object, "n", &self->n, error) &&
           gm_json_int (object, "r", &self->r, error) &&
           gm_json_int (object, "p", &self->p, error) && check_scrypt (self, error);
  if (strcmp (kdf, KDF_PBKDF2) == 0)
    return expect (object, "prf", PRF, error) && gm_json_int (object, "c", &self->rounds, error) &&
           check_rounds (self, error);
  return gm_fail (error, GM_ERROR_BAD_DATA, "“kdf” is “%.32s”", kdf);
}

static gboolean
read_derivation (GmV3Derivation *self, JsonObject *crypto, GError **error)
{
  const char *kdf = gm_json_text (crypto, "kdf", error);
  JsonObject *object = kdf != NULL ? gm_json_object (crypto, "kdfparams", error) : NULL;
  gint64 length;

  if (object == NULL || !read_costs (self, kdf, object, error) ||
      !gm_json_int (object, "dklen", &length, error))
    return FALSE;
  if (length != DERIVED_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "“dklen” is %" G_GINT64_FORMAT, length);
  self->salt = read_hex (object, "salt", MAX_SALT_BYTES, error);
  return self->salt != NULL;
}

static gboolean
read_crypto (GmV3Keystore *self, JsonObject *crypto, GError **error)
{
  JsonObject *cipher;

  if (!expect (crypto, "cipher", CIPHER, error) ||
      !read_derivation (&self->derivation, crypto, error))
    return FALSE;
  cipher = gm_json_object (crypto, "cipherparams", error);
  if (cipher == NULL || !read_fixed (cipher, "iv", self->iv, sizeof self->iv, error) ||
      !read_fixed (crypto, "mac", self->mac.b, sizeof self->mac.b, error))
    return FALSE;
  self->ciphertext = read_hex (crypto, "ciphertext", KEY_BYTES, error);
  if (self->ciphertext == NULL)
    return FALSE;
  return g_bytes_get_size (self->ciphertext) > 0 ||
         gm_fail (error, GM_ERROR_BAD_DATA, "“ciphertext” is empty");
}

/* Not every wallet writes one. */
static gboolean
read_address (GmV3Keystore *self, JsonObject *object, GError **error)
{
  const char *text = json_object_has_member (object, "address")
                         ? gm_json_text (object, "address", error)
                         : "";

  if (text == NULL)
    return FALSE;
  self->has_address = text[0] != '\0';
  return !self->has_address ||
         read_fixed (object, "address", self->address.b, sizeof self->address.b, error);
}

static gboolean
read_object (GmV3Keystore *self, JsonObject *object, GError **error)
{
  JsonObject *crypto;
  gint64 version;

  if (!gm_json_int (object, "version", &version, error))
    return FALSE;
  if (version != VERSION)
    return gm_fail (error, GM_ERROR_BAD_DATA, "its version is %" G_GINT64_FORMAT ", not %d",
                    version, VERSION);
  crypto = gm_json_object (object, json_object_has_member (object, "Crypto") ? "Crypto" : "crypto",
                           error); /* as the first wallets wrote it */
  return crypto != NULL && read_crypto (self, crypto, error) && read_address (self, object, error);
}

GmV3Keystore *
gm_v3_keystore_parse (GBytes *json, GError **error)
{
  g_autoptr (GmV3Keystore) self = g_new0 (GmV3Keystore, 1);
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_V3_KEYSTORE_MAX_BYTES, error);

  if (object == NULL || !read_object (self, object, error))
    {
      g_prefix_error (error, _ ("This file is not a keystore of another wallet: "));
      return NULL;
    }
  return g_steal_pointer (&self);
}

GmV3Keystore *
gm_v3_keystore_load (const char *path, GError **error)
{
  g_autoptr (GBytes) json = gm_durable_read (path, GM_V3_KEYSTORE_MAX_BYTES, error);

  return json != NULL ? gm_v3_keystore_parse (json, error) : NULL;
}

static gboolean
run_scrypt (const GmV3Derivation *self, GmSecret *password, guint8 out[DERIVED_BYTES])
{
  gsize length;
  const guint8 *salt = g_bytes_get_data (self->salt, &length);
  gboolean done = crypto_pwhash_scryptsalsa208sha256_ll (
                      gm_secret_open (password), gm_secret_length (password), salt, length,
                      (guint64) self->n, (guint32) self->r, (guint32) self->p, out,
                      DERIVED_BYTES) == 0;

  gm_secret_close (password);
  return done;
}

static void
run_pbkdf2 (const GmV3Derivation *self, GmSecret *password, guint8 out[DERIVED_BYTES])
{
  gsize length;
  const guint8 *salt = g_bytes_get_data (self->salt, &length);

  pbkdf2_hmac_sha256 (gm_secret_length (password), gm_secret_open (password),
                      (unsigned int) self->rounds, length, salt, DERIVED_BYTES, out);
  gm_secret_close (password);
}

static GmSecret *
derive (const GmV3Derivation *self, GmSecret *password, GError **error)
{
  g_autoptr (GmSecret) derived = gm_secret_new (DERIVED_BYTES);
  guint8 *out = gm_secret_open_to_write (derived);
  gboolean done = TRUE;

  if (self->n > 0)
    done = run_scrypt (self, password, out);
  else
    run_pbkdf2 (self, password, out);
  gm_secret_close (derived);
  sodium_stackzero (STACK_BYTES);
  return done ? g_steal_pointer (&derived)
              : gm_fail_null (error, GM_ERROR_OFFLINE,
                              _ ("There is not enough memory to try the password. Close other "
                                 "programs and try again"));
}

static void
compute_mac (GmSecret *derived, GBytes *ciphertext, GmHash *out)
{
  guint8 input[MAC_KEY_BYTES + KEY_BYTES];
  gsize length;
  const guint8 *data = g_bytes_get_data (ciphertext, &length);

  memcpy (input, gm_secret_open (derived) + DERIVED_BYTES - MAC_KEY_BYTES, MAC_KEY_BYTES);
  gm_secret_close (derived);
  memcpy (input + MAC_KEY_BYTES, data, length);
  gm_keccak256 (input, MAC_KEY_BYTES + length, out);
  sodium_memzero (input, sizeof input);
}

/* Counter mode is its own inverse. */
static void
cipher (GmSecret *derived, const guint8 iv[16], const guint8 *from, guint8 *to, gsize length)
{
  struct aes128_ctx keys;
  guint8 counter[AES_BLOCK_SIZE];

  memcpy (counter, iv, sizeof counter);
  aes128_set_encrypt_key (&keys, gm_secret_open (derived));
  gm_secret_close (derived);
  ctr_crypt (&keys, (nettle_cipher_func *) aes128_encrypt, AES_BLOCK_SIZE, counter, length, to,
             from);
  sodium_memzero (&keys, sizeof keys);
  sodium_stackzero (STACK_BYTES);
}

GmSecret *
gm_v3_keystore_open (const GmV3Keystore *self, GmSecret *password, GError **error)
{
  g_autoptr (GmSecret) derived = derive (&self->derivation, password, error);
  g_autoptr (GmSecret) key = NULL;
  const guint8 *ciphertext;
  gsize length;
  GmAddress address;
  GmHash mac;

  if (derived == NULL)
    return NULL;
  compute_mac (derived, self->ciphertext, &mac);
  if (sodium_memcmp (mac.b, self->mac.b, sizeof mac.b) != 0)
    return gm_fail_null (error, GM_ERROR_DENIED, _ ("That is not the password"));

  key = gm_secret_new (KEY_BYTES);
  ciphertext = g_bytes_get_data (self->ciphertext, &length);
  cipher (derived, self->iv, ciphertext, gm_secret_open_to_write (key) + KEY_BYTES - length,
          length);
  gm_secret_close (key);
  if (!gm_signature_address (key, &address, error))
    return NULL;
  if (self->has_address && !gm_address_equal (&address, &self->address))
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         _ ("The key in this file is of another account than the file says"));
  return g_steal_pointer (&key);
}

static void
set_hex (JsonObject *object, const char *member, const guint8 *data, gsize length)
{
  g_autofree char *hex = gm_hex_encode (data, length);

  json_object_set_string_member (object, member, hex);
}

static void
set_bytes (JsonObject *object, const char *member, GBytes *bytes)
{
  set_hex (object, member, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static JsonObject *
write_crypto (const GmV3Keystore *self)
{
  JsonObject *crypto = json_object_new ();
  JsonObject *cipher_parameters = json_object_new ();
  JsonObject *parameters = json_object_new ();

  set_hex (cipher_parameters, "iv", self->iv, sizeof self->iv);
  json_object_set_int_member (parameters, "dklen", DERIVED_BYTES);
  json_object_set_int_member (parameters, "n", self->derivation.n);
  json_object_set_int_member (parameters, "r", self->derivation.r);
  json_object_set_int_member (parameters, "p", self->derivation.p);
  set_bytes (parameters, "salt", self->derivation.salt);
  json_object_set_string_member (crypto, "cipher", CIPHER);
  json_object_set_object_member (crypto, "cipherparams", cipher_parameters);
  set_bytes (crypto, "ciphertext", self->ciphertext);
  json_object_set_string_member (crypto, "kdf", KDF_SCRYPT);
  json_object_set_object_member (crypto, "kdfparams", parameters);
  set_hex (crypto, "mac", self->mac.b, sizeof self->mac.b);
  return crypto;
}

static GBytes *
write_object (const GmV3Keystore *self)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *id = g_uuid_string_random ();
  char *text;

  json_object_set_int_member (object, "version", VERSION);
  json_object_set_string_member (object, "id", id);
  set_hex (object, "address", self->address.b, sizeof self->address.b);
  json_object_set_object_member (object, "crypto", write_crypto (self));
  node = gm_json_node_take (object);
  text = gm_json_canonical (node, NULL);
  return g_bytes_new_take (text, strlen (text));
}

GBytes *
gm_v3_keystore_seal (GmSecret *key, GmSecret *password, GError **error)
{
  g_autoptr (GmV3Keystore) self = g_new0 (GmV3Keystore, 1);
  g_autoptr (GmSecret) derived = NULL;
  guint8 salt[SALT_BYTES], ciphertext[KEY_BYTES];

  if (gm_secret_length (password) == 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, _ ("The password is empty"));
  if (!gm_signature_address (key, &self->address, error))
    return NULL;

  randombytes_buf (salt, sizeof salt);
  randombytes_buf (self->iv, sizeof self->iv);
  self->derivation = (GmV3Derivation){ .n = SEAL_N, .r = SEAL_R, .p = SEAL_P };
  self->derivation.salt = g_bytes_new (salt, sizeof salt);
  derived = derive (&self->derivation, password, error);
  if (derived == NULL)
    return NULL;
  cipher (derived, self->iv, gm_secret_open (key), ciphertext, sizeof ciphertext);
  gm_secret_close (key);
  self->ciphertext = g_bytes_new (ciphertext, sizeof ciphertext);
  compute_mac (derived, self->ciphertext, &self->mac);
  return write_object (self);
}
