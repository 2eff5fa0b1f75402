/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/discover-view.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/asset-words.h"
#include "ui/buyer/discover-row.h"
#include "ui/buyer/discover-tile.h"
#include "ui/common/compat.h"

#define REST_MS     150 /* on a row before it is heard: a held key passes by in silence */
#define MIN_COLUMNS 2
#define MAX_COLUMNS 16
#define AIR_PX      12 /* around a tile */
#define NARROW_PX   500
#define FIRST_ROWS  60 /* of the very first frame: as many as a large window shows */

struct _GmDiscoverView
{
  GtkWidget parent;
  GmSession *session;
  GtkSliceListModel *rows; /* of the catalog: all, after the first frame */
  GtkSingleSelection *selection;
  GtkStack *stack;
  GtkGridView *grid;
  GtkListView *list;
  GtkWidget *hovered; /* (nullable, weak) tile or row */
  gboolean list_mode;
  gboolean audition;
  gboolean by_key; /* the selection moves because of an arrow key */
  guint rest;      /* timer */
  guint frames;    /* of the first two */
};

G_DEFINE_FINAL_TYPE (GmDiscoverView, gm_discover_view, GTK_TYPE_WIDGET)

enum
{
  PROP_LIST_MODE = 1,
  PROP_AUDITION,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

GmAssetItem *
gm_discover_view_get_selected (GmDiscoverView *self)
{
  GmAssetItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL && gm_asset_item_get_asset (item)->id != NULL ? item : NULL;
}

static GtkWidget *
get_view (GmDiscoverView *self)
{
  return self->list_mode ? GTK_WIDGET (self->list) : GTK_WIDGET (self->grid);
}

static void
on_activate (GmDiscoverView *self, guint position)
{
  g_autoptr (GmAssetItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const char *id = item != NULL ? gm_asset_item_get_asset (item)->id : NULL;

  if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.open-asset", "s", id);
}

static void
preview_selected (GmDiscoverView *self)
{
  GmAssetItem *item = gm_discover_view_get_selected (self);

  if (item != NULL && gm_asset_item_get_asset (item)->preview != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.preview", "s",
                                gm_asset_item_get_asset (item)->id);
}

/* What is owned is played instead: nobody buys twice. */
static void
buy_selected (GmDiscoverView *self)
{
  GmAssetItem *item = gm_discover_view_get_selected (self);
  const GmAsset *asset = item != NULL ? gm_asset_item_get_asset (item) : NULL;
  gboolean owned;

  if (asset == NULL)
    return;
  g_object_get (item, "owned", &owned, NULL);
  if (owned)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.play", "s", asset->asset_id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.buy", "s", asset->id);
}

static gboolean
on_rest (gpointer data)
{
  GmDiscoverView *self = data;
  GmAssetItem *item = gm_discover_view_get_selected (self);
  gboolean playing = FALSE;

  self->rest = 0;
  if (item != NULL)
    g_object_get (item, "playing", &playing, NULL);
  if (!playing) /* app.preview would pause it */
    preview_selected (self);
  return G_SOURCE_REMOVE;
}

static void
on_selected (GmDiscoverView *self)
{
  gboolean by_key = self->by_key;

  self->by_key = FALSE;
  g_clear_handle_id (&self->rest, g_source_remove);
  if (by_key && self->list_mode && self->audition)
    self->rest = g_timeout_add (REST_MS, on_rest, self);
}

static gboolean
seek_by (GmDiscoverView *self, gint64 delta_ms)
{
  if (!self->list_mode)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), "app.seek-by", "x", delta_ms);
  return GDK_EVENT_STOP;
}

/* Before the list: letters mean something else to the search field, arrows to a grid. */
static gboolean
on_key_pressed (GmDiscoverView *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Up:
    case GDK_KEY_KP_Down: self->by_key = TRUE; return GDK_EVENT_PROPAGATE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left: return seek_by (self, -GM_DISCOVER_VIEW_SEEK_MS);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right: return seek_by (self, GM_DISCOVER_VIEW_SEEK_MS);
    case GDK_KEY_b:
    case GDK_KEY_B: buy_selected (self); return GDK_EVENT_STOP;
    default: return GDK_EVENT_PROPAGATE;
    }
}

/* The window sends Space here when the focus is in the list. */
static void
on_space (GtkWidget *widget, const char *name, GVariant *parameter)
{
  preview_selected (GM_DISCOVER_VIEW (widget));
}

