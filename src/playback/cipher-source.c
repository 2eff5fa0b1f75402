/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/cipher-source.h"

#include "base/error.h"

#define CODE_FIELD "gm-code" /* of GmErrorCode, in the details of an error message */

struct _GmCipherSource
{
  GstBaseSrc parent;
  char *uri;        /* under the object lock, as track */
  GmTrack *track;   /* whose handle the uri is */
  GmCipher *cipher; /* between start and stop */
};

static void init_uri_handler (gpointer iface, gpointer data);

G_DEFINE_FINAL_TYPE_WITH_CODE (GmCipherSource,
                               gm_cipher_source,
                               GST_TYPE_BASE_SRC,
                               G_IMPLEMENT_INTERFACE (GST_TYPE_URI_HANDLER, init_uri_handler))

static GMutex handles_lock;
static GHashTable *handles; /* uri → GmTrack */

char *
gm_cipher_source_publish (GmTrack *track)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&handles_lock);
  g_autofree char *handle = g_uuid_string_random ();
  char *uri = g_strdup_printf (GM_CIPHER_SOURCE_SCHEME ":%s", handle);

  if (handles == NULL)
    handles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                     (GDestroyNotify) gm_track_unref);
  g_hash_table_insert (handles, g_strdup (uri), gm_track_ref (track));
  return uri;
}

void
gm_cipher_source_withdraw (const char *uri)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&handles_lock);

  if (handles == NULL)
    return;
  g_hash_table_remove (handles, uri);
  if (g_hash_table_size (handles) == 0)
    g_clear_pointer (&handles, g_hash_table_unref);
}

static GmTrack *
ref_track_of (const char *uri)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&handles_lock);
  GmTrack *track = handles != NULL ? g_hash_table_lookup (handles, uri) : NULL;

  return track != NULL ? gm_track_ref (track) : NULL;
}

static void
post_error (GmCipherSource *self, const GError *error)
{
  GST_ELEMENT_ERROR_WITH_DETAILS (self, STREAM, DECRYPT, ("%s", error->message), (NULL),
                                  (CODE_FIELD, G_TYPE_INT, error->code, NULL));
}

GError *
gm_cipher_source_parse_error (GstMessage *message)
{
  const GstStructure *details = NULL;
  g_autoptr (GError) error = NULL;
  int code;

  gst_message_parse_error_details (message, &details);
  if (details == NULL || !gst_structure_get_int (details, CODE_FIELD, &code))
    return NULL;

  gst_message_parse_error (message, &error, NULL);
  return g_error_new_literal (GM_ERROR, code, error->message);
}

static gboolean
start (GstBaseSrc *base)
{
  GmCipherSource *self = GM_CIPHER_SOURCE (base);
  g_autoptr (GError) error = NULL;

  if (self->track == NULL)
    gm_error_set (&error, GM_ERROR_BUG, "no track to read from");
  else
    self->cipher = gm_track_open (self->track, &error);
  if (self->cipher == NULL)
    post_error (self, error);
  return self->cipher != NULL;
}

static gboolean
stop (GstBaseSrc *base)
{
  g_clear_pointer (&GM_CIPHER_SOURCE (base)->cipher, gm_cipher_free);
  return TRUE;
}

static gboolean
get_size (GstBaseSrc *base, guint64 *size)
{
  GmCipherSource *self = GM_CIPHER_SOURCE (base);

  if (self->cipher == NULL)
    return FALSE;

  *size = gm_cipher_length (self->cipher);
  return TRUE;
}

static gboolean
is_seekable (GstBaseSrc *base)
{
  return TRUE;
}

static GstFlowReturn
fill (GstBaseSrc *base, guint64 offset, guint length, GstBuffer *buffer)
{
  GmCipherSource *self = GM_CIPHER_SOURCE (base);
  g_autoptr (GError) error = NULL;
  GstMapInfo map;
  gssize n;

  if (!gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    return GST_FLOW_ERROR;
  n = gm_cipher_read (self->cipher, offset, map.data, length, &error);
  gst_buffer_unmap (buffer, &map);

  if (n < 0)
    {
      post_error (self, error);
      return GST_FLOW_ERROR;
    }
  if (n == 0)
    return GST_FLOW_EOS;

  gst_buffer_set_size (buffer, n);
  GST_BUFFER_OFFSET (buffer) = offset;
  GST_BUFFER_OFFSET_END (buffer) = offset + (guint64) n;
  return GST_FLOW_OK;
}

static GstURIType
get_uri_type (GType type)
{
  return GST_URI_SRC;
}

static const char *const *
get_protocols (GType type)
{
  static const char *const protocols[] = { GM_CIPHER_SOURCE_SCHEME, NULL };

  return protocols;
}

static char *
get_uri (GstURIHandler *handler)
{
  GmCipherSource *self = GM_CIPHER_SOURCE (handler);
  char *uri;

  GST_OBJECT_LOCK (self);
  uri = g_strdup (self->uri);
  GST_OBJECT_UNLOCK (self);
  return uri;
}

static gboolean
set_uri (GstURIHandler *handler, const char *uri, GError **error)
{
  GmCipherSource *self = GM_CIPHER_SOURCE (handler);
  GmTrack *track = ref_track_of (uri);

  if (track == NULL)
    {
      g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_REFERENCE,
                   "%s is not a handle of this process", uri);
      return FALSE;
    }

  GST_OBJECT_LOCK (self);
  g_clear_pointer (&self->track, gm_track_unref);
  self->track = track;
  g_free (self->uri);
  self->uri = g_strdup (uri);
  GST_OBJECT_UNLOCK (self);
  return TRUE;
}

static void
init_uri_handler (gpointer iface, gpointer data)
{
  GstURIHandlerInterface *handler = iface;

  handler->get_type = get_uri_type;
  handler->get_protocols = get_protocols;
  handler->get_uri = get_uri;
  handler->set_uri = set_uri;
}

static void
finalize (GObject *object)
{
  GmCipherSource *self = GM_CIPHER_SOURCE (object);

  g_free (self->uri);
  gm_track_unref (self->track);
  G_OBJECT_CLASS (gm_cipher_source_parent_class)->finalize (object);
}

static void
gm_cipher_source_class_init (GmCipherSourceClass *klass)
{
  static GstStaticPadTemplate template = GST_STATIC_PAD_TEMPLATE (
      "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
  GstElementClass *element = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  gst_element_class_add_static_pad_template (element, &template);
  gst_element_class_set_static_metadata (element, "Encrypted master", "Source/File",
                                         "Reads GMA1, decrypting in memory",
                                         "The GotMusic developers");
  base->start = start;
  base->stop = stop;
  base->get_size = get_size;
  base->is_seekable = is_seekable;
  base->fill = fill;
}

static void
gm_cipher_source_init (GmCipherSource *self)
{
  /* Whole chunks, so that each is decrypted straight into its buffer. */
  gst_base_src_set_blocksize (GST_BASE_SRC (self), GM_CIPHER_CHUNK_BYTES);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_BYTES);
}

void
gm_cipher_source_register (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;

  if (!gst_element_register (NULL, "gmciphersource", GST_RANK_PRIMARY, GM_TYPE_CIPHER_SOURCE))
    g_error ("GStreamer takes no element of ours");
  g_once_init_leave (&once, 1);
}
