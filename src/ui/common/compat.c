/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/compat.h"

#include <glib/gi18n-lib.h>

#if ADW_CHECK_VERSION(1, 4, 0)
#define HAVE_ADW_1_4 1
#endif
#if ADW_CHECK_VERSION(1, 5, 0)
#define HAVE_ADW_1_5 1
#endif

#define SIDEBAR_WIDTH 232 /* px */
#define NARROW_WIDTH  680 /* px: below it there is no room for a sidebar */

/* Dialogs */

static GtkWidget *
wrap_with_header (GtkWidget *child)
{
#ifdef HAVE_ADW_1_4
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), child);
  return view;
#else
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();

  gtk_widget_add_css_class (bar, "flat");
  gtk_widget_set_vexpand (child, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), child);
  return box;
#endif
}

GtkWidget *
gm_compat_dialog_new (GtkWidget *child, const char *title, int width, int height)
{
#ifdef HAVE_ADW_1_5
  AdwDialog *dialog = adw_dialog_new ();

  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, width);
  adw_dialog_set_content_height (dialog, height);
  adw_dialog_set_child (dialog, wrap_with_header (child));
  return GTK_WIDGET (dialog);
#else
  GtkWidget *window = adw_window_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  adw_window_set_content (ADW_WINDOW (window), wrap_with_header (child));
  return window;
#endif
}

#ifndef HAVE_ADW_1_5
/* GTK 4.8's destroy-with-parent forgets to let go of the parent when somebody still holds the
 * dialog, as the handling of the key that ended it all does. */
static void
on_parent_destroyed (GtkWindow *dialog)
{
  gtk_window_set_transient_for (dialog, NULL);
  gtk_window_destroy (dialog);
}
#endif

void
gm_compat_dialog_present (GtkWidget *dialog, GtkWidget *parent)
{
#ifdef HAVE_ADW_1_5
  adw_dialog_present (ADW_DIALOG (dialog), parent);
#else
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;

  if (GTK_IS_WINDOW (root))
    {
      /* its widgets announce app. actions, too */
      gtk_window_set_application (GTK_WINDOW (dialog),
                                  gtk_window_get_application (GTK_WINDOW (root)));
      gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
      g_signal_connect_object (root, "destroy", G_CALLBACK (on_parent_destroyed), dialog,
                               G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

void
gm_compat_dialog_close (GtkWidget *within)
{
#ifdef HAVE_ADW_1_5
  GtkWidget *dialog = gtk_widget_get_ancestor (within, ADW_TYPE_DIALOG);

  if (dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog));
#else
  GtkRoot *root = gtk_widget_get_root (within);

  if (ADW_IS_WINDOW (root))
    gtk_window_close (GTK_WINDOW (root));
#endif
}

typedef struct
{
  GmCompatYes func;
  gpointer data;
  GDestroyNotify free_data;
} Yes;

static void
yes_free (gpointer data, GClosure *closure)
{
  Yes *yes = data;

  if (yes->free_data != NULL)
    yes->free_data (yes->data);
  g_free (yes);
}

static void
on_answer (GtkWidget *dialog, const char *answer, Yes *yes)
{
  if (g_str_equal (answer, "yes"))
    yes->func (yes->data);
}

void
gm_compat_confirm (GtkWidget *parent, const GmCompatQuestion *question)
{
  Yes *yes = g_new (Yes, 1);

  *yes = (Yes){ question->func, question->data, question->free_data };
  {
    const AdwResponseAppearance look = question->destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                             : ADW_RESPONSE_SUGGESTED;
#ifdef HAVE_ADW_1_5
    AdwDialog *dialog = adw_alert_dialog_new (question->heading, question->body);
    AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

    adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "yes", question->yes, NULL);
    adw_alert_dialog_set_response_appearance (alert, "yes", look);
    adw_alert_dialog_set_close_response (alert, "cancel");
    g_signal_connect_data (dialog, "response", G_CALLBACK (on_answer), yes, yes_free, 0);
    adw_dialog_present (dialog, parent);
#else
    GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)),
                                                question->heading, question->body);
    AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

    adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "yes", question->yes, NULL);
    adw_message_dialog_set_response_appearance (message, "yes", look);
    adw_message_dialog_set_close_response (message, "cancel");
    g_signal_connect_data (dialog, "response", G_CALLBACK (on_answer), yes, yes_free, 0);
    gtk_window_present (GTK_WINDOW (dialog));
