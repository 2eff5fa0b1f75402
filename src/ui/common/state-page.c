/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/state-page.h"

#include <glib/gi18n-lib.h>

#include "app/enum-type.h"
#include "ui/common/error-words.h"

#define PATIENCE_MS 200 /* until waiting is worth showing */

static const GEnumValue states[] = {
  { GM_PAGE_WAITING, "GM_PAGE_WAITING", "waiting" },
  { GM_PAGE_EMPTY, "GM_PAGE_EMPTY", "empty" },
  { GM_PAGE_FAILED, "GM_PAGE_FAILED", "failed" },
  { GM_PAGE_CONTENT, "GM_PAGE_CONTENT", "content" },
  { 0 },
};
GM_DEFINE_ENUM_TYPE ("GmPageState", gm_page_state_get_type, states)

enum
{
  PROP_STATE = 1,
  PROP_ERROR,
  PROP_CHILD,
  PROP_SKELETON,
  PROP_EMPTY_ICON, /* the texts are last, in the order of texts[] */
  PROP_EMPTY_TITLE,
  PROP_EMPTY_DESCRIPTION,
  PROP_EMPTY_ACTION_LABEL,
  PROP_EMPTY_ACTION_NAME,
  N_PROPS,
};
#define N_TEXTS (N_PROPS - PROP_EMPTY_ICON)

struct _GmStatePage
{
  GtkWidget parent;
  GmPageState state;
  GError *error; /* (nullable) */
  char *texts[N_TEXTS];
  guint patience; /* source */
  GtkStack *stack;
  AdwBin *waiting;
  AdwBin *content;
  GtkSpinner *spinner;
  GtkButton *empty_button;
  AdwStatusPage *failed;
  GtkButton *failed_button;
  GtkLabel *details;
};

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GmStatePage,
                               gm_state_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;
static guint retry_signal;

static void
show (GmStatePage *self, const char *name)
{
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "waiting"));
  gtk_stack_set_visible_child_name (self->stack, name);
}

static gboolean
on_patience (gpointer user_data)
{
  GmStatePage *self = user_data;

  self->patience = 0;
  show (self, "waiting");
  return G_SOURCE_REMOVE;
}

