/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/sign-dialog.h"
#include "ui/common/compat.h"
#include "ui/common/page-pile.h"
#include "ui/common/place-bar.h"
#include "ui/common/player-bar.h"
#include "ui/common/sidebar.h"
#include "ui/common/state-page.h"
#include "ui/common/store-gate.h"
#include "ui/places.h"
#include "ui/window-header.h"
#include "ui/window-keys.h"

#define MIN_WIDTH  360
#define MIN_HEIGHT 294

enum
{
  PROP_PLACE = 1,
  PROP_NARROW,
  PROP_SIDEBAR,
  N_PROPS,
};

struct _GmWindow
{
  AdwApplicationWindow parent;
  GmSession *session; /* (nullable) as are the widgets below, before set_session() */
  GmJukebox *jukebox;
  char *place; /* (nullable) */
  gboolean narrow;
  gboolean sidebar;
  GmStatePage *frame;
  AdwToastOverlay *toasts;
  GtkStack *places; /* made when they are first shown */
  GmPagePile *pile;
};

G_DEFINE_FINAL_TYPE (GmWindow, gm_window, ADW_TYPE_APPLICATION_WINDOW)

static GParamSpec *properties[N_PROPS];
static guint retry_signal;

/* Places and pages */

static GtkWidget *
ensure_place (GmWindow *self, const GmPlace *place)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->places, place->id);

  if (page != NULL || place->make == NULL)
    return page;
  page = place->make (self->session, gm_jukebox_get_state (self->jukebox));
  if (place->needs_store)
    page = gm_store_gate_new (self->session, page);
  gtk_stack_add_named (self->places, page, place->id);
  return page;
}

void
gm_window_show (GmWindow *self, const char *id)
{
  const GmPlace *place = gm_places_find (id);

  g_return_if_fail (GM_IS_WINDOW (self));

  if (self->session == NULL || place == NULL || ensure_place (self, place) == NULL)
    return;
  gm_page_pile_clear (self->pile);
  gtk_stack_set_visible_child_name (self->places, id);
  gm_page_pile_set_bottom_title (self->pile, _ (place->title));
  if (self->narrow && self->sidebar)
    g_object_set (self, "sidebar", FALSE, NULL);
  if (g_strcmp0 (self->place, id) == 0)
    return;
  g_free (self->place);
  self->place = g_strdup (id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
}

/* Where one is, if there is something to search; else in the catalog. */
void
gm_window_search (GmWindow *self, const char *text)
{
  const GmPlace *here;
  GtkWidget *page;

  g_return_if_fail (GM_IS_WINDOW (self));

  here = gm_places_find (self->place);
  if (here == NULL || here->search == NULL)
    here = gm_places_find ("discover");
  gm_window_show (self, here->id);
  page = self->places != NULL ? gtk_stack_get_child_by_name (self->places, here->id) : NULL;
  if (page != NULL && here->needs_store)
    page = gm_store_gate_get_page (GM_STORE_GATE (page));
  if (page != NULL && here->search != NULL)
    here->search (page, text);
}

void
gm_window_push (GmWindow *self, GtkWidget *page, const char *title)
{
  g_return_if_fail (GM_IS_WINDOW (self) && self->pile != NULL);
  gm_page_pile_push (self->pile, page, title);
}

void
gm_window_toast (GmWindow *self, const char *text)
{
  AdwToast *toast;

  g_return_if_fail (GM_IS_WINDOW (self));

  if (self->toasts == NULL)
    return;
  toast = adw_toast_new (text);
  adw_toast_set_timeout (toast, 4);
  adw_toast_overlay_add_toast (self->toasts, toast);
  gm_compat_announce (GTK_WIDGET (self), text);
}

/* Actions */

static void
on_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GmWindow *self = GM_WINDOW (widget);

  if (self->pile != NULL)
    gm_page_pile_pop (self->pile);
}

static void
on_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gm_window_search (GM_WINDOW (widget), "");
}

/* Making */

static GtkWidget *
make_content (GmWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->places = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->places, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_set_transition_duration (self->places, 120);
  self->pile = GM_PAGE_PILE (gm_page_pile_new (GTK_WIDGET (self->places)));
  gtk_widget_set_vexpand (GTK_WIDGET (self->pile), TRUE);
  gtk_box_append (GTK_BOX (box), gm_window_header_new (self, self->session, self->pile));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pile));
  gtk_widget_add_css_class (box, "gm-content");
  return box;
}