#endif
  }
}

void
gm_compat_about (GtkWidget *parent, const GmCompatAbout *about)
{
#ifdef HAVE_ADW_1_5
  AdwDialog *dialog = adw_about_dialog_new ();
#else
  GtkWidget *dialog = adw_about_window_new ();
#endif

  g_object_set (dialog, "application-name", "GotMusic", "application-icon", GM_APP_ID, "version",
                GM_VERSION, "license-type", GTK_LICENSE_GPL_3_0, "developer-name",
                about->developers, "comments", about->comments, "translator-credits",
                about->translators, NULL);
  gm_compat_dialog_present (GTK_WIDGET (dialog), parent);
}

/* Files */

typedef struct
{
  GmCompatFilesFunc func;
  gpointer data;
  enum
  {
    ASK_OPEN,
    ASK_MANY,
    ASK_FOLDER,
    ASK_SAVE,
  } kind;
} Ask;

static Ask *
ask_new (const GmCompatFiles *files)
{
  Ask *ask = g_new (Ask, 1);

  ask->func = files->func;
  ask->data = files->data;
  ask->kind = files->save_name != NULL ? ASK_SAVE
              : files->folder          ? ASK_FOLDER
              : files->multiple        ? ASK_MANY
                                       : ASK_OPEN;
  return ask;
}

#if GTK_CHECK_VERSION(4, 10, 0)
static void
on_files (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  GtkFileDialog *dialog = GTK_FILE_DIALOG (source);
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GFile) file = NULL;

  switch (ask->kind)
    {
    case ASK_MANY: files = gtk_file_dialog_open_multiple_finish (dialog, result, NULL); break;
    case ASK_FOLDER: file = gtk_file_dialog_select_folder_finish (dialog, result, NULL); break;
    case ASK_SAVE: file = gtk_file_dialog_save_finish (dialog, result, NULL); break;
    default: file = gtk_file_dialog_open_finish (dialog, result, NULL); break;
    }
  if (file != NULL)
    {
      files = G_LIST_MODEL (g_list_store_new (G_TYPE_FILE));
      g_list_store_append (G_LIST_STORE (files), file);
    }
  ask->func (files, ask->data);
}

static void
show_files (GtkWindow *parent, const GmCompatFiles *files, Ask *ask)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, files->title);
  gtk_file_dialog_set_filters (dialog, files->filters);
  gtk_file_dialog_set_initial_name (dialog, files->save_name);
  switch (ask->kind)
    {
    case ASK_MANY: gtk_file_dialog_open_multiple (dialog, parent, NULL, on_files, ask); break;
    case ASK_FOLDER: gtk_file_dialog_select_folder (dialog, parent, NULL, on_files, ask); break;
    case ASK_SAVE: gtk_file_dialog_save (dialog, parent, NULL, on_files, ask); break;
    default: gtk_file_dialog_open (dialog, parent, NULL, on_files, ask); break;
    }
}
#else
static void
on_files (GtkNativeDialog *dialog, int response, Ask *ask)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  ask->func (files, ask->data);
  g_free (ask);
  g_object_unref (dialog);
}

static void
show_files (GtkWindow *parent, const GmCompatFiles *files, Ask *ask)
{
  static const GtkFileChooserAction actions[] = {
    [ASK_OPEN] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [ASK_MANY] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [ASK_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
    [ASK_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE,
  };
  GtkFileChooserNative *native = gtk_file_chooser_native_new (files->title, parent,
                                                              actions[ask->kind], NULL, NULL);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (native);
  const guint n = files->filters != NULL ? g_list_model_get_n_items (files->filters) : 0;

  gtk_file_chooser_set_select_multiple (chooser, ask->kind == ASK_MANY);
  if (files->save_name != NULL)
    gtk_file_chooser_set_current_name (chooser, files->save_name);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (files->filters, i);

      gtk_file_chooser_add_filter (chooser, filter);
    }
  g_signal_connect (native, "response", G_CALLBACK (on_files), ask);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}
#endif

void
gm_compat_ask_files (GtkWidget *parent, const GmCompatFiles *files)
{
  show_files (GTK_WINDOW (gtk_widget_get_root (parent)), files, ask_new (files));
}

void
gm_compat_open_files (GtkWidget *parent,
                      const char *title,
                      GListModel *filters,
                      gboolean multiple,
                      GmCompatFilesFunc func,
                      gpointer data)
{
  gm_compat_ask_files (
      parent,
      &(GmCompatFiles){
          .title = title, .filters = filters, .multiple = multiple, .func = func, .data = data });
}

/* Accessible names */

void
gm_compat_list_item_set_label (GtkListItem *item, const char *label)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  gtk_list_item_set_accessible_label (item, label);
#else
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *row = child != NULL ? gtk_widget_get_parent (child) : NULL;

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
#endif
}