void
gm_state_page_set_state (GmStatePage *self, GmPageState state)
{
  g_return_if_fail (GM_IS_STATE_PAGE (self));

  if (self->state == state)
    return;
  self->state = state;
  g_clear_handle_id (&self->patience, g_source_remove);
  if (state == GM_PAGE_WAITING)
    self->patience = g_timeout_add (PATIENCE_MS, on_patience, self);
  else
    show (self, states[state].value_nick);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

GmPageState
gm_state_page_get_state (GmStatePage *self)
{
  g_return_val_if_fail (GM_IS_STATE_PAGE (self), GM_PAGE_WAITING);
  return self->state;
}

/* The target first: a button is never, not even for a moment, an action without its parameter. */
static void
set_action (GtkButton *button, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (detailed != NULL && !g_action_parse_detailed_name (detailed, &name, &target, NULL))
    g_warning ("not an action: %s", detailed);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
}

/* The button leads where the words say, else it asks the page again. */
static void
set_error (GmStatePage *self, const GError *error)
{
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *button = NULL;
  const char *action = NULL;

  if (self->error == error)
    return;
  g_clear_error (&self->error);
  if (error != NULL)
    {
      self->error = g_error_copy (error);
      gm_error_words (error, &title, &sentence, &button, &action);
      markup = g_markup_escape_text (sentence, -1);
      adw_status_page_set_title (self->failed, title);
      adw_status_page_set_description (self->failed, markup);
      gtk_button_set_label (self->failed_button, button);
      set_action (self->failed_button, action);
      gtk_label_set_label (self->details, error->message);
      gtk_widget_set_visible (
          GTK_WIDGET (self->details),
          g_ascii_strncasecmp (sentence, error->message, strlen (error->message)) != 0);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
gm_state_page_fail (GmStatePage *self, const GError *error)
{
  g_return_if_fail (GM_IS_STATE_PAGE (self) && error != NULL);

  set_error (self, error);
  gm_state_page_set_state (self, GM_PAGE_FAILED);
}

void
gm_state_page_set_child (GmStatePage *self, GtkWidget *child)
{
  g_return_if_fail (GM_IS_STATE_PAGE (self));
  adw_bin_set_child (self->content, child);
}

static void
on_failed_clicked (GmStatePage *self)
{
  if (gtk_actionable_get_action_name (GTK_ACTIONABLE (self->failed_button)) == NULL)
    g_signal_emit (self, retry_signal, 0);
}

static void
set_text (GmStatePage *self, guint id, const char *text)
{
  char **field = &self->texts[id - PROP_EMPTY_ICON];

  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  if (id == PROP_EMPTY_ACTION_NAME)
    {
      set_action (self->empty_button, text);
      gtk_widget_set_visible (GTK_WIDGET (self->empty_button), text != NULL);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmStatePage *self = GM_STATE_PAGE (object);

  switch (id)
    {
    case PROP_STATE: g_value_set_enum (value, (gint) self->state); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    case PROP_CHILD: g_value_set_object (value, adw_bin_get_child (self->content)); break;
    case PROP_SKELETON: g_value_set_object (value, adw_bin_get_child (self->waiting)); break;
    default: g_value_set_string (value, self->texts[id - PROP_EMPTY_ICON]); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmStatePage *self = GM_STATE_PAGE (object);

  switch (id)
    {
    case PROP_STATE: gm_state_page_set_state (self, (GmPageState) g_value_get_enum (value)); break;
    case PROP_ERROR: set_error (self, g_value_get_boxed (value)); break;
    case PROP_CHILD: gm_state_page_set_child (self, g_value_get_object (value)); break;
    case PROP_SKELETON: adw_bin_set_child (self->waiting, g_value_get_object (value)); break;
    default: set_text (self, id, g_value_get_string (value)); break;
    }
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  GmStatePage *self = GM_STATE_PAGE (buildable);

  if (self->content == NULL) /* the template's own */
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "waiting") == 0)
    adw_bin_set_child (self->waiting, GTK_WIDGET (child));
  else
    gm_state_page_set_child (self, GTK_WIDGET (child));
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
dispose (GObject *object)
{
  GmStatePage *self = GM_STATE_PAGE (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (gm_state_page_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  GmStatePage *self = GM_STATE_PAGE (object);

  g_clear_error (&self->error);
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (gm_state_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object)
{
  static const char *const texts[N_TEXTS] = {
    "empty-icon", "empty-title", "empty-description", "empty-action-label", "empty-action-name",
  };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, GM_TYPE_PAGE_STATE,
                                              GM_PAGE_WAITING, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SKELETON] = g_param_spec_object ("skeleton", NULL, NULL, GTK_TYPE_WIDGET, flags);
  for (guint i = 0; i < N_TEXTS; i++)
    properties[PROP_EMPTY_ICON + i] = g_param_spec_string (texts[i], NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_state_page_class_init (GmStatePageClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  object->finalize = finalize;
  install_properties (object);
  retry_signal = g_signal_new ("retry", GM_TYPE_STATE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget, "state-page");
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/common/state-page.ui");
  gtk_widget_class_bind_template_child (widget, GmStatePage, stack);
  gtk_widget_class_bind_template_child (widget, GmStatePage, waiting);
  gtk_widget_class_bind_template_child (widget, GmStatePage, content);
  gtk_widget_class_bind_template_child (widget, GmStatePage, spinner);
  gtk_widget_class_bind_template_child (widget, GmStatePage, empty_button);
  gtk_widget_class_bind_template_child (widget, GmStatePage, failed);
  gtk_widget_class_bind_template_child (widget, GmStatePage, failed_button);
  gtk_widget_class_bind_template_child (widget, GmStatePage, details);
  gtk_widget_class_bind_template_callback (widget, on_failed_clicked);
}

static void
gm_state_page_init (GmStatePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->patience = g_timeout_add (PATIENCE_MS, on_patience, self);
}

GtkWidget *
gm_state_page_new (void)
{
  return g_object_new (GM_TYPE_STATE_PAGE, NULL);
}