static GmDiscoverParts *
get_parts (GtkWidget *child)
{
  if (GM_IS_DISCOVER_TILE (child))
    return gm_discover_tile_get_parts (GM_DISCOVER_TILE (child));
  return gm_discover_row_get_parts (GM_DISCOVER_ROW (child));
}

static void
update_hot (GmDiscoverView *self, GtkWidget *child)
{
  GtkWidget *row = gtk_widget_get_parent (child);
  gboolean selected = (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0;

  gm_discover_parts_set_hot (get_parts (child), selected || child == self->hovered);
}

static void
on_row_selected (GtkListItem *list_item, GParamSpec *pspec, GmDiscoverView *self)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (child != NULL)
    gm_discover_parts_set_hot (get_parts (child),
                               gtk_list_item_get_selected (list_item) || child == self->hovered);
}

static void
hover (GmDiscoverView *self, GtkWidget *child)
{
  GtkWidget *before = self->hovered;

  if (before == child)
    return;
  g_set_weak_pointer (&self->hovered, child);
  if (before != NULL && gtk_widget_get_parent (before) != NULL)
    update_hot (self, before);
  if (child != NULL)
    update_hot (self, child);
}

/* One controller for all rows: what lies under the pointer, or the row that is around it. */
static void
on_pointer (GmDiscoverView *self, double x, double y)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  for (; at != NULL && at != GTK_WIDGET (self); at = gtk_widget_get_parent (at))
    {
      GtkWidget *child = gtk_widget_get_first_child (at);

      if (GM_IS_DISCOVER_TILE (at) || GM_IS_DISCOVER_ROW (at))
        child = at;
      if (GM_IS_DISCOVER_TILE (child) || GM_IS_DISCOVER_ROW (child))
        {
          hover (self, child);
          return;
        }
    }
  hover (self, NULL);
}

static void
on_pointer_left (GmDiscoverView *self)
{
  hover (self, NULL);
}

static void
setup_tile (GmDiscoverView *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, gm_discover_tile_new (self->session));
  g_signal_connect_object (list_item, "notify::selected", G_CALLBACK (on_row_selected), self, 0);
}

static void
setup_row (GmDiscoverView *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, gm_discover_row_new (self->session));
  g_signal_connect_object (list_item, "notify::selected", G_CALLBACK (on_row_selected), self, 0);
}

static void
bind (GmDiscoverView *self, GtkListItem *list_item)
{
  GmAssetItem *item = gtk_list_item_get_item (list_item);
  g_autofree char *name = gm_asset_words_dup_name (item);

  gm_discover_parts_set_item (get_parts (gtk_list_item_get_child (list_item)), item);
  on_row_selected (list_item, NULL, self);
  gm_compat_list_item_set_label (list_item, name);
}

static void
unbind (GmDiscoverView *self, GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (child != NULL)
    gm_discover_parts_set_item (get_parts (child), NULL);
}

static GtkListItemFactory *
factory_new (GmDiscoverView *self, GCallback setup)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", setup, self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind), self);
  return factory;
}

/* Only the view that is seen has rows, and so 200 widgets. */
static void
show_mode (GmDiscoverView *self)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  gtk_grid_view_set_model (self->grid, self->list_mode ? NULL : model);
  gtk_list_view_set_model (self->list, self->list_mode ? model : NULL);
  gtk_stack_set_visible_child_name (self->stack, self->list_mode ? "list" : "grid");
  if (selected != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (get_view (self), "list.scroll-to-item", "u", selected);
}

void
gm_discover_view_set_session (GmDiscoverView *self, GmSession *session)
{
  g_autoptr (GtkListItemFactory) tiles = factory_new (self, G_CALLBACK (setup_tile));
  g_autoptr (GtkListItemFactory) rows = factory_new (self, G_CALLBACK (setup_row));

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  gtk_slice_list_model_set_model (self->rows, G_LIST_MODEL (gm_session_get_catalog (session)));
  gtk_grid_view_set_factory (self->grid, tiles);
  gtk_list_view_set_factory (self->list, rows);
  show_mode (self);
}

void
gm_discover_view_enter (GmDiscoverView *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;
  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_grab_focus (get_view (self));
}

/* The list keeps what it showed in view, so moving its adjustment is not enough. */
void
gm_discover_view_scroll_to_start (GmDiscoverView *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (get_view (self), "list.scroll-to-item", "u", 0);
}

/* The list keeps in view what is seen when something comes in above, which is not what one wants
 * who stands at the start. */
static void
on_items_changed (GmDiscoverView *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_view (self)));

  if (adjustment != NULL && gtk_adjustment_get_value (adjustment) == 0)
    gm_discover_view_scroll_to_start (self);
}