static GtkWidget *
make_bottom (GmWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *player = gm_player_bar_new (self->session, gm_jukebox_get_state (self->jukebox));
  GtkWidget *places = gm_place_bar_new (self->session);

  g_object_bind_property (self, "narrow", player, "narrow", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "narrow", places, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), player);
  gtk_box_append (GTK_BOX (box), places);
  return box;
}

static GtkWidget *
make_shell (GmWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *sidebar = gm_sidebar_new (self->session);
  GtkWidget *shell = gm_compat_shell_new (ADW_APPLICATION_WINDOW (self), sidebar,
                                          make_content (self));

  gm_compat_shell_bind_narrow (shell, self, "narrow");
  gm_compat_shell_bind_sidebar (shell, self, "sidebar");
  g_object_bind_property (self, "place", sidebar, "place", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "narrow", sidebar, "lone", G_BINDING_SYNC_CREATE);
  gtk_widget_set_vexpand (shell, TRUE);
  gtk_box_append (GTK_BOX (box), shell);
  gtk_box_append (GTK_BOX (box), make_bottom (self));
  return box;
}

void
gm_window_set_session (GmWindow *self, GmSession *session, GmJukebox *jukebox)
{
  g_return_if_fail (GM_IS_WINDOW (self) && self->session == NULL);

  self->session = g_object_ref (session);
  self->jukebox = g_object_ref (jukebox);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, make_shell (self));
  gm_state_page_set_child (self->frame, GTK_WIDGET (self->toasts));
  gm_state_page_set_state (self->frame, GM_PAGE_CONTENT);
  gm_window_show (self, "discover");
  gm_sign_dialog_attach (GTK_WINDOW (self), gm_session_get_desk (session));
}

void
gm_window_fail (GmWindow *self, const GError *error)
{
  g_return_if_fail (GM_IS_WINDOW (self) && error != NULL);
  gm_state_page_fail (self->frame, error);
}

static void
on_retry (GmWindow *self)
{
  g_signal_emit (self, retry_signal, 0);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmWindow *self = GM_WINDOW (object);

  switch (id)
    {
    case PROP_PLACE: g_value_set_string (value, self->place); break;
    case PROP_NARROW: g_value_set_boolean (value, self->narrow); break;
    case PROP_SIDEBAR: g_value_set_boolean (value, self->sidebar); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmWindow *self = GM_WINDOW (object);
  gboolean *field = id == PROP_NARROW ? &self->narrow : &self->sidebar;

  if (*field == g_value_get_boolean (value))
    return;
  *field = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
dispose (GObject *object)
{
  GmWindow *self = GM_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->jukebox);
  G_OBJECT_CLASS (gm_window_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  g_free (GM_WINDOW (object)->place);
  G_OBJECT_CLASS (gm_window_parent_class)->finalize (object);
}

static void
gm_window_class_init (GmWindowClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  object->finalize = finalize;
  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL,
                                                flags | G_PARAM_READABLE);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  flags | G_PARAM_READWRITE);
  properties[PROP_SIDEBAR] = g_param_spec_boolean ("sidebar", NULL, NULL, TRUE,
                                                   flags | G_PARAM_READWRITE);
  g_object_class_install_properties (object, N_PROPS, properties);
  retry_signal = g_signal_new ("retry", GM_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget, "win.back", NULL, on_back);
  gtk_widget_class_install_action (widget, "win.search", NULL, on_search);
  gtk_widget_class_install_property_action (widget, "win.sidebar", "sidebar");
}

static void
gm_window_init (GmWindow *self)
{
  self->sidebar = TRUE;
  self->frame = GM_STATE_PAGE (gm_state_page_new ());
  g_signal_connect_object (self->frame, "retry", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->frame));
  gtk_widget_set_size_request (GTK_WIDGET (self), MIN_WIDTH, MIN_HEIGHT);
  gtk_window_set_title (GTK_WINDOW (self), "GotMusic");
  gm_window_keys_attach (self);
}

GmWindow *
gm_window_new (GtkApplication *application, GmSettings *settings)
{
  static const struct
  {
    const char *setting;
    const char *property;
  } kept[] = { { "window-width", "default-width" },
               { "window-height", "default-height" },
               { "window-maximized", "maximized" } };
  GmWindow *self = g_object_new (GM_TYPE_WINDOW, "application", application, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_object_bind_property (settings, kept[i].setting, self, kept[i].property,
                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return self;
}
