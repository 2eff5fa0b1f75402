/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "admin-scene.h"
#include "license-world.h"
#include "tests/media/sounds.h"
#include "ui/admin/upload-page.h"

/* One store for all of these. */
static AdminScene *scene;

static void
open_page (void)
{
  admin_scene_show (scene, gm_upload_page_new (scene->customer->session));
}

static GFile *
make_music (const char *name, const char *title)
{
  g_autofree char *path = g_build_filename (scene->folder, name, NULL);
  g_autofree char *tags = g_strdup_printf ("title=%s,artist=Boreas", title);

  gm_sound_write (
      path, &(GmSound){ .format = "flac", .tags = tags, .seconds = 3, .shape = gm_sound_noise });
  return g_file_new_for_path (path);
}

static void
add (GFile *file)
{
  gm_upload_page_add (GM_UPLOAD_PAGE (scene->page), file);
}

static void
wait_ready (void)
{
  admin_wait_text (scene->page, "Ready. Check what buyers will read, then publish.");
  admin_wait_pressable (scene->page, "_Publish"); /* it slides in */
}

static void
test_ready (void)
{
  g_autoptr (GFile) file = make_music ("gale.flac", "Gale");

  open_page ();
  g_assert_nonnull (buyer_find (scene->page, GTK_TYPE_LABEL, "Drop or Paste Music Here"));
  ui_assert_named (scene->window);
  add (file);
  wait_ready ();
  g_assert_nonnull (buyer_find (scene->page, GTK_TYPE_LABEL, "gale.flac"));
  g_assert_cmpstr (admin_read (scene->page, "Title"), ==, "Gale");
  g_assert_cmpstr (admin_read (scene->page, "Artist"), ==, "Boreas");
  ui_assert_named (scene->window);
  admin_scene_close (scene);
}

static void
test_wrong (void)
{
  g_autoptr (GFile) file = make_music ("haze.flac", "Haze");

  open_page ();
  add (file);
  wait_ready ();
  admin_type (scene->page, "Price", "a lot");
  ui_settle ();
  g_assert_nonnull (buyer_find (scene->page, GTK_TYPE_LABEL,
                                "Price: Write an amount such as 12.50, or 0 for free"));
  g_assert_false (buyer_may_press (scene->page, "_Publish"));
  g_assert_false (buyer_may_press (scene->page, "_Save, Publish Later"));
  admin_type (scene->page, "Price", "2.50");
  ui_settle ();
  g_assert_true (buyer_may_press (scene->page, "_Publish"));
  buyer_press (scene->page, "_Save, Publish Later");
  admin_wait_text (scene->page, "Saved. Publish it here, or later under Assets.");
  admin_scene_close (scene);
}

typedef struct
{
  GListModel *catalog;
  const char *title;
} Offer;

static gboolean
is_offered (gpointer data)
{
  const Offer *offer = data;
  const guint n = g_list_model_get_n_items (offer->catalog);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmAssetItem) item = g_list_model_get_item (offer->catalog, i);

      if (g_str_equal (gm_asset_item_get_asset (item)->title, offer->title))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_folded (gpointer page)
{
  return buyer_find (page, GTK_TYPE_BUTTON, "_Publish") == NULL;
}

/* Another person, with a session of their own. */
static void
test_published (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-buyer-XXXXXX", NULL);
  g_autoptr (Customer) buyer = customer_new (folder, scene->market->origin);
  Offer offer = { G_LIST_MODEL (gm_session_get_catalog (buyer->session)), "Sleet" };
  g_autoptr (GFile) file = make_music ("sleet.flac", "Sleet");
  gint64 began;
  gint64 took;

  open_page ();
  add (file);
  wait_ready ();
  g_assert_false (is_offered (&offer));
  began = g_get_monotonic_time ();
  buyer_press (scene->page, "_Publish");
  customer_wait (is_offered, &offer);
  took = g_get_monotonic_time () - began;
  g_test_message ("at the buyer after %.3f s", (double) took / G_USEC_PER_SEC);
  g_assert_cmpint (took, <, G_USEC_PER_SEC);
  admin_wait_text (scene->page, "Published");
  g_assert_true (buyer_may_press (scene->page, "Show it as buyers see it"));
  customer_wait (is_folded, scene->page);
  admin_scene_close (scene);
  gm_world_remove_folder (folder);
}

static void
test_no_music (void)
{
  g_autofree char *path = g_build_filename (scene->folder, "letter.flac", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "Dear all,", -1, NULL));
  open_page ();
  add (file);
  admin_wait_pressable (scene->page, "Try again");
  g_assert_nonnull (
      buyer_find (scene->page, GTK_TYPE_LABEL,
                  "This Cannot Be Read. This is not a sound file (WAV, AIFF, FLAC, MP3, Ogg, Opus "
                  "or M4A)."));
  buyer_press (scene->page, "Take off this list");
  g_assert_nonnull (buyer_find (scene->page, GTK_TYPE_LABEL, "Drop or Paste Music Here"));
  admin_scene_close (scene);
}

static gboolean
has_row (gpointer page)
{
  return buyer_find (page, GTK_TYPE_LABEL, "pasted.flac") != NULL;
}

static void
test_paste (void)
{
  g_autoptr (GFile) file = make_music ("pasted.flac", "Pasted");
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_typed (G_TYPE_FILE, file);
  g_autofree char *asked = NULL;
  GdkClipboard *clipboard;

  open_page ();
  clipboard = gtk_widget_get_clipboard (scene->page);
  gdk_clipboard_set_text (clipboard, "no file");
  g_assert_true (gtk_widget_activate_action (scene->page, "uploads.paste", NULL));
  asked = buyer_take_asked (scene->window);
  g_assert_cmpstr (asked, ==, "toast There are no files to paste. Copy some in the file manager; ");
  gdk_clipboard_set_content (clipboard, content);
  g_assert_true (gtk_widget_activate_action (scene->page, "uploads.paste", NULL));
  customer_wait (has_row, scene->page);
  wait_ready ();
  admin_scene_close (scene);
}

static void
test_store_away (void)
{
  g_autoptr (GFile) file = make_music ("fog.flac", "Fog");

  open_page ();
  add (file);
  wait_ready ();
  admin_type (scene->page, "Price", "1.75");
  market_stop (scene->market);
  buyer_press (scene->page, "_Publish");
  admin_wait_pressable (scene->page, "Try again");
  g_assert_cmpstr (admin_read (scene->page, "Price"), ==, "1.75");
  market_start (scene->market);
  buyer_press (scene->page, "_Publish"); /* what was typed is still there */
  admin_wait_text (scene->page, "Published");
  admin_scene_close (scene);
}

int
main (int argc, char **argv)
{
  int status;

  ui_scene_init (&argc, &argv);
  scene = admin_scene_new ();
  g_test_add_func ("/upload-page/a-file-becomes-ready-with-what-its-tags-say", test_ready);
  g_test_add_func ("/upload-page/nothing-wrong-is-saved", test_wrong);
  g_test_add_func ("/upload-page/what-is-published-is-at-the-buyer", test_published);
  g_test_add_func ("/upload-page/no-music-is-told", test_no_music);
  g_test_add_func ("/upload-page/copied-files-are-pasted", test_paste);
  g_test_add_func ("/upload-page/what-was-typed-survives-a-store-that-is-away", test_store_away);
  status = g_test_run ();
  admin_scene_free (scene);
  return status;
}
