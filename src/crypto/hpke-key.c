/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/hpke-key.h"

#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "crypto/hkdf.h"

#define MODE_BASE 0

/* Section 4: "KEM" ‖ kem_id; section 5.1: "HPKE" ‖ kem_id ‖ kdf_id ‖ aead_id (section 7). */
static const guint8 kem_suite[] = { 'K', 'E', 'M', 0x00, 0x20 };
static const guint8 suite[] = { 'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x03 };

/* LabeledExtract and LabeledExpand (section 4) put this before their input. */
typedef struct
{
  const guint8 *suite;
  gsize suite_length;
  const char *label;
} Label;

#define LABEL(of, text) (&(const Label){ of, sizeof of, text })

static const GmHkdfPart version = { "HPKE-v1", 7 };

static void
extract (const Label *label, const guint8 *salt, GmHkdfPart input, guint8 out[32])
{
  const GmHkdfPart parts[] = {
    version, { label->suite, label->suite_length }, { label->label, strlen (label->label) }, input
  };

  gm_hkdf_extract (salt != NULL ? salt : (const guint8 *) "", salt != NULL ? 32 : 0, parts,
                   G_N_ELEMENTS (parts), out);
}

static void
expand (const Label *label, const guint8 key[32], GmHkdfPart info, guint8 *out, guint8 length)
{
  const guint8 size[] = { 0, length };
  const GmHkdfPart parts[] = { { size, sizeof size },
                               version,
                               { label->suite, label->suite_length },
                               { label->label, strlen (label->label) },
                               info };

  gm_hkdf_expand (key, parts, G_N_ELEMENTS (parts), out, length);
}

/* ExtractAndExpand of section 4.1; kem_context is enc ‖ recipient. */
static void
share_secret (const guint8 dh[32], const GmHash *enc, const GmHash *recipient, guint8 out[32])
{
  const GmHash context[] = { *enc, *recipient };
  guint8 key[32];

  extract (LABEL (kem_suite, "eae_prk"), NULL, (GmHkdfPart){ dh, 32 }, key);
  expand (LABEL (kem_suite, "shared_secret"), key, (GmHkdfPart){ context, sizeof context }, out,
          32);
  sodium_memzero (key, sizeof key);
}

static void
schedule (const guint8 shared[32], GBytes *info, GmHpkeKey *out)
{
  struct
  {
    guint8 mode;
    guint8 psk_id_hash[32];
    guint8 info_hash[32];
  } context = { .mode = MODE_BASE };
  const GmHkdfPart none = { "", 0 };
  const GmHkdfPart all = { &context, sizeof context };
  guint8 secret[32];
  gsize length;
  gconstpointer data = g_bytes_get_data (info, &length);

  extract (LABEL (suite, "psk_id_hash"), NULL, none, context.psk_id_hash);
  extract (LABEL (suite, "info_hash"), NULL, (GmHkdfPart){ data, length }, context.info_hash);
  extract (LABEL (suite, "secret"), shared, none, secret);
  expand (LABEL (suite, "key"), secret, all, out->key, sizeof out->key);
  expand (LABEL (suite, "base_nonce"), secret, all, out->nonce, sizeof out->nonce);
  sodium_memzero (secret, sizeof secret);
}

/* One end has @secret and the other's @public_key; both name enc and the recipient. */
static gboolean
agree (const guint8 secret[32],
       const GmHash *public_key,
       const GmHash *enc,
       const GmHash *recipient,
       GBytes *info,
       GmHpkeKey *out,
       GError **error)
{
  guint8 dh[32], shared[32];
  gboolean agreed = crypto_scalarmult (dh, secret, public_key->b) == 0; /* else all zero: 7.1.4 */

  if (agreed)
    {
      share_secret (dh, enc, recipient, shared);
      schedule (shared, info, out);
    }
  sodium_memzero (dh, sizeof dh);
  sodium_memzero (shared, sizeof shared);
  return agreed || gm_fail (error, GM_ERROR_BAD_DATA, "HPKE: not a usable public key");
}

gboolean
gm_hpke_key_send (const guint8 ephemeral[32],
                  const GmHash *recipient,
                  GBytes *info,
                  GmHpkeKey *out,
                  GError **error)
{
  GmHash enc;

  crypto_scalarmult_base (enc.b, ephemeral);
  return agree (ephemeral, recipient, &enc, recipient, info, out, error);
}

gboolean
gm_hpke_key_receive (const guint8 secret[32],
                     const GmHash *enc,
                     GBytes *info,
                     GmHpkeKey *out,
                     GError **error)
{
  GmHash recipient;

  crypto_scalarmult_base (recipient.b, secret);
  return agree (secret, enc, enc, &recipient, info, out, error);
}
