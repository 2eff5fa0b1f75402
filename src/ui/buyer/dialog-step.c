/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/dialog-step.h"

#include "ui/common/compat.h"
#include "ui/common/error-words.h"

enum
{
  PROP_BACK = 1,
  PROP_FORWARD_SENSITIVE,
  PROP_ICON_NAME, /* the texts are last, in the order of texts[] */
  PROP_TITLE,
  PROP_TEXT,
  PROP_ERROR_TEXT,
  PROP_FORWARD_LABEL,
  PROP_FORWARD_TOOLTIP,
  N_PROPS,
};
#define N_TEXTS (N_PROPS - PROP_ICON_NAME)

struct _GmDialogStep
{
  GtkWidget parent;
  gboolean back;
  gboolean forward_sensitive;
  char *texts[N_TEXTS];
  GtkBox *box; /* NULL while the template is read */
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *error;
  GtkWidget *forward_button;
};

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GmDialogStep,
                               gm_dialog_step,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;
static guint back_signal;
static guint forward_signal;

static void
set_text (GmDialogStep *self, guint id, const char *text)
{
  GtkWidget *const shown[N_TEXTS] = { self->icon, self->title, self->text, self->error,
                                      self->forward_button };
  const guint i = id - PROP_ICON_NAME;

  g_free (self->texts[i]);
  self->texts[i] = g_strdup (text);
  if (shown[i] != NULL)
    gtk_widget_set_visible (shown[i], text != NULL && *text != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

void
gm_dialog_step_say (GmDialogStep *self, const char *sentence)
{
  if (g_strcmp0 (self->texts[PROP_ERROR_TEXT - PROP_ICON_NAME], sentence) == 0)
    return;
  set_text (self, PROP_ERROR_TEXT, sentence);
  if (sentence != NULL)
    gm_compat_announce (GTK_WIDGET (self), sentence);
}

void
gm_dialog_step_complain (GmDialogStep *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (error != NULL)
    gm_error_words (error, NULL, &sentence, NULL, NULL);
  gm_dialog_step_say (self, sentence);
}

void
gm_dialog_step_set_sensitive (GmDialogStep *self, gboolean sensitive)
{
  if (self->forward_sensitive == sensitive)
    return;
  self->forward_sensitive = sensitive;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FORWARD_SENSITIVE]);
}

GtkWidget *
gm_dialog_step_get_forward (GmDialogStep *self)
{
  return self->forward_button;
}

static void
on_back (GmDialogStep *self)
{
  g_signal_emit (self, back_signal, 0);
}

static void
on_forward (GmDialogStep *self)
{
  g_signal_emit (self, forward_signal, 0);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmDialogStep *self = GM_DIALOG_STEP (object);

  switch (id)
    {
    case PROP_BACK: g_value_set_boolean (value, self->back); break;
    case PROP_FORWARD_SENSITIVE: g_value_set_boolean (value, self->forward_sensitive); break;
    default: g_value_set_string (value, self->texts[id - PROP_ICON_NAME]); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmDialogStep *self = GM_DIALOG_STEP (object);

  switch (id)
    {
    case PROP_BACK:
      self->back = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_FORWARD_SENSITIVE:
      gm_dialog_step_set_sensitive (self, g_value_get_boolean (value));
      break;
    default: set_text (self, id, g_value_get_string (value)); break;
    }
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  GmDialogStep *self = GM_DIALOG_STEP (buildable);

  if (self->box == NULL)
    parent_buildable->add_child (buildable, builder, child, type);
  else
    gtk_box_append (self->box, GTK_WIDGET (child));
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
  gtk_widget_dispose_template (GTK_WIDGET (object), GM_TYPE_DIALOG_STEP);
  G_OBJECT_CLASS (gm_dialog_step_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (GM_DIALOG_STEP (object)->texts[i]);
  G_OBJECT_CLASS (gm_dialog_step_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object)
{
  static const char *const texts[N_TEXTS] = { "icon-name",  "title",         "text",
                                              "error-text", "forward-label", "forward-tooltip" };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_BACK] = g_param_spec_boolean ("back", NULL, NULL, FALSE, flags);
  properties[PROP_FORWARD_SENSITIVE] = g_param_spec_boolean ("forward-sensitive", NULL, NULL, TRUE,
                                                             flags);
  for (guint i = 0; i < N_TEXTS; i++)
    properties[PROP_ICON_NAME + i] = g_param_spec_string (texts[i], NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_dialog_step_class_init (GmDialogStepClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  object->finalize = finalize;
  install_properties (object);
  back_signal = g_signal_new ("back", GM_TYPE_DIALOG_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
  forward_signal = g_signal_new ("forward", GM_TYPE_DIALOG_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/dialog-step.ui");
  gtk_widget_class_bind_template_child_full (widget, "scroll", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget, "buttons", FALSE, 0);
  gtk_widget_class_bind_template_child (widget, GmDialogStep, box);
  gtk_widget_class_bind_template_child (widget, GmDialogStep, icon);
  gtk_widget_class_bind_template_child (widget, GmDialogStep, title);
  gtk_widget_class_bind_template_child (widget, GmDialogStep, text);
  gtk_widget_class_bind_template_child (widget, GmDialogStep, error);
  gtk_widget_class_bind_template_child (widget, GmDialogStep, forward_button);
  gtk_widget_class_bind_template_callback (widget, on_back);
  gtk_widget_class_bind_template_callback (widget, on_forward);
}

static void
gm_dialog_step_init (GmDialogStep *self)
{
  self->forward_sensitive = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint id = PROP_ICON_NAME; id < N_PROPS; id++)
    set_text (self, id, NULL);
}
