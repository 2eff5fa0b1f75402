/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/signature.h"

#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "evm/address.h"
#include "evm/keccak.h"

#define KEY_BYTES   32
#define RS_BYTES    64
#define V_BASE      27 /* the recovery id starts at 27 (Yellow Paper, appendix on signing) */
#define POINT_BYTES 65 /* uncompressed: 4 ‖ x ‖ y */

/* Randomized once against side channels; after that it is only read, from any thread. */
static gpointer
create_context (gpointer unused)
{
  g_autoptr (GmSecret) seed = gm_secret_new_random (32);
  secp256k1_context *context = secp256k1_context_create (SECP256K1_CONTEXT_NONE);
  int randomized = secp256k1_context_randomize (context, gm_secret_open (seed));

  gm_secret_close (seed);
  g_assert (randomized == 1);
  return context;
}

static const secp256k1_context *
get_context (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, create_context, NULL);
}

static void
address_of_point (const secp256k1_pubkey *key, GmAddress *out)
{
  guint8 point[POINT_BYTES];
  size_t length = sizeof point;

  secp256k1_ec_pubkey_serialize (get_context (), point, &length, key, SECP256K1_EC_UNCOMPRESSED);
  gm_address_from_public_key (point + 1, out);
}

static gboolean
check_length (GmSecret *key, GError **error)
{
  return gm_secret_length (key) == KEY_BYTES ||
         gm_fail (error, GM_ERROR_BAD_DATA, "a private key has %d bytes", KEY_BYTES);
}

static gboolean
bad_key (GError **error)
{
  return gm_fail (error, GM_ERROR_BAD_DATA, "the private key is zero or above the group order");
}

gboolean
gm_signature_sign (GmSecret *key, const GmHash *digest, GmSignature *out, GError **error)
{
  const secp256k1_context *context = get_context ();
  secp256k1_ecdsa_recoverable_signature signature;
  guint8 rs[RS_BYTES];
  int made, recovery_id;

  if (!check_length (key, error))
    return FALSE;

  /* without a nonce function: RFC 6979, and s comes out low */
  made = secp256k1_ecdsa_sign_recoverable (context, &signature, digest->b, gm_secret_open (key),
                                           NULL, NULL);
  gm_secret_close (key);
  if (!made)
    return bad_key (error);

  secp256k1_ecdsa_recoverable_signature_serialize_compact (context, rs, &recovery_id, &signature);
  if (recovery_id > 1) /* r above the group order, once in 2^127: v has no number for it */
    return gm_fail (error, GM_ERROR_BUG, "this text cannot be signed with this key");

  memcpy (out->b, rs, RS_BYTES);
  out->b[RS_BYTES] = (guint8) (V_BASE + recovery_id);
  return TRUE;
}

gboolean
gm_signature_address (GmSecret *key, GmAddress *out, GError **error)
{
  secp256k1_pubkey point;
  int made;

  if (!check_length (key, error))
    return FALSE;

  made = secp256k1_ec_pubkey_create (get_context (), &point, gm_secret_open (key));
  gm_secret_close (key);
  if (!made)
    return bad_key (error);

  address_of_point (&point, out);
  return TRUE;
}

static gboolean
check_low (const GmSignature *signature, GError **error)
{
  secp256k1_ecdsa_signature plain;

  if (!secp256k1_ecdsa_signature_parse_compact (get_context (), &plain, signature->b))
    return gm_fail (error, GM_ERROR_DENIED, "signature: r or s is above the group order");

  return !secp256k1_ecdsa_signature_normalize (get_context (), NULL, &plain) ||
         gm_fail (error, GM_ERROR_DENIED, "signature: s is high (EIP-2)");
}

gboolean
gm_signature_recover (const GmSignature *signature,
                      const GmHash *digest,
                      GmAddress *out,
                      GError **error)
{
  const secp256k1_context *context = get_context ();
  secp256k1_ecdsa_recoverable_signature recoverable;
  int recovery_id = signature->b[RS_BYTES] - V_BASE;
  secp256k1_pubkey point;

  if (recovery_id != 0 && recovery_id != 1)
    return gm_fail (error, GM_ERROR_DENIED, "signature: v is %d, not 27 or 28",
                    signature->b[RS_BYTES]);
  if (!check_low (signature, error))
    return FALSE;
  if (!secp256k1_ecdsa_recoverable_signature_parse_compact (context, &recoverable, signature->b,
                                                            recovery_id) ||
      !secp256k1_ecdsa_recover (context, &point, &recoverable, digest->b))
    return gm_fail (error, GM_ERROR_DENIED, "signature: no public key fits");

  address_of_point (&point, out);
  return TRUE;
}

gboolean
gm_signature_verify (const GmSignature *signature,
                     const GmHash *digest,
                     const GmAddress *signer,
                     GError **error)
{
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  GmAddress actual;

  if (!gm_signature_recover (signature, digest, &actual, error))
    return FALSE;
  if (gm_address_equal (&actual, signer))
    return TRUE;

  expected = gm_address_dup_text (signer);
  found = gm_address_dup_text (&actual);
  return gm_fail (error, GM_ERROR_DENIED, "signature: by %s, expected from %s", found, expected);
}

gboolean
gm_signature_parse (const char *hex, GmSignature *out, GError **error)
{
  GmSignature signature;

  if (!gm_hex_decode (hex, signature.b, sizeof signature.b, error))
    {
      g_prefix_error (error, "signature: ");
      return FALSE;
    }
  if (signature.b[RS_BYTES] != V_BASE && signature.b[RS_BYTES] != V_BASE + 1)
    return gm_fail (error, GM_ERROR_BAD_DATA, "signature: v is %d, not 27 or 28",
                    signature.b[RS_BYTES]);

  *out = signature;
  return TRUE;
}

char *
gm_signature_dup_hex (const GmSignature *signature)
{
  return gm_hex_encode_0x (signature->b, sizeof signature->b);
}

void
gm_signature_personal_digest (const char *text, GmHash *out)
{
  g_autofree char *wrapped = g_strdup_printf ("\x19"
                                              "Ethereum Signed Message:\n%" G_GSIZE_FORMAT "%s",
                                              strlen (text), text);

  gm_keccak256_text (wrapped, out);
}
