/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/store-page.h"

#include <glib/gi18n-lib.h>

#include "app/local-store.h"
#include "app/store-opening.h"
#include "base/error.h"
#include "ui/common/error-words.h"

#define PULSE_MS 120

struct _GmStorePage
{
  GtkWidget parent;
  GmSession *session;
  GmLocalStore *local; /* of the session */
  GmStoreOffer *offer; /* (nullable) what is being decided on */
  GObject *asking;     /* (nullable) owner of the question under way: gone, no answer comes */
  guint pulse;         /* source */
  GtkWidget *scroller;
  GtkStack *stack;
  AdwEntryRow *address;
  GtkLabel *problem;
  GtkWidget *connect;
  GtkSpinner *busy;
  GtkWidget *demo;
  AdwActionRow *offer_name;
  GtkWidget *offer_local;
  GtkWidget *offer_changed;
  GtkLabel *offer_fingerprint;
  GtkWidget *add;
  GtkProgressBar *demo_progress;
};

G_DEFINE_FINAL_TYPE (GmStorePage, gm_store_page, GTK_TYPE_WIDGET)

static GQuark page_quark;
static guint added_signal;

static void
show_problem (GmStorePage *self, const GError *error)
{
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  if (error == NULL)
    return;
  if (gm_error_is (error, GM_ERROR_OFFLINE))
    text = g_strdup (_ ("Nobody answers at this address. Check it, and your connection."));
  else if (gm_error_is (error, GM_ERROR_REMOTE) || gm_error_is (error, GM_ERROR_NOT_FOUND))
    text = g_strdup_printf (_ ("Something answers there, but it is no store: %s"), error->message);
  else
    {
      gm_error_words (error, &title, &sentence, NULL, NULL);
      text = g_strdup_printf ("%s. %s", title, sentence);
    }
  gtk_label_set_label (self->problem, text);
  gtk_stack_set_visible_child_name (self->stack, "address");
}

static void
set_asking (GmStorePage *self, gboolean asking)
{
  g_clear_object (&self->asking);
  gtk_spinner_set_spinning (self->busy, asking);
  gtk_widget_set_visible (GTK_WIDGET (self->busy), asking);
  gtk_widget_set_sensitive (
      self->connect, !asking && *gtk_editable_get_text (GTK_EDITABLE (self->address)) != '\0');
  gtk_widget_set_sensitive (self->demo, !asking);
  if (!asking)
    return;
  self->asking = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_qdata (self->asking, page_quark, self);
}

static void
add_offer (GmStorePage *self, const GmStoreOffer *offer)
{
  gm_session_add_store (self->session, offer);
  gtk_stack_set_visible_child_name (self->stack, "address");
  g_signal_emit (self, added_signal, 0);
}

static GmStoreOffer *
copy_offer (const GmStoreOffer *offer)
{
  GmStoreOffer *copy = g_new0 (GmStoreOffer, 1);

  copy->url = g_strdup (offer->url);
  copy->name = g_strdup (offer->name);
  copy->owner = g_strdup (offer->owner);
  copy->fingerprint = g_strdup (offer->fingerprint);
  copy->is_local = offer->is_local;
  copy->is_changed = offer->is_changed;
  return copy;
}

static void
show_offer (GmStorePage *self, const GmStoreOffer *offer)
{
  g_autofree char *name = g_markup_escape_text (offer->name, -1);
  g_autofree char *url = g_markup_escape_text (offer->url, -1);

  g_clear_pointer (&self->offer, gm_store_offer_free);
  self->offer = copy_offer (offer);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->offer_name), name);
  adw_action_row_set_subtitle (self->offer_name, url);
  gtk_widget_set_visible (self->offer_local, offer->is_local);
  gtk_widget_set_visible (self->offer_changed, offer->is_changed);
  gtk_label_set_label (self->offer_fingerprint, offer->fingerprint);
  gtk_stack_set_visible_child_name (self->stack, "offer");
  gtk_widget_grab_focus (self->add);
}

static void
probed (gpointer owner, gpointer result, const GError *error)
{
  GmStorePage *self = g_object_get_qdata (owner, page_quark);

  set_asking (self, FALSE);
  show_problem (self, error);
  if (result != NULL)
    show_offer (self, result);
}

static void
on_connect (GmStorePage *self)
{
  g_autofree char *url = gm_store_opening_complete (
      gtk_editable_get_text (GTK_EDITABLE (self->address)));

  if (!gtk_widget_get_sensitive (self->connect))
    return;
  show_problem (self, NULL);
  set_asking (self, TRUE);
  gm_session_probe (self->session, url, self->asking, probed);
}

static void
on_address_changed (GmStorePage *self)
{
  show_problem (self, NULL);
  set_asking (self, FALSE);
}

static void
on_back (GmStorePage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "address");
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

static void
on_add (GmStorePage *self)
{
  if (self->offer != NULL)
    add_offer (self, self->offer);
}

void
gm_store_page_offer (GmStorePage *self, const char *url)
{
  g_return_if_fail (GM_IS_STORE_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->address), url);
  on_connect (self);
}

/* The demo store */

static gboolean
on_pulse (gpointer user_data)
{
  gtk_progress_bar_pulse (GM_STORE_PAGE (user_data)->demo_progress);
  return G_SOURCE_CONTINUE;
}