/* 4.12 names rows by a factory of their own, which older ones lack; the widgets are the same. */
void
gm_compat_cell_name_row (GtkListItem *cell, const char *label)
{
  GtkWidget *child = gtk_list_item_get_child (cell);
  GtkWidget *holder = child != NULL ? gtk_widget_get_parent (child) : NULL;
  GtkWidget *row = holder != NULL ? gtk_widget_get_parent (holder) : NULL;

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
gm_compat_button_set_label (GtkWidget *button, const char *label)
{
  /* from 4.10 on the text of the child would win */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

void
gm_compat_announce (GtkWidget *widget, const char *text)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

/* The shell */

#ifdef HAVE_ADW_1_4
#define NARROW_PROPERTY  "collapsed"
#define SIDEBAR_PROPERTY "show-sidebar"

GtkWidget *
gm_compat_shell_new (AdwApplicationWindow *window, GtkWidget *sidebar, GtkWidget *content)
{
  GtkWidget *view = adw_overlay_split_view_new ();
  AdwOverlaySplitView *split = ADW_OVERLAY_SPLIT_VIEW (view);
  g_autofree char *condition = g_strdup_printf ("max-width: %dsp", NARROW_WIDTH);
  AdwBreakpoint *point = adw_breakpoint_new (adw_breakpoint_condition_parse (condition));

  adw_overlay_split_view_set_sidebar (split, sidebar);
  adw_overlay_split_view_set_content (split, content);
  adw_overlay_split_view_set_min_sidebar_width (split, SIDEBAR_WIDTH);
  adw_overlay_split_view_set_max_sidebar_width (split, SIDEBAR_WIDTH);
  adw_breakpoint_add_setters (point, G_OBJECT (view), "collapsed", TRUE, NULL);
  adw_application_window_add_breakpoint (window, point);
  return view;
}
#else
#define NARROW_PROPERTY  "folded"
#define SIDEBAR_PROPERTY "reveal-flap"

/* A flap folds where the natural widths do not fit, so the content is given a constant one. */
static void
measure_content (GtkWidget *bin,
                 GtkOrientation orientation,
                 int size,
                 int *min,
                 int *nat,
                 int *a,
                 int *b)
{
  gtk_widget_measure (gtk_widget_get_first_child (bin), orientation, size, min, nat, a, b);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *nat = MAX (*min, NARROW_WIDTH - SIDEBAR_WIDTH);
}

static void
allocate_content (GtkWidget *bin, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (bin), width, height, baseline, NULL);
}

GtkWidget *
gm_compat_shell_new (AdwApplicationWindow *window, GtkWidget *sidebar, GtkWidget *content)
{
  GtkWidget *view = adw_flap_new ();
  GtkWidget *bin = adw_bin_new ();
  AdwFlap *flap = ADW_FLAP (view);

  adw_bin_set_child (ADW_BIN (bin), content);
  gtk_widget_set_layout_manager (bin,
                                 gtk_custom_layout_new (NULL, measure_content, allocate_content));
  gtk_widget_set_hexpand (bin, TRUE);
  gtk_widget_set_size_request (sidebar, SIDEBAR_WIDTH, -1);
  adw_flap_set_flap (flap, sidebar);
  adw_flap_set_separator (flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_content (flap, bin);
  adw_flap_set_fold_threshold_policy (flap, ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  return view;
}
#endif

void
gm_compat_shell_bind_narrow (GtkWidget *shell, gpointer target, const char *property)
{
  g_object_bind_property (shell, NARROW_PROPERTY, target, property, G_BINDING_SYNC_CREATE);
}

void
gm_compat_shell_bind_sidebar (GtkWidget *shell, gpointer target, const char *property)
{
  g_object_bind_property (shell, SIDEBAR_PROPERTY, target, property,
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}