/* A list makes two hundred rows at once, most of them far below what is seen. The first frame does
 * not wait for those. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GmDiscoverView *self = GM_DISCOVER_VIEW (widget);

  if (self->frames++ == 0)
    return G_SOURCE_CONTINUE;
  gtk_slice_list_model_set_size (self->rows, G_MAXUINT);
  return G_SOURCE_REMOVE;
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (GM_DISCOVER_VIEW (widget)->stack), orientation, for_size, minimum,
                      natural, minimum_baseline, natural_baseline);
}

/* A grid keeps thirty rows of as many tiles as it may have columns, whether they fit or not. Not in
 * the middle of a layout. */
static gboolean
on_columns (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GmDiscoverView *self = GM_DISCOVER_VIEW (widget);
  int fit = (gtk_widget_get_width (widget) - AIR_PX) / (GM_DISCOVER_TILE_WIDTH + AIR_PX);

  gtk_grid_view_set_max_columns (self->grid, (guint) CLAMP (fit, MIN_COLUMNS, MAX_COLUMNS));
  return G_SOURCE_REMOVE;
}

/* Where it is as narrow as a telephone a finger opens rows; elsewhere one click is for choosing. */
static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GmDiscoverView *self = GM_DISCOVER_VIEW (widget);

  if (gtk_list_view_get_single_click_activate (self->list) != (width < NARROW_PX))
    gtk_list_view_set_single_click_activate (self->list, width < NARROW_PX);
  gtk_widget_size_allocate (GTK_WIDGET (self->stack), &(GtkAllocation){ 0, 0, width, height },
                            baseline);
  gtk_widget_add_tick_callback (widget, on_columns, NULL, NULL);
}

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gm_discover_view_parent_class)->map (widget);
  if (GM_DISCOVER_VIEW (widget)->frames == 0)
    gtk_widget_add_tick_callback (widget, on_frame, NULL, NULL);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmDiscoverView *self = GM_DISCOVER_VIEW (object);

  switch (id)
    {
    case PROP_LIST_MODE: g_value_set_boolean (value, self->list_mode); break;
    case PROP_AUDITION: g_value_set_boolean (value, self->audition); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmDiscoverView *self = GM_DISCOVER_VIEW (object);

  switch (id)
    {
    case PROP_LIST_MODE:
      self->list_mode = g_value_get_boolean (value);
      if (self->session != NULL)
        show_mode (self);
      break;
    case PROP_AUDITION: self->audition = g_value_get_boolean (value); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GmDiscoverView *self = GM_DISCOVER_VIEW (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_weak_pointer (&self->hovered);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_discover_view_parent_class)->dispose (object);
}

static void
gm_discover_view_class_init (GmDiscoverViewClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  widget->map = map;
  widget->measure = measure;
  widget->size_allocate = size_allocate;
  properties[PROP_LIST_MODE] = g_param_spec_boolean ("list-mode", NULL, NULL, FALSE, flags);
  properties[PROP_AUDITION] = g_param_spec_boolean ("audition", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  gtk_widget_class_install_action (widget, "page.space", NULL, on_space);
}

static void
add_page (GmDiscoverView *self, GtkWidget *view, const char *name)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Catalog"), -1);
  g_signal_connect_swapped (view, "activate", G_CALLBACK (on_activate), self);
  gtk_stack_add_named (self->stack, scroller, name);
}

static void
gm_discover_view_init (GmDiscoverView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *pointer = gtk_event_controller_motion_new ();

  self->audition = TRUE;
  self->rows = gtk_slice_list_model_new (NULL, 0, FIRST_ROWS);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
  self->grid = GTK_GRID_VIEW (gtk_grid_view_new (NULL, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "assetgrid");
  gtk_grid_view_set_min_columns (self->grid, MIN_COLUMNS);
  gtk_grid_view_set_max_columns (self->grid, MAX_COLUMNS / 2); /* until it has a width */
  gtk_grid_view_set_single_click_activate (self->grid, TRUE);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (NULL, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "assetlist");
  add_page (self, GTK_WIDGET (self->grid), "grid");
  add_page (self, GTK_WIDGET (self->list), "list");

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (pointer, "enter", G_CALLBACK (on_pointer), self);
  g_signal_connect_swapped (pointer, "motion", G_CALLBACK (on_pointer), self);
  g_signal_connect_swapped (pointer, "leave", G_CALLBACK (on_pointer_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), pointer);
}
