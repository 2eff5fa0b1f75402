/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/key-envelope.h"

#include <string.h>

#include "base/error.h"
#include "crypto/hpke.h"
#include "crypto/shamir.h"
#include "licenses/wire.h"

#define CONTENT_KEY_BYTES 32
#define SHARE_BOX_BYTES   (GM_KEY_SHARE_BYTES + GM_HPKE_OVERHEAD)
#define KEY_BOX_BYTES     (CONTENT_KEY_BYTES + GM_HPKE_OVERHEAD)

gboolean
gm_key_holder_id_is_valid (const char *id)
{
  gsize length = strlen (id);

  return length > 0 && length <= GM_KEY_HOLDER_MAX_ID &&
         strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

GmKeyHolder *
gm_key_holder_new (const char *id, const char *url, const GmHash *hpke_key, const GmHash *sign_key)
{
  GmKeyHolder *self = g_new0 (GmKeyHolder, 1);

  self->id = g_strdup (id);
  self->url = g_strdup (url);
  self->hpke_key = *hpke_key;
  self->sign_key = *sign_key;
  return self;
}

void
gm_key_holder_free (GmKeyHolder *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->url);
  g_free (self);
}

static void
sealed_share_free (GmSealedShare *share)
{
  g_free (share->holder.id);
  g_clear_pointer (&share->box, g_bytes_unref);
  g_free (share);
}

static GmKeyEnvelope *
envelope_new (void)
{
  GmKeyEnvelope *self = g_new0 (GmKeyEnvelope, 1);

  self->shares = g_ptr_array_new_with_free_func ((GDestroyNotify) sealed_share_free);
  return self;
}

void
gm_key_envelope_free (GmKeyEnvelope *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->condition, gm_condition_free);
  g_clear_pointer (&self->shares, g_ptr_array_unref);
  g_clear_pointer (&self->recovery_box, g_bytes_unref);
  g_free (self);
}

/* label ‖ JCS; takes @object */
static GBytes *
labelled (const char *label, JsonObject *object)
{
  g_autoptr (GBytes) text = gm_wire_encode (object, NULL);
  GByteArray *info = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (text, &length);

  g_byte_array_append (info, (const guint8 *) label, strlen (label));
  g_byte_array_append (info, data, length);
  return g_byte_array_free_to_bytes (info);
}

static JsonObject *
share_terms_to_json (const GmSealedShare *share)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "index", share->index);
  json_object_set_string_member (object, "holderId", share->holder.id);
  gm_wire_set_hash (object, "holderHpkeKey", &share->holder.hpke_key);
  gm_wire_set_hash (object, "holderSignKey", &share->holder.sign_key);
  gm_wire_set_hash (object, "shareHash", &share->share_hash);
  return object;
}

static GBytes *
share_info (const GmKeyEnvelope *self, const GmSealedShare *share, guint n)
{
  JsonObject *object = share_terms_to_json (share);

  json_object_set_object_member (object, "condition", gm_condition_to_json (self->condition));
  gm_wire_set_hash (object, "assetId", &self->asset_id);
  json_object_set_int_member (object, "t", self->t);
  json_object_set_int_member (object, "n", n);
  return labelled ("gotmusic/envelope/1", object);
}

static GBytes *
recovery_info (const GmKeyEnvelope *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "condition", gm_condition_to_json (self->condition));
  gm_wire_set_hash (object, "assetId", &self->asset_id);
  return labelled ("gotmusic/recovery/1", object);
}

GBytes *
gm_key_envelope_info (const GmKeyEnvelope *self, guint index)
{
  return share_info (self, g_ptr_array_index (self->shares, index - 1), self->shares->len);
}

/* x ‖ y */
static GmSecret *
share_to_secret (const GmShare *share)
{
  GmSecret *secret = gm_secret_new (GM_KEY_SHARE_BYTES);
  guint8 *bytes = gm_secret_open_to_write (secret);

  bytes[0] = share->x;
  memcpy (bytes + 1, gm_secret_open (share->y), CONTENT_KEY_BYTES);
  gm_secret_close (share->y);
  gm_secret_close (secret);
  return secret;
}

static void
hash_share (GmSecret *share, GmHash *out)
{
  gm_hash_blake2b (gm_secret_open (share), gm_secret_length (share), out);
  gm_secret_close (share);
}

static gboolean
seal_share (GmKeyEnvelope *self,
            const GmKeyHolder *holder,
            const GmShare *share,
            guint n,
            GError **error)
{
  GmSealedShare *sealed = g_new0 (GmSealedShare, 1);
  g_autoptr (GmSecret) secret = share_to_secret (share);
  g_autoptr (GBytes) info = NULL;

  g_ptr_array_add (self->shares, sealed);
  sealed->index = share->x;
  sealed->holder = (GmKeyHolder){ .id = g_strdup (holder->id),
                                  .hpke_key = holder->hpke_key,
                                  .sign_key = holder->sign_key };
  hash_share (secret, &sealed->share_hash);
  info = share_info (self, sealed, n);
  sealed->box = gm_hpke_seal (&holder->hpke_key, info, secret, error);
  return sealed->box != NULL;
}

