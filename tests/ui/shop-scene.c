/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop-scene.h"

#include <glib/gstdio.h>

#include "app/store-file.h"
#include "base/bytes.h"
#include "base/hex.h"
#include "evm/address.h"
#include "license-world.h"
#include "licenses/attestation.h"
#include "licenses/license-receipt.h"
#include "store/descriptor.h"

#define PAGE_ROWS 1000

static char *
below (ShopScene *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static GmDescriptor *
describe (const GmWorld *world)
{
  GmDescriptor *descriptor = g_new0 (GmDescriptor, 1);

  descriptor->api_version = GM_DESCRIPTOR_API_VERSION;
  descriptor->name = g_strdup ("Corner Shop");
  descriptor->owner = world->owner->address;
  descriptor->issued_at = WORLD_NOW;
  descriptor->chain_id = WORLD_CHAIN;
  descriptor->issuer = world->issuer->address;
  gm_license_receipt_schema_uid (&descriptor->license_schema);
  descriptor->eas_version = g_strdup (GM_ATTESTATION_EAS_VERSION);
  descriptor->threshold = 2;
  descriptor->gateways = g_strsplit ("http://127.0.0.1:1", " ", 0);
  descriptor->holders = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_key_holder_free);
  for (guint i = 0; i < world->holders->len; i++)
    {
      const GmKeyHolder *holder = world->holders->pdata[i];

      g_ptr_array_add (descriptor->holders,
                       gm_key_holder_new (holder->id, "http://127.0.0.1:1", &holder->hpke_key,
                                          &holder->sign_key));
    }
  return descriptor;
}

static void
fill (const char *cache, GPtrArray *assets)
{
  const GmCatalogCursor cursor = { .epoch = (char *) "0f-aa", .rev = assets->len };
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSql) sql = gm_catalog_db_open (cache, &error);

  g_assert_no_error (error);
  g_assert_true (gm_catalog_db_load_begin (sql, NULL));
  for (guint i = 0; i < assets->len; i++)
    g_assert_true (gm_catalog_db_load_put (sql, assets->pdata[i], NULL));
  g_assert_true (gm_catalog_db_load_finish (sql, &cursor, NULL));
}

char *
shop_scene_pin (const char *folder, const char *origin, char **owner)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmDescriptor) descriptor = describe (world);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = gm_descriptor_sign (descriptor, world->owner, &error);
  g_autofree char *id = gm_descriptor_dup_id (descriptor);
  g_autofree char *name = g_strdup_printf ("cache-%s.db", id);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *media = g_build_filename (folder, "cache", "media", NULL);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (media, 0700), ==, 0);
  gm_store_file_save (data, origin, json, &error);
  g_assert_no_error (error);
  *owner = gm_address_dup_text (&world->owner->address);
  return g_build_filename (folder, "cache", name, NULL);
}

static gboolean
is_open (ShopScene *self)
{
  GmSessionState state;

  g_object_get (self->session, "state", &state, NULL);
  return state == GM_SESSION_OPEN;
}

static ShopScene *
scene_new (GPtrArray *assets, gboolean away, const char *html)
{
  ShopScene *self = g_new0 (ShopScene, 1);
  g_autoptr (GPtrArray) owned = assets;
  g_autofree char *data = NULL;
  g_autofree char *cache = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("gotmusic-shop-XXXXXX", &error);
  g_assert_no_error (error);
  self->asked = g_string_new (NULL);
  self->state = gm_player_state_new ();
  self->settings = gm_settings_new ();
  self->store = feed_store_new ();
  self->store->limit = PAGE_ROWS;
  self->store->html = html;
  self->store->rev = assets != NULL ? assets->len : 0;
  path = shop_scene_pin (self->folder, self->store->origin, &owner);
  gm_settings_set_store (self->settings, self->store->origin, owner);
  if (assets != NULL)
    fill (path, assets);
  if (away)
    g_clear_pointer (&self->store->web, gm_web_server_stop);

  data = below (self, "data");
  cache = below (self, "cache");
  self->session = gm_session_new (data, cache, self->settings, &error);
  g_assert_no_error (error);
  gm_session_open (self->session);
  while (!is_open (self))
    g_main_context_iteration (NULL, TRUE);
  return self;
}

