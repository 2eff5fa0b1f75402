/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/discover-page.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/discover-filters.h"
#include "ui/buyer/discover-query.h"
#include "ui/buyer/discover-skeleton.h"
#include "ui/buyer/discover-view.h"
#include "ui/common/compat.h"
#include "ui/common/state-page.h"

struct _GmDiscoverPage
{
  AdwBin parent;
  GmSession *session;
  GmSyncJob *sync; /* (nullable) the one that is followed */
  GmDiscoverQuery *query;
  GtkEditable *entry;
  GmDiscoverFilters *filters;
  GtkLabel *count;
  GmStatePage *state;
  GmDiscoverView *view;
  gboolean list_mode;
  gboolean audition;
  gboolean asked;     /* something new: its result is shown from its start */
  gboolean announces; /* and said, when it is complete */
};

G_DEFINE_FINAL_TYPE (GmDiscoverPage, gm_discover_page, ADW_TYPE_BIN)

enum
{
  PROP_LIST_MODE = 1,
  PROP_AUDITION,
  PROP_SORT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static const char *const sorts[] = {
  [GM_SORT_NEWEST] = "newest", [GM_SORT_RELEVANCE] = "relevance", [GM_SORT_TITLE] = "title",
  [GM_SORT_BPM] = "bpm",       [GM_SORT_PRICE] = "price",
};

/* Which of the four states it is in */

static GmCatalogModel *
get_catalog (GmDiscoverPage *self)
{
  return gm_session_get_catalog (self->session);
}

static void
show_empty (GmDiscoverPage *self, const char *title, const char *words, gboolean may_clear)
{
  g_object_set (self->state, "empty-icon",
                may_clear ? "system-search-symbolic" : "audio-x-generic-symbolic", "empty-title",
                title, "empty-description", words, "empty-action-label",
                may_clear ? _ ("Clear Search and Filters") : NULL, "empty-action-name",
                               may_clear ? "discover.clear" : NULL, NULL);
  gm_state_page_set_state (self->state, GM_PAGE_EMPTY);
}

static void
show_nothing (GmDiscoverPage *self)
{
  const GmSearch *search = gm_discover_query_get (self->query);
  GmSyncState sync = self->sync != NULL ? gm_sync_job_get_state (self->sync) : GM_SYNC_SYNCING;
  g_autoptr (GError) error = NULL;

  if (search->text != NULL || gm_discover_query_is_filtered (self->query))
    {
      show_empty (self, _ ("Nothing Found"), _ ("Try fewer words, or remove a filter."), TRUE);
      return;
    }
  if (self->sync != NULL)
    g_object_get (self->sync, "error", &error, NULL);
  if (sync == GM_SYNC_OFFLINE && error != NULL)
    gm_state_page_fail (self->state, error);
  else if (sync != GM_SYNC_CURRENT)
    gm_state_page_set_state (self->state, GM_PAGE_WAITING);
  else
    show_empty (self, _ ("No Music Yet"), _ ("This store has not published anything so far."),
                                             FALSE);
}

static void
update_state (GmDiscoverPage *self)
{
  GmCatalogModel *catalog = get_catalog (self);
  g_autoptr (GError) store_error = NULL;
  g_autoptr (GError) error = NULL;
  GmSessionState session;

  g_object_get (self->session, "state", &session, "error", &store_error, NULL);
  g_object_get (catalog, "error", &error, NULL);
  if (session == GM_SESSION_FAILED && store_error != NULL)
    gm_state_page_fail (self->state, store_error);
  else if (g_list_model_get_n_items (G_LIST_MODEL (catalog)) > 0)
    gm_state_page_set_state (self->state, GM_PAGE_CONTENT);
  else if (error != NULL)
    gm_state_page_fail (self->state, error);
  else if (session != GM_SESSION_OPEN || gm_catalog_model_is_loading (catalog))
    gm_state_page_set_state (self->state, GM_PAGE_WAITING);
  else
    show_nothing (self);
}

/* While more numbers of a result come in, what is told is at least so many. */
static void
update_count (GmDiscoverPage *self)
{
  GmCatalogModel *catalog = get_catalog (self);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (catalog));
  g_autofree char *words = g_strdup_printf (ngettext ("%'u result", "%'u results", n), n);

  gtk_label_set_label (self->count, n > 0 ? words : "");
  if (!self->announces || gm_catalog_model_is_loading (catalog))
    return;
  self->announces = FALSE;
  gm_compat_announce (GTK_WIDGET (self), n > 0 ? words : _ ("Nothing found"));
}

static void
on_catalog_changed (GmDiscoverPage *self)
{
  update_state (self);
  update_count (self);
}

/* Told with every result, after its rows are there. */
static void
on_result (GmDiscoverPage *self)
{
  if (self->asked)
    gm_discover_view_scroll_to_start (self->view);
  self->asked = FALSE;
  on_catalog_changed (self);
}

static void
on_sync_changed (GmDiscoverPage *self)
{
  GmSyncJob *sync = gm_session_get_sync (self->session);

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_set_object (&self->sync, sync);
  if (sync != NULL)
    g_signal_connect_object (sync, "notify::state", G_CALLBACK (update_state), self,
                             G_CONNECT_SWAPPED);
  update_state (self);
}

static void
on_retry (GmDiscoverPage *self)
{
  GmSessionState state;

  g_object_get (self->session, "state", &state, NULL);
  if (state == GM_SESSION_FAILED)
    gm_session_open (self->session);
  else if (self->sync != NULL && gm_sync_job_get_state (self->sync) == GM_SYNC_OFFLINE)
    gm_sync_job_retry (self->sync);
  else
    gm_catalog_model_refresh (get_catalog (self));
}

