/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/manifest.h"

#include <string.h>

#include "base/error.h"
#include "evm/abi.h"
#include "licenses/wire.h"

#define MAX_TEXT 256

static void
file_free (GmManifestFile *file)
{
  g_free (file->role);
  g_free (file->mime);
  g_free (file);
}

GmManifest *
gm_manifest_new (void)
{
  GmManifest *self = g_new0 (GmManifest, 1);

  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  return self;
}

void
gm_manifest_free (GmManifest *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->preview);
  g_free (self->artwork);
  g_free (self);
}

void
gm_manifest_add_file (GmManifest *self,
                      const char *role,
                      const char *mime,
                      const GmCid *cid,
                      gint64 bytes,
                      const GmCipherHeader *header)
{
  GmManifestFile *file = g_new0 (GmManifestFile, 1);

  file->role = g_strdup (role);
  file->mime = g_strdup (mime);
  file->cid = *cid;
  file->bytes = bytes;
  file->header = *header;
  g_ptr_array_add (self->files, file);
}

const GmManifestFile *
gm_manifest_find (const GmManifest *self, const char *role)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const GmManifestFile *file = g_ptr_array_index (self->files, i);

      if (strcmp (file->role, role) == 0)
        return file;
    }
  return NULL;
}

static JsonObject *
file_to_json (const GmManifestFile *file)
{
  JsonObject *object = json_object_new ();
  g_autofree char *cid = gm_cid_dup_text (&file->cid);
  g_autoptr (GBytes) header = g_bytes_new (file->header.b, sizeof file->header.b);

  json_object_set_string_member (object, "role", file->role);
  json_object_set_string_member (object, "mime", file->mime);
  json_object_set_string_member (object, "cid", cid);
  json_object_set_int_member (object, "bytes", file->bytes);
  gm_wire_set_bytes (object, "gmaHeader", header);
  return object;
}

static JsonObject *
manifest_to_json (const GmManifest *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *files = json_array_new ();

  for (guint i = 0; i < self->files->len; i++)
    json_array_add_object_element (files, file_to_json (g_ptr_array_index (self->files, i)));

  json_object_set_int_member (object, "v", 1);
  json_object_set_int_member (object, "chainId", (gint64) self->chain_id);
  gm_wire_set_address (object, "marketplace", &self->marketplace);
  gm_wire_set_hash (object, "assetId", &self->asset_id);
  gm_wire_set_address (object, "seller", &self->seller);
  json_object_set_array_member (object, "files", files);
  if (self->preview != NULL)
    json_object_set_string_member (object, "preview", self->preview);
  else
    json_object_set_null_member (object, "preview");
  if (self->artwork != NULL)
    json_object_set_string_member (object, "artwork", self->artwork);
  else
    json_object_set_null_member (object, "artwork");
  gm_wire_set_hash (object, "licenseHash", &self->license_hash);
  return object;
}

GBytes *
gm_manifest_encode (const GmManifest *self, GmHash *hash)
{
  return gm_wire_encode (manifest_to_json (self), hash);
}

static gboolean
read_header (JsonObject *object, GmCipherHeader *out, GError **error)
{
  g_autoptr (GBytes) header = gm_wire_bytes (object, "gmaHeader", sizeof out->b, error);

  if (header == NULL)
    return FALSE;
  if (g_bytes_get_size (header) != sizeof out->b)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a gmaHeader has %d bytes", GM_CIPHER_HEADER_BYTES);

  memcpy (out->b, g_bytes_get_data (header, NULL), sizeof out->b);
  return TRUE;
}

static gboolean
read_file (GmManifest *self, JsonNode *node, GError **error)
{
  const gint64 most = (gint64) gm_cipher_stored_size (GM_CIPHER_MAX_BYTES);
  GmManifestFile *file = g_new0 (GmManifestFile, 1);
  JsonObject *object;
  const char *cid;

  g_ptr_array_add (self->files, file);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return gm_fail (error, GM_ERROR_BAD_DATA, "a file is not an object");

  object = json_node_get_object (node);
  cid = gm_json_text (object, "cid", error);
  if (cid == NULL || !gm_cid_parse (cid, &file->cid, error))
    return FALSE;

  file->role = gm_wire_dup_text (object, "role", MAX_TEXT, error);
  file->mime = file->role != NULL ? gm_wire_dup_text (object, "mime", MAX_TEXT, error) : NULL;
  return file->mime != NULL && gm_wire_count (object, "bytes", most, &file->bytes, error) &&
         read_header (object, &file->header, error);
}

static gboolean
read_files (GmManifest *self, JsonObject *object, GError **error)
{
  JsonArray *files = gm_json_array (object, "files", error);

  if (files == NULL)
    return FALSE;
  if (json_array_get_length (files) > GM_MANIFEST_MAX_FILES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "more than %d files", GM_MANIFEST_MAX_FILES);

  for (guint i = 0; i < json_array_get_length (files); i++)
    if (!read_file (self, json_array_get_element (files, i), error))
      return FALSE;

  return TRUE;
}

/* null or text */
static gboolean
read_name (JsonObject *object, const char *member, char **out, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  *out = gm_wire_dup_text (object, member, MAX_TEXT, error);
  return *out != NULL;
}

static gboolean
read_manifest (GmManifest *self, JsonObject *object, GError **error)
{
  g_autoptr (JsonObject) again = NULL;

  if (!gm_wire_is_version (object, 1, error) ||
      !gm_wire_chain_id (object, "chainId", &self->chain_id, error) ||
      !gm_wire_address (object, "marketplace", &self->marketplace, error) ||
      !gm_json_hash_member (object, "assetId", &self->asset_id, error) ||
      !gm_wire_address (object, "seller", &self->seller, error) ||
      !read_files (self, object, error) || !read_name (object, "preview", &self->preview, error) ||
      !read_name (object, "artwork", &self->artwork, error) ||
      !gm_json_hash_member (object, "licenseHash", &self->license_hash, error))
    return FALSE;

  again = manifest_to_json (self);
  return gm_wire_is_same (object, again, error);
}

GmManifest *
gm_manifest_parse (GBytes *json, GError **error)
{
  g_autoptr (JsonObject) object = gm_json_parse_object (json, GM_MANIFEST_MAX_BYTES, error);
  g_autoptr (GmManifest) self = gm_manifest_new ();

  if (object == NULL || !read_manifest (self, object, error))
    {
      g_prefix_error (error, "manifest: ");
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
gm_manifest_asset_id (guint64 chain_id,
                      const GmAddress *marketplace,
                      const GmAddress *seller,
                      const GmHash *salt,
                      GmHash *out)
{
  g_autoptr (GmAbi) fields = gm_abi_new ();

  gm_abi_add_text (fields, "gm-asset-1");
  gm_abi_add_uint (fields, 64, chain_id);
  gm_abi_add_address (fields, marketplace);
  gm_abi_add_address (fields, seller);
  gm_abi_add_hash (fields, salt);
  gm_abi_hash (fields, out);
}
