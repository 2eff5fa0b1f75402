/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/key-answer.h"

#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "crypto/hpke.h"
#include "crypto/shamir.h"
#include "licenses/key-envelope.h"
#include "licenses/wire.h"

#define SHARE_LABEL  "gotmusic/share/1"
#define ANSWER_LABEL "gotmusic/answer/1"
#define BOX_BYTES    (GM_KEY_SHARE_BYTES + GM_HPKE_OVERHEAD)

void
gm_key_answer_free (GmKeyAnswer *self)
{
  if (self == NULL)
    return;

  g_free (self->holder_id);
  g_clear_pointer (&self->box, g_bytes_unref);
  g_free (self);
}

static GBytes *
box_info (const GmKeyAnswer *self)
{
  GByteArray *info = g_byte_array_new ();
  guint8 index = (guint8) self->index;

  g_byte_array_append (info, (const guint8 *) SHARE_LABEL, strlen (SHARE_LABEL));
  g_byte_array_append (info, self->request_hash.b, sizeof self->request_hash.b);
  g_byte_array_append (info, (const guint8 *) self->holder_id, strlen (self->holder_id));
  g_byte_array_append (info, &index, 1);
  return g_byte_array_free_to_bytes (info);
}

gboolean
gm_key_answer_seal (GmKeyAnswer *self, const GmHash *response_key, GmSecret *share, GError **error)
{
  g_autoptr (GBytes) info = box_info (self);
  GBytes *box = gm_hpke_seal (response_key, info, share, error);

  if (box == NULL)
    return FALSE;

  g_clear_pointer (&self->box, g_bytes_unref);
  self->box = box;
  return TRUE;
}

GmSecret *
gm_key_answer_open (const GmKeyAnswer *self, GmSecret *response_secret, GError **error)
{
  g_autoptr (GBytes) info = box_info (self);

  return gm_hpke_open (response_secret, info, self->box, error);
}

static JsonObject *
unsigned_to_json (const GmKeyAnswer *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "v", 1);
  gm_wire_set_hash (object, "requestHash", &self->request_hash);
  json_object_set_string_member (object, "holderId", self->holder_id);
  json_object_set_int_member (object, "index", self->index);
  gm_wire_set_hash (object, "assetId", &self->asset_id);
  gm_wire_set_hash (object, "orderId", &self->order_id);
  gm_wire_set_hash (object, "uid", &self->uid);
  json_object_set_int_member (object, "time", self->time);
  gm_wire_set_bytes (object, "box", self->box);
  return object;
}

GBytes *
gm_key_answer_signed_bytes (const GmKeyAnswer *self)
{
  g_autoptr (GBytes) text = gm_wire_encode (unsigned_to_json (self), NULL);
  GByteArray *message = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (text, &length);

  g_byte_array_append (message, (const guint8 *) ANSWER_LABEL, strlen (ANSWER_LABEL));
  g_byte_array_append (message, data, length);
  return g_byte_array_free_to_bytes (message);
}

gboolean
gm_key_answer_verify (const GmKeyAnswer *self, const GmHash *sign_key, GError **error)
{
  g_autoptr (GBytes) message = gm_key_answer_signed_bytes (self);
  gsize length;
  const guint8 *data = g_bytes_get_data (message, &length);

  if (crypto_sign_verify_detached (self->signature, data, length, sign_key->b) != 0)
    return gm_fail (error, GM_ERROR_DENIED, "the answer is not signed by holder “%s”",
                    self->holder_id);

  return TRUE;
}

JsonObject *
gm_key_answer_to_json (const GmKeyAnswer *self)
{
  JsonObject *object = unsigned_to_json (self);
  g_autoptr (GBytes) signature = g_bytes_new (self->signature, sizeof self->signature);

  gm_wire_set_bytes (object, "signature", signature);
  return object;
}

static gboolean
read_boxes (GmKeyAnswer *self, JsonObject *object, GError **error)
{
  g_autoptr (GBytes) signature = gm_wire_bytes (object, "signature", sizeof self->signature, error);

  if (signature == NULL)
    return FALSE;

  self->box = gm_wire_bytes (object, "box", BOX_BYTES, error);
  if (self->box == NULL)
    return FALSE;
  if (g_bytes_get_size (signature) != sizeof self->signature ||
      g_bytes_get_size (self->box) != BOX_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a box or signature of another size");

  memcpy (self->signature, g_bytes_get_data (signature, NULL), sizeof self->signature);
  return TRUE;
}

static gboolean
read_answer (GmKeyAnswer *self, JsonObject *object, GError **error)
{
  g_autoptr (JsonObject) again = NULL;
  gint64 index;

  self->holder_id = gm_wire_dup_text (object, "holderId", GM_KEY_HOLDER_MAX_ID, error);
  if (self->holder_id == NULL || !gm_wire_is_version (object, 1, error) ||
      !gm_json_hash_member (object, "requestHash", &self->request_hash, error) ||
      !gm_wire_count (object, "index", GM_SHAMIR_MAX_SHARES, &index, error) ||
      !gm_json_hash_member (object, "assetId", &self->asset_id, error) ||
      !gm_json_hash_member (object, "orderId", &self->order_id, error) ||
      !gm_json_hash_member (object, "uid", &self->uid, error) ||
      !gm_wire_count (object, "time", GM_WIRE_MAX_INT, &self->time, error) ||
      !read_boxes (self, object, error))
    return FALSE;

  self->index = (guint) index;
  again = gm_key_answer_to_json (self);
  return gm_wire_is_same (object, again, error);
}

GmKeyAnswer *
gm_key_answer_parse (GBytes *json, GError **error)
{
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_KEY_ANSWER_MAX_BYTES, error);
  g_autoptr (GmKeyAnswer) self = g_new0 (GmKeyAnswer, 1);

  if (object == NULL || !read_answer (self, object, error))
    {
      g_prefix_error (error, "answer of a key holder: ");
      return NULL;
    }
  return g_steal_pointer (&self);
}
