/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/publish-state.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"

#define FILE_NAME "job.json"
#define MAX_BYTES (256 * 1024)
#define VERSION   1

static const GmField fields[] = {
  GM_FIELD (GmPublication, sha256, "sha256", TEXT, 0),
  GM_FIELD (GmPublication, preview, "preview", TEXT, 0),
  GM_FIELD (GmPublication, preview_start_ms, "previewStartMs", INT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPublication, waveform, "waveform", TEXT, 0),
  GM_FIELD (GmPublication, artwork, "artwork", TEXT, 0),
  GM_FIELD (GmPublication, artwork_large, "artworkLarge", TEXT, 0),
  GM_FIELD (GmPublication, artwork_note, "artworkNote", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPublication, asset_id, "assetId", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPublication, master_cid, "masterCid", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPublication, master_bytes, "masterBytes", INT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPublication, master_header, "masterHeader", BYTES, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPublication, envelope_cid, "envelopeCid", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPublication, manifest_cid, "manifestCid", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPublication, manifest_hash, "manifestHash", TEXT, GM_FIELD_OPTIONAL),
};

/* Its two records of media are members beside these fields. */
static const GmRecordType publication_type = { "publication", sizeof (GmPublication), fields,
                                               G_N_ELEMENTS (fields) };

void
gm_publication_free (GmPublication *publication)
{
  if (publication == NULL)
    return;

  g_clear_pointer (&publication->probe, gm_probe_free);
  g_clear_pointer (&publication->measure, gm_measure_free);
  gm_record_free (&publication_type, publication);
}

static JsonObject *
load_object (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, FILE_NAME, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;

  bytes = g_bytes_new_take (text, length);
  return gm_json_parse_object (bytes, MAX_BYTES, NULL);
}

static gpointer
member_record (JsonObject *object, const char *member, const GmRecordType *type)
{
  JsonObject *value = gm_json_object (object, member, NULL);

  return value != NULL ? gm_record_from_json (type, value, NULL) : NULL;
}

/* What a state needs must be there: a record of another version is no record. */
static gboolean
is_complete (const GmPublication *publication, gint64 state)
{
  if (publication->probe == NULL || publication->measure == NULL || state < GM_PUBLISH_ANALYZED ||
      state > GM_PUBLISH_DONE)
    return FALSE;
  if (state >= GM_PUBLISH_STORED &&
      (publication->asset_id == NULL || publication->master_cid == NULL ||
       publication->envelope_cid == NULL || publication->master_header == NULL ||
       g_bytes_get_size (publication->master_header) != GM_CIPHER_HEADER_BYTES))
    return FALSE;

  return state < GM_PUBLISH_DONE ||
         (publication->manifest_cid != NULL && publication->manifest_hash != NULL);
}

GmPublication *
gm_publish_state_load (const char *directory, GmPublishState *state)
{
  g_autoptr (JsonObject) object = load_object (directory);
  g_autoptr (GmPublication) publication = NULL;
  gint64 version = 0;
  gint64 done = 0;

  if (object == NULL || !gm_json_int (object, "v", &version, NULL) || version != VERSION ||
      !gm_json_int (object, "state", &done, NULL))
    return NULL;

  publication = member_record (object, "publication", &publication_type);
  if (publication == NULL)
    return NULL;
  publication->probe = member_record (object, "probe", &gm_probe_type);
  publication->measure = member_record (object, "measure", &gm_measure_type);
  if (!is_complete (publication, done))
    return NULL;

  *state = (GmPublishState) done;
  return g_steal_pointer (&publication);
}

gboolean
gm_publish_state_save (const char *directory,
                       GmPublishState state,
                       const GmPublication *publication,
                       GError **error)
{
  g_autofree char *path = g_build_filename (directory, FILE_NAME, NULL);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = gm_json_node_take (object);
  g_autofree char *text = NULL;

  json_object_set_int_member (object, "v", VERSION);
  json_object_set_int_member (object, "state", state);
  json_object_set_object_member (object, "publication",
                                 gm_record_to_json (&publication_type, publication));
  json_object_set_object_member (object, "probe",
                                 gm_record_to_json (&gm_probe_type, publication->probe));
  json_object_set_object_member (object, "measure",
                                 gm_record_to_json (&gm_measure_type, publication->measure));
  text = gm_json_canonical (node, error);
  if (text == NULL)
    return FALSE;
  if (!g_file_set_contents_full (path, text, (gssize) strlen (text),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    {
      gm_error_adopt (error);
      return FALSE;
    }

  return TRUE;
}