/* Asking */

static void
on_query_changed (GmDiscoverPage *self)
{
  self->asked = TRUE;
  self->announces = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
}

static void
on_text_changed (GmDiscoverPage *self)
{
  gm_discover_query_set_text (self->query, gtk_editable_get_text (self->entry));
}

/* Also when another store is opened: it has other genres. */
static void
forget_wishes (GmDiscoverPage *self)
{
  gtk_editable_set_text (self->entry, "");
  gm_discover_query_clear (self->query, TRUE);
}

static void
on_entry_activate (GmDiscoverPage *self)
{
  gm_discover_view_enter (self->view);
}

static gboolean
on_entry_key (GmDiscoverPage *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  gm_discover_view_enter (self->view);
  return GDK_EVENT_STOP;
}

static void
on_stop_search (GmDiscoverPage *self)
{
  gtk_editable_set_text (self->entry, "");
}

static void
on_clear (GtkWidget *widget, const char *name, GVariant *parameter)
{
  forget_wishes (GM_DISCOVER_PAGE (widget));
}

void
gm_discover_page_search (GmDiscoverPage *self, const char *text)
{
  int end = -1;

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if (*text == '\0') /* asked for by key: what is there is to be written over */
    gtk_editable_select_region (self->entry, 0, -1);
  else
    {
      gtk_editable_insert_text (self->entry, text, -1, &end);
      gtk_editable_set_position (self->entry, -1);
    }
}

static void
set_sort (GmDiscoverPage *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_strcmp0 (sorts[i], name) == 0)
      gm_discover_query_set_sort (self->query, (GmSort) i);
}

/* Making */

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmDiscoverPage *self = GM_DISCOVER_PAGE (object);

  switch (id)
    {
    case PROP_LIST_MODE: g_value_set_boolean (value, self->list_mode); break;
    case PROP_AUDITION: g_value_set_boolean (value, self->audition); break;
    case PROP_SORT:
      g_value_set_string (
          value, sorts[self->query != NULL ? gm_discover_query_get (self->query)->sort : 0]);
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmDiscoverPage *self = GM_DISCOVER_PAGE (object);

  switch (id)
    {
    case PROP_LIST_MODE: self->list_mode = g_value_get_boolean (value); break;
    case PROP_AUDITION: self->audition = g_value_get_boolean (value); break;
    case PROP_SORT: set_sort (self, g_value_get_string (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GmDiscoverPage *self = GM_DISCOVER_PAGE (object);

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);
  g_clear_object (&self->query);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_discover_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_LIST_MODE] = g_param_spec_boolean ("list-mode", NULL, NULL, FALSE, flags);
  properties[PROP_AUDITION] = g_param_spec_boolean ("audition", NULL, NULL, TRUE, flags);
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_discover_page_class_init (GmDiscoverPageClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  install_properties (object);
  g_type_ensure (GM_TYPE_STATE_PAGE);
  g_type_ensure (GM_TYPE_DISCOVER_FILTERS);
  g_type_ensure (GM_TYPE_DISCOVER_SKELETON);
  g_type_ensure (GM_TYPE_DISCOVER_VIEW);
  gtk_widget_class_install_property_action (widget, "discover.list-mode", "list-mode");
  gtk_widget_class_install_property_action (widget, "discover.audition", "audition");
  gtk_widget_class_install_property_action (widget, "discover.sort", "sort");
  gtk_widget_class_install_action (widget, "discover.clear", NULL, on_clear);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/discover-page.ui");
  gtk_widget_class_bind_template_child (widget, GmDiscoverPage, entry);
  gtk_widget_class_bind_template_child (widget, GmDiscoverPage, filters);
  gtk_widget_class_bind_template_child (widget, GmDiscoverPage, count);
  gtk_widget_class_bind_template_child (widget, GmDiscoverPage, state);
  gtk_widget_class_bind_template_child (widget, GmDiscoverPage, view);
  gtk_widget_class_bind_template_callback (widget, on_text_changed);
  gtk_widget_class_bind_template_callback (widget, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget, on_entry_key);
  gtk_widget_class_bind_template_callback (widget, on_stop_search);
  gtk_widget_class_bind_template_callback (widget, on_retry);
}

static void
gm_discover_page_init (GmDiscoverPage *self)
{
  self->audition = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow (GmDiscoverPage *self)
{
  static const char *const of_catalog[] = { "notify::loading", "notify::error", "notify::n-items" };
  static const char *const of_session[] = { "notify::state", "notify::error" };

  for (guint i = 0; i < G_N_ELEMENTS (of_catalog); i++)
    g_signal_connect_object (get_catalog (self), of_catalog[i], G_CALLBACK (on_catalog_changed),
                             self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_catalog (self), "notify::empty", G_CALLBACK (on_result), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (of_session); i++)
    g_signal_connect_object (self->session, of_session[i], G_CALLBACK (update_state), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::store-url", G_CALLBACK (forget_wishes), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::sync", G_CALLBACK (on_sync_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->query, "changed", G_CALLBACK (on_query_changed), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
gm_discover_page_new (GmSession *session)
{
  GmDiscoverPage *self = g_object_new (GM_TYPE_DISCOVER_PAGE, NULL);
  const char *text = gm_catalog_model_get_search (gm_session_get_catalog (session))->text;

  self->session = g_object_ref (session);
  self->query = gm_discover_query_new (get_catalog (self));
  gm_discover_filters_set_query (self->filters, self->query);
  gm_discover_view_set_session (self->view, session);
  if (text != NULL)
    gtk_editable_set_text (self->entry, text);
  follow (self);
  on_sync_changed (self);
  update_count (self);
  return GTK_WIDGET (self);
}