static void
on_demo_progress (GmStorePage *self)
{
  g_autofree char *text = NULL;
  double fraction;

  g_object_get (self->local, "text", &text, "fraction", &fraction, NULL);
  gtk_progress_bar_set_text (self->demo_progress, text);
  if (fraction >= 0)
    {
      g_clear_handle_id (&self->pulse, g_source_remove);
      gtk_progress_bar_set_fraction (self->demo_progress, fraction);
    }
  else if (self->pulse == 0 && text != NULL)
    self->pulse = g_timeout_add (PULSE_MS, on_pulse, self);
}

static void
on_demo_failed (GmStorePage *self)
{
  g_autoptr (GError) error = NULL;

  g_object_get (self->local, "error", &error, NULL);
  if (error != NULL)
    {
      g_clear_handle_id (&self->pulse, g_source_remove);
      show_problem (self, error);
    }
}

/* On this machine and started by the person: its fingerprint is nobody else's. */
static void
demo_probed (gpointer owner, gpointer result, const GError *error)
{
  GmStorePage *self = g_object_get_qdata (owner, page_quark);
  const GmStoreOffer *offer = result;

  set_asking (self, FALSE);
  if (offer == NULL)
    show_problem (self, error);
  else if (offer->is_local)
    add_offer (self, offer);
  else
    show_offer (self, offer);
}

static void
on_demo_ready (GmStorePage *self)
{
  g_autofree char *url = NULL;

  g_object_get (self->local, "url", &url, NULL);
  if (url == NULL || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "demo") != 0)
    return;
  set_asking (self, TRUE);
  gm_session_probe (self->session, url, self->asking, demo_probed);
}

/* Is one open on this machine already? Else it is started. */
static void
demo_looked (gpointer owner, gpointer result, const GError *error)
{
  GmStorePage *self = g_object_get_qdata (owner, page_quark);
  const GmStoreOffer *offer = result;

  set_asking (self, FALSE);
  if (offer != NULL && offer->is_local)
    {
      add_offer (self, offer);
      return;
    }
  gm_local_store_start (self->local);
  on_demo_progress (self);
  on_demo_ready (self); /* it may have been started here before */
}

static void
on_demo (GmStorePage *self)
{
  show_problem (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "demo");
  set_asking (self, TRUE);
  gm_session_probe (self->session, GM_LOCAL_STORE_URL, self->asking, demo_looked);
}

static void
on_cancel_demo (GmStorePage *self)
{
  set_asking (self, FALSE);
  gm_local_store_stop (self->local);
  g_clear_handle_id (&self->pulse, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, "address");
}

/* One begins to type. */
static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gm_store_page_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (GM_STORE_PAGE (widget)->address));
}

static void
dispose (GObject *object)
{
  GmStorePage *self = GM_STORE_PAGE (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->offer, gm_store_offer_free);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_store_page_parent_class)->dispose (object);
}

static void
gm_store_page_class_init (GmStorePageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_quark = g_quark_from_static_string ("gm-store-page");
  added_signal = g_signal_new ("added", GM_TYPE_STORE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  widget->map = map;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/common/store-page.ui");
  gtk_widget_class_bind_template_child (widget, GmStorePage, scroller);
  gtk_widget_class_bind_template_child (widget, GmStorePage, stack);
  gtk_widget_class_bind_template_child (widget, GmStorePage, address);
  gtk_widget_class_bind_template_child (widget, GmStorePage, problem);
  gtk_widget_class_bind_template_child (widget, GmStorePage, connect);
  gtk_widget_class_bind_template_child (widget, GmStorePage, busy);
  gtk_widget_class_bind_template_child (widget, GmStorePage, demo);
  gtk_widget_class_bind_template_child (widget, GmStorePage, offer_name);
  gtk_widget_class_bind_template_child (widget, GmStorePage, offer_local);
  gtk_widget_class_bind_template_child (widget, GmStorePage, offer_changed);
  gtk_widget_class_bind_template_child (widget, GmStorePage, offer_fingerprint);
  gtk_widget_class_bind_template_child (widget, GmStorePage, add);
  gtk_widget_class_bind_template_child (widget, GmStorePage, demo_progress);
  gtk_widget_class_bind_template_callback (widget, on_connect);
  gtk_widget_class_bind_template_callback (widget, on_address_changed);
  gtk_widget_class_bind_template_callback (widget, on_back);
  gtk_widget_class_bind_template_callback (widget, on_add);
  gtk_widget_class_bind_template_callback (widget, on_demo);
  gtk_widget_class_bind_template_callback (widget, on_cancel_demo);
}

static void
gm_store_page_init (GmStorePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_store_page_new (GmSession *session)
{
  GmStorePage *self = g_object_new (GM_TYPE_STORE_PAGE, NULL);
  const struct
  {
    const char *signal;
    GCallback handler;
  } signals[] = { { "notify::text", G_CALLBACK (on_demo_progress) },
                  { "notify::fraction", G_CALLBACK (on_demo_progress) },
                  { "notify::url", G_CALLBACK (on_demo_ready) },
                  { "notify::error", G_CALLBACK (on_demo_failed) } };

  self->session = g_object_ref (session);
  self->local = gm_local_store_of (session);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->local, signals[i].signal, signals[i].handler, self,
                             G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->demo, gm_local_store_is_available (self->local));
  return GTK_WIDGET (self);
}