static gboolean
seal_shares (GmKeyEnvelope *self, GmSecret *content_key, GPtrArray *holders, GError **error)
{
  GmShare shares[GM_SHAMIR_MAX_SHARES] = { 0 };
  guint n = holders->len;
  gboolean sealed;

  if (!gm_shamir_split (content_key, self->t, n, shares, error))
    return FALSE;

  sealed = TRUE;
  for (guint i = 0; i < n; i++)
    {
      sealed = sealed && seal_share (self, g_ptr_array_index (holders, i), &shares[i], n, error);
      gm_share_clear (&shares[i]);
    }
  return sealed;
}

static gboolean
check_holders (GPtrArray *holders, guint t, GError **error)
{
  guint n = holders->len;

  if (t < 1 || n > GM_SHAMIR_MAX_SHARES || t > n)
    return gm_fail (error, GM_ERROR_BAD_DATA, "key envelope: %u of %u holders cannot be", t, n);

  for (guint i = 0; i < n; i++)
    {
      const GmKeyHolder *a = g_ptr_array_index (holders, i);

      if (!gm_key_holder_id_is_valid (a->id))
        return gm_fail (error, GM_ERROR_BAD_DATA, "key envelope: “%.64s” is no name of a holder",
                        a->id);
      for (guint k = 0; k < i; k++)
        if (strcmp (a->id, ((GmKeyHolder *) g_ptr_array_index (holders, k))->id) == 0)
          return gm_fail (error, GM_ERROR_BAD_DATA, "key envelope: two holders are called “%s”",
                          a->id);
    }
  return TRUE;
}

GmKeyEnvelope *
gm_key_envelope_seal (GmSecret *content_key,
                      const GmCondition *condition,
                      guint t,
                      GPtrArray *holders,
                      const GmHash *recovery_key,
                      GError **error)
{
  g_autoptr (GmKeyEnvelope) self = envelope_new ();
  g_autoptr (GBytes) info = NULL;

  if (gm_secret_length (content_key) != CONTENT_KEY_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "key envelope: a content key has 32 bytes");
  if (!check_holders (holders, t, error))
    return NULL;

  self->asset_id = condition->asset_id;
  self->condition = gm_condition_copy (condition);
  self->t = t;
  self->recovery_key = *recovery_key;
  info = recovery_info (self);
  self->recovery_box = gm_hpke_seal (recovery_key, info, content_key, error);
  if (self->recovery_box == NULL || !seal_shares (self, content_key, holders, error))
    return NULL;

  return g_steal_pointer (&self);
}

static JsonObject *
envelope_to_json (const GmKeyEnvelope *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *recovery = json_object_new ();
  JsonArray *shares = json_array_new ();

  for (guint i = 0; i < self->shares->len; i++)
    {
      const GmSealedShare *share = g_ptr_array_index (self->shares, i);
      JsonObject *item = share_terms_to_json (share);

      gm_wire_set_bytes (item, "box", share->box);
      json_array_add_object_element (shares, item);
    }
  gm_wire_set_hash (recovery, "key", &self->recovery_key);
  gm_wire_set_bytes (recovery, "box", self->recovery_box);

  json_object_set_int_member (object, "v", 1);
  gm_wire_set_hash (object, "assetId", &self->asset_id);
  json_object_set_object_member (object, "condition", gm_condition_to_json (self->condition));
  json_object_set_int_member (object, "t", self->t);
  json_object_set_int_member (object, "n", self->shares->len);
  json_object_set_array_member (object, "shares", shares);
  json_object_set_object_member (object, "recovery", recovery);
  return object;
}

GBytes *
gm_key_envelope_encode (const GmKeyEnvelope *self, GmHash *hash)
{
  return gm_wire_encode (envelope_to_json (self), hash);
}

static GBytes *
read_box (JsonObject *object, gsize bytes, GError **error)
{
  g_autoptr (GBytes) box = gm_wire_bytes (object, "box", bytes, error);

  if (box != NULL && g_bytes_get_size (box) != bytes)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a sealed box of another size");

  return g_steal_pointer (&box);
}

static gboolean
read_share (GmKeyEnvelope *self, JsonNode *node, guint index, GError **error)
{
  GmSealedShare *share = g_new0 (GmSealedShare, 1);
  JsonObject *object;
  gint64 given;

  g_ptr_array_add (self->shares, share);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return gm_fail (error, GM_ERROR_BAD_DATA, "a share is not an object");

  object = json_node_get_object (node);
  if (!gm_wire_count (object, "index", GM_SHAMIR_MAX_SHARES, &given, error))
    return FALSE;
  if (given != index)
    return gm_fail (error, GM_ERROR_BAD_DATA, "shares are not numbered 1 to n");

  share->index = index;
  share->holder.id = gm_wire_dup_text (object, "holderId", GM_KEY_HOLDER_MAX_ID, error);
  share->box = share->holder.id != NULL ? read_box (object, SHARE_BOX_BYTES, error) : NULL;
  return share->box != NULL &&
         gm_json_hash_member (object, "holderHpkeKey", &share->holder.hpke_key, error) &&
         gm_json_hash_member (object, "holderSignKey", &share->holder.sign_key, error) &&
         gm_json_hash_member (object, "shareHash", &share->share_hash, error);
}