ShopScene *
shop_scene_new (GPtrArray *assets, gboolean away)
{
  return scene_new (assets, away, NULL);
}

ShopScene *
shop_scene_new_html (GPtrArray *assets, const char *html)
{
  return scene_new (assets, FALSE, html);
}

void
shop_scene_free (ShopScene *self)
{
  shop_scene_close (self);
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->state);
  g_object_unref (self->settings);
  feed_store_free (self->store);
  gm_world_remove_folder (self->folder);
  g_string_free (self->asked, TRUE);
  g_free (self->folder);
  g_free (self);
}

char *
shop_scene_put_media (ShopScene *self, const char *kind, const char *ext, GBytes *content)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (content, &length);
  g_autofree char *hex = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  GmHash hash;

  gm_hash_sha256 (bytes, length, &hash);
  hex = gm_hex_encode (hash.b, sizeof hash.b);
  file = g_strdup_printf ("cache/media/%s-%s.%s", kind, hex, ext);
  path = below (self, file);
  g_assert_true (g_file_set_contents (path, (const char *) bytes, (gssize) length, NULL));
  return g_strdup_printf ("%s/%s.%s", kind, hex, ext);
}

static void
on_asked (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ShopScene *self = data;
  g_autofree char *what = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");

  g_string_append_printf (self->asked, "%s %s; ", g_action_get_name (G_ACTION (action)), what);
}

static void
note_actions (ShopScene *self)
{
  static const GActionEntry entries[] = {
    { "preview", on_asked, "s" }, { "play", on_asked, "s" }, { "open-asset", on_asked, "s" },
    { "buy", on_asked, "s" },     { "copy", on_asked, "s" }, { "seek", on_asked, "x" },
    { "seek-by", on_asked, "x" }, { "show", on_asked, "s" }, { "toggle", on_asked },
    { "toast", on_asked, "s" },   { "unlock", on_asked },    { "create-wallet", on_asked },
    { "resume", on_asked, "s" },  { "sign-in", on_asked },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "app", G_ACTION_GROUP (group));
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer drawn)
{
  *(guint *) drawn += 1;
  return G_SOURCE_CONTINUE;
}

/* Twice: what one frame found out is drawn by the next. */
static void
wait_for_frames (ShopScene *self)
{
  guint drawn = 0;
  guint tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), on_frame, &drawn, NULL);

  while (drawn < 3)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), tick);
}

void
shop_scene_settle (ShopScene *self)
{
  GmCatalogModel *catalog = gm_session_get_catalog (self->session);

  while (gm_catalog_model_is_loading (catalog))
    g_main_context_iteration (NULL, TRUE);
  if (self->window != NULL)
    wait_for_frames (self);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
shop_scene_show (ShopScene *self, GtkWidget *page, int width, int height)
{
  g_assert_null (self->window);
  self->window = GTK_WINDOW (gtk_window_new ());
  note_actions (self);
  gtk_window_set_default_size (self->window, width, height);
  gtk_window_set_child (self->window, page);
  gtk_window_present (self->window);
  shop_scene_settle (self);
}

void
shop_scene_close (ShopScene *self)
{
  if (self->window == NULL)
    return;
  gtk_window_destroy (self->window);
  self->window = NULL;
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

char *
shop_scene_take_asked (ShopScene *self)
{
  char *asked = g_strdup (self->asked->str);

  g_string_truncate (self->asked, 0);
  return asked;
}

GtkWidget *
shop_scene_find (GtkWidget *root, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = shop_scene_find (child, type);
  return found;
}

GtkWidget *
shop_scene_find_class (GtkWidget *root, const char *css_class)
{
  GtkWidget *found = gtk_widget_has_css_class (root, css_class) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = shop_scene_find_class (child, css_class);
  return found;
}

gboolean
shop_scene_press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean used = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !used; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &used);
    }
  return used;
}