static gboolean
read_shares (GmKeyEnvelope *self, JsonObject *object, GError **error)
{
  JsonArray *shares = gm_json_array (object, "shares", error);
  g_autoptr (GPtrArray) holders = g_ptr_array_new ();
  gint64 t, n;

  if (shares == NULL || !gm_wire_count (object, "t", GM_SHAMIR_MAX_SHARES, &t, error) ||
      !gm_wire_count (object, "n", GM_SHAMIR_MAX_SHARES, &n, error))
    return FALSE;
  if (json_array_get_length (shares) != n)
    return gm_fail (error, GM_ERROR_BAD_DATA, "n is not the number of shares");

  for (guint i = 0; i < n; i++)
    {
      if (!read_share (self, json_array_get_element (shares, i), i + 1, error))
        return FALSE;
      g_ptr_array_add (holders, &((GmSealedShare *) g_ptr_array_index (self->shares, i))->holder);
    }
  self->t = (guint) t;
  return check_holders (holders, self->t, error);
}

static gboolean
read_recovery (GmKeyEnvelope *self, JsonObject *object, GError **error)
{
  JsonObject *recovery = gm_json_object (object, "recovery", error);

  if (recovery == NULL || !gm_json_hash_member (recovery, "key", &self->recovery_key, error))
    return FALSE;

  self->recovery_box = read_box (recovery, KEY_BOX_BYTES, error);
  return self->recovery_box != NULL;
}

static gboolean
read_envelope (GmKeyEnvelope *self, JsonObject *object, GError **error)
{
  g_autoptr (JsonObject) again = NULL;
  JsonObject *condition;

  if (!gm_wire_is_version (object, 1, error) ||
      !gm_json_hash_member (object, "assetId", &self->asset_id, error))
    return FALSE;

  condition = gm_json_object (object, "condition", error);
  self->condition = condition != NULL ? gm_condition_from_json (condition, error) : NULL;
  if (self->condition == NULL || !read_shares (self, object, error) ||
      !read_recovery (self, object, error))
    return FALSE;
  if (!gm_hash_equal (&self->asset_id, &self->condition->asset_id))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the condition is about another asset");

  again = envelope_to_json (self);
  return gm_wire_is_same (object, again, error);
}

GmKeyEnvelope *
gm_key_envelope_from_json (JsonObject *object, GError **error)
{
  g_autoptr (GmKeyEnvelope) self = envelope_new ();

  if (!read_envelope (self, object, error))
    {
      g_prefix_error (error, "key envelope: ");
      return NULL;
    }
  return g_steal_pointer (&self);
}

JsonObject *
gm_key_envelope_to_json (const GmKeyEnvelope *self)
{
  return envelope_to_json (self);
}

GmKeyEnvelope *
gm_key_envelope_parse (GBytes *json, GError **error)
{
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_KEY_ENVELOPE_MAX_BYTES, error);

  return object != NULL ? gm_key_envelope_from_json (object, error) : NULL;
}

gboolean
gm_key_envelope_check_share (const GmKeyEnvelope *self, guint index, GmSecret *share)
{
  const GmSealedShare *sealed = g_ptr_array_index (self->shares, index - 1);
  GmHash hash;
  guint8 x;

  if (gm_secret_length (share) != GM_KEY_SHARE_BYTES)
    return FALSE;

  x = gm_secret_open (share)[0];
  gm_secret_close (share);
  hash_share (share, &hash);
  return x == index && gm_hash_equal (&hash, &sealed->share_hash);
}

GmSecret *
gm_key_envelope_open_share (const GmKeyEnvelope *self,
                            guint index,
                            GmSecret *holder_key,
                            GError **error)
{
  g_autoptr (GBytes) info = NULL;
  g_autoptr (GmSecret) share = NULL;
  const GmSealedShare *sealed;

  if (index < 1 || index > self->shares->len)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "key envelope: there is no share %u", index);

  sealed = g_ptr_array_index (self->shares, index - 1);
  info = gm_key_envelope_info (self, index);
  share = gm_hpke_open (holder_key, info, sealed->box, error);
  if (share == NULL)
    {
      g_prefix_error (error, "share %u of the key envelope: ", index);
      return NULL;
    }
  if (!gm_key_envelope_check_share (self, index, share))
    return gm_fail_null (error, GM_ERROR_DENIED, "share %u is not the one the envelope names",
                         index);

  return g_steal_pointer (&share);
}

GmSecret *
gm_key_envelope_recover (const GmKeyEnvelope *self, GmSecret *recovery_key, GError **error)
{
  g_autoptr (GBytes) info = recovery_info (self);

  return gm_hpke_open (recovery_key, info, self->recovery_box, error);
}
