/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/analysis.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "media/confine.h"
#include "media/decode-process.h"
#include "tests/media/sounds.h"

static char *directory; /* for inputs */
static char *outputs;   /* the child's */

static char *
input (const char *name)
{
  return g_build_filename (directory, name, NULL);
}

static void
on_progress (const char *step, double fraction, gpointer user_data)
{
  GString *steps = user_data;

  if (!g_str_has_suffix (steps->str, step))
    g_string_append_printf (steps, " %s", step);
}

static void
test_everything (void)
{
  g_autofree char *path = input ("Tide.flac");
  g_autoptr (GBytes) picture = gm_sound_picture (600, 500, "png");
  const GmSound sound = { .format = "flac",
                          .seconds = 40,
                          .tags = "title=Tide,artist=Ann",
                          .picture = picture,
                          .shape = gm_sound_noise };
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autoptr (GmAnalysis) analysis = NULL;
  g_autoptr (GError) error = NULL;

  gm_sound_write (path, &sound);
  analysis = gm_analysis_run (
      &(GmAnalysisAsk){
          .path = path, .directory = outputs, .what = GM_ANALYSIS_ALL, .preview_start_ms = 4000 },
      on_progress, steps, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (steps->str, ==, " probe measure preview artwork");
  g_assert_cmpstr (analysis->probe->title, ==, "Tide");
  g_assert_cmpint (analysis->measure->duration_ms, ==, 40000);
  g_assert_cmpint (analysis->preview->frames, ==, 1440000);
  g_assert_cmpint (analysis->preview->start_ms, ==, 4000);
  g_assert_cmpstr (analysis->picture->extension, ==, "jpg");
  g_assert_true (g_file_test (analysis->preview_path, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (analysis->picture->small, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (analysis->picture->large, G_FILE_TEST_IS_REGULAR));
  g_assert_null (analysis->picture->full);
}

static void
write_bytes (const char *path, const void *bytes, gsize length)
{
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static void
make_empty (const char *path)
{
  write_bytes (path, "", 0);
}

static void
make_text (const char *path)
{
  write_bytes (path, "[Playlist] this is not sound", 28);
}

static void
make_picture (const char *path)
{
  g_autoptr (GBytes) picture = gm_sound_picture (100, 100, "png");

  write_bytes (path, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
}

static void
make_zero_seconds (const char *path)
{
  write_bytes (
      path, "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\2\0\x44\xac\0\0\x10\xb1\2\0\4\0\x10\0data\0\0\0",
      44);
}

static void
make_one_frame (const char *path)
{
  write_bytes (path,
               "RIFF\x28\0\0\0WAVEfmt \x10\0\0\0\1\0\2\0\x44\xac\0\0\x10\xb1\2\0\4\0\x10\0"
               "data\4\0\0\0\0\0\0\0",
               48);
}

/* 8 kHz, 8 bit, mono: all silence, and a hole on the disk. */
static void
make_long (const char *path, guint32 hours)
{
  guint32 bytes = hours * 3600 * 8000;
  guint8 head[44] = "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data";

  for (guint i = 0; i < 4; i++)
    {
      head[4 + i] = (guint8) ((bytes + 36) >> 8 * i);
      head[40 + i] = (guint8) (bytes >> 8 * i);
    }
  write_bytes (path, head, sizeof head);
  g_assert_cmpint (truncate (path, 44 + (off_t) bytes), ==, 0);
}

static void
make_six_hours (const char *path)
{
  make_long (path, 6);
}

/* Of a real file of 2 s the header alone says so; how much is there is found later. */
static void
make_six_hours_flac (const char *path)
{
  const GmSound sound = { .format = "flac", .seconds = 2, .rate = 8000, .shape = gm_sound_noise };
  const guint64 frames = G_GUINT64_CONSTANT (6) * 3600 * 8000;
  g_autofree char *text = NULL;
  gsize length;

  gm_sound_write (path, &sound);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpmem (text, 4, "fLaC", 4);
  for (guint i = 0; i < 4; i++) /* STREAMINFO: the low 32 of 36 bits, big endian */
    text[25 - i] = (char) (frames >> 8 * i);
  write_bytes (path, text, length);
}

/* No header says how long it is: silent frames of MPEG-2.5 layer III, 8 kbit/s, 8 kHz, of 72 ms. */
static void
make_six_hours_mp3 (const char *path)
{
  static const guint8 head[] = { 0xff, 0xe3, 0x18, 0xc4 };
  const guint n_frames = 6 * 3600 * 1000 / 72;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_set_size (bytes, n_frames * 72);
  memset (bytes->data, 0, bytes->len);
  for (guint i = 0; i < n_frames; i++)
    memcpy (bytes->data + i * 72, head, sizeof head);
  write_bytes (path, bytes->data, bytes->len);
}

static void
make_large (const char *path)
{
  make_zero_seconds (path);
  g_assert_cmpint (truncate (path, (off_t) 501 << 20), ==, 0);
}

static void
make_cut (const char *path, const char *format)
{
  const GmSound sound = { .format = format, .seconds = 4, .shape = gm_sound_noise };
  g_autofree char *text = NULL;
  gsize length;

  gm_sound_write (path, &sound);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  write_bytes (path, text, length / 2);
}

static void
make_cut_flac (const char *path)
{
  make_cut (path, "flac");
}

static void
make_cut_wav (const char *path)
{
  make_cut (path, "wav");
}

static void
make_cut_m4a (const char *path)
{
  make_cut (path, "m4a");
}

static void
make_folder (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_nothing (const char *path)
{
}

static void
make_video (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (
      "videotestsrc num-buffers=20 ! video/x-raw,width=64,height=64 ! theoraenc ! oggmux name=mux "
      "! "
      "filesink name=out audiotestsrc num-buffers=40 ! audioconvert ! vorbisenc ! mux.",
      &error);
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  bus = gst_element_get_bus (pipeline);
  g_object_set (out, "location", path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 20 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* A FLAC header that promises sound, and noise after it. */
static void
make_damaged (const char *path)
{
  const GmSound sound = { .format = "flac", .seconds = 4, .shape = gm_sound_noise };
  g_autofree char *text = NULL;
  gsize length;

  gm_sound_write (path, &sound);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (gsize i = 9000; i < length; i++)
    text[i] = (char) (i * 131 >> 3);
  write_bytes (path, text, length);
}

static const struct
{
  const char *name;
  void (*make) (const char *path);
  GmErrorCode code;
  const char *words;
} bad_files[] = {
  { "missing.flac", make_nothing, GM_ERROR_NOT_FOUND, "" },
  { "folder.flac", make_folder, GM_ERROR_BAD_DATA, "this is not a file" },
  { "empty.wav", make_empty, GM_ERROR_BAD_DATA, "the file is empty" },
  { "text.flac", make_text, GM_ERROR_BAD_DATA, "this is not a sound file" },
  { "picture.mp3", make_picture, GM_ERROR_BAD_DATA, "this is not a sound file" },
  { "zero.wav", make_zero_seconds, GM_ERROR_BAD_DATA, "the file contains no sound" },
  { "one-frame.wav", make_one_frame, GM_ERROR_BAD_DATA, "the sound is shorter than 10 millisec" },
  { "six-hours.wav", make_six_hours, GM_ERROR_BAD_DATA, "the sound is longer than 4 hours" },
  { "six-hours.flac", make_six_hours_flac, GM_ERROR_BAD_DATA, "the sound is longer than 4 hours" },
  { "six-hours.mp3", make_six_hours_mp3, GM_ERROR_BAD_DATA, "the sound is longer than 4 hours" },
  { "large.wav", make_large, GM_ERROR_BAD_DATA, "the file has 501 MiB, at most 500 are taken" },
  { "cut.flac", make_cut_flac, GM_ERROR_BAD_DATA, "the file is cut off" },
  { "cut.wav", make_cut_wav, GM_ERROR_BAD_DATA, "the file is cut off" },
  { "cut.m4a", make_cut_m4a, GM_ERROR_BAD_DATA, "the file is cut off" },
  { "video.ogg", make_video, GM_ERROR_BAD_DATA, "this is a video, not a sound file" },
  { "damaged.flac", make_damaged, GM_ERROR_BAD_DATA, "the file" },
};

static void
test_bad_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autofree char *path = input (bad_files[i].name);
      g_autoptr (GError) error = NULL;

      bad_files[i].make (path);
      g_assert_null (gm_analysis_run (&(GmAnalysisAsk){ .path = path,
                                                        .directory = outputs,
                                                        .what = GM_ANALYSIS_ALL,
                                                        .preview_start_ms = GM_ANALYSIS_LOUDEST },
                                      NULL, NULL, NULL, &error));
      g_test_message ("%s: %s", bad_files[i].name, error->message);
      g_assert_error (error, GM_ERROR, (int) bad_files[i].code);
      g_assert_nonnull (strstr (error->message, bad_files[i].words));
      g_remove (path);
    }
}

/* One-shots are music too: hardly longer than the shortest that is taken. */
static void
test_shortest (void)
{
  static const char *const formats[] = { "wav", "aiff" }; /* the others round to packets */

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = input ("click");
      const GmSound sound = { .format = formats[i], .seconds = 0.02, .shape = gm_sound_sine };
      g_autoptr (GmAnalysis) analysis = NULL;
      g_autoptr (GError) error = NULL;

      gm_sound_write (path, &sound);
      analysis = gm_analysis_run (
          &(GmAnalysisAsk){ .path = path, .directory = outputs, .what = GM_ANALYSIS_ALL }, NULL,
          NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (analysis->preview->frames, >, 0);
      g_remove (path);
    }
}

/* The name lies, the tags lie, the bytes do not. */
static void
test_wrongly_tagged (void)
{
  g_autofree char *path = input ("photo.jpg");
  const GmSound sound = { .format = "flac",
                          .seconds = 2,
                          .tags = "title=\"  new\\nline \\342\\200\\256 \",genre=\"\\001\"",
                          .shape = gm_sound_sine };
  g_autoptr (GmAnalysis) analysis = NULL;

  gm_sound_write (path, &sound);
  analysis = gm_analysis_run (&(GmAnalysisAsk){ .path = path, .directory = outputs }, NULL, NULL,
                              NULL, NULL);
  g_assert_nonnull (analysis);
  g_assert_cmpstr (analysis->probe->extension, ==, "flac");
  g_test_message ("“%s” “%s”", analysis->probe->title, analysis->probe->genre);
  g_assert_null (strchr (analysis->probe->title, '\n'));
  g_assert_null (strstr (analysis->probe->title, "\xe2\x80\xae"));
  g_assert_null (analysis->measure);
}

/* Reading the tags of a file makes none. */
static void
test_tags_leave_nothing (void)
{
  g_autofree char *good = input ("tags.flac");
  g_autofree char *bad = input ("letter.txt");
  const char *const paths[] = { good, bad };
  const GmSound sound = { .format = "flac", .seconds = 1, .shape = gm_sound_sine };

  gm_sound_write (good, &sound);
  write_bytes (bad, "a letter", 8);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("gm-tags-XXXXXX", NULL);
      g_autoptr (GmAnalysis) analysis = gm_analysis_run (
          &(GmAnalysisAsk){ .path = paths[i], .directory = folder }, NULL, NULL, NULL, NULL);

      g_assert_true ((analysis != NULL) == (i == 0));
      g_assert_cmpint (g_rmdir (folder), ==, 0);
    }
}

static void
test_bad_cover (void)
{
  g_autofree char *path = input ("covered.flac");
  g_autofree char *cover = input ("cover.svg");
  g_autoptr (GBytes) svg = g_bytes_new_static ("<svg/>", 6);
  const GmSound sound = { .format = "flac", .seconds = 1, .picture = svg, .shape = gm_sound_sine };
  GmAnalysisAsk ask = { .path = path, .directory = outputs, .what = GM_ANALYSIS_ARTWORK };
  g_autoptr (GmAnalysis) analysis = NULL;
  g_autoptr (GError) error = NULL;

  gm_sound_write (path, &sound);
  analysis = gm_analysis_run (&ask, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (analysis->picture);

  write_bytes (cover, "<svg/>", 6);
  ask.picture = cover;
  g_assert_null (gm_analysis_run (&ask, NULL, NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_cmpstr (error->message, ==, "the picture is neither JPEG nor PNG");
}

static void
test_picture_and_preview_alone (void)
{
  g_autofree char *cover = input ("cover.png");
  g_autofree char *opus = input ("long.opus");
  const GmSound sound = { .format = "opus", .rate = 48000, .seconds = 31, .shape = gm_sound_sine };
  g_autoptr (GmPicture) picture = NULL;
  g_autoptr (GError) error = NULL;

  make_picture (cover);
  picture = gm_analysis_picture (cover, outputs, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (picture->extension, ==, "jpg");

  gm_sound_write (opus, &sound);
  g_assert_null (gm_analysis_preview (opus, outputs, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

static void
test_walls (void)
{
  g_autofree char *secret = input ("library.key");
  const char *const arguments[] = { "holds", outputs, secret, NULL };
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 held;

  g_setenv ("GM_TEST_SECRET", "1", TRUE);
  write_bytes (secret, "secret", 6);
  result = gm_decode_process_run (arguments, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  held = json_object_get_int_member (result, "held");
  g_test_message ("held: %d", (int) held);
  g_assert_false (json_object_get_boolean_member (result, "hasSecrets"));
  g_assert_true ((held & GM_CONFINE_LIMITS) != 0);
  if ((held & GM_CONFINE_FILES) != 0)
    g_assert_false (json_object_get_boolean_member (result, "canRead"));
  else
    g_test_skip ("this kernel has no Landlock");
  if ((held & GM_CONFINE_CALLS) != 0)
    {
      g_assert_false (json_object_get_boolean_member (result, "canConnect"));
      g_assert_false (json_object_get_boolean_member (result, "canSignal"));
    }
}

/* As on a kernel without Landlock, for this process and its children. */
static void
drop_landlock (void)
{
  struct sock_filter filter[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { .len = G_N_ELEMENTS (filter), .filter = filter };

  g_assert_cmpint (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
  g_assert_cmpint (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
}

static void
test_no_walls (void)
{
  g_autofree char *cover = input ("cover.jpg");
  g_autoptr (GmPicture) refused = NULL;
  g_autoptr (GmPicture) allowed = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  make_picture (cover);
  g_unsetenv ("GM_DECODE_UNCONFINED");
  drop_landlock ();
  refused = gm_analysis_picture (cover, outputs, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "confine"));
  g_clear_error (&error);

  g_setenv ("GM_DECODE_UNCONFINED", "1", TRUE);
  allowed = gm_analysis_picture (cover, outputs, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (allowed);
}

static void
on_progress_cancel (const char *step, double fraction, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancel_kills_the_child (void)
{
  g_autofree char *path = input ("long.wav");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_monotonic_time ();

  make_long (path, 3);
  g_assert_null (gm_analysis_run (
      &(GmAnalysisAsk){ .path = path, .directory = outputs, .what = GM_ANALYSIS_MEASURE },
      on_progress_cancel, cancellable, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 5 * G_USEC_PER_SEC);
}

/* What a child that was taken over might leave behind. */
static void
test_outputs_are_suspected (void)
{
  g_autofree char *good = g_build_filename (outputs, "good", NULL);
  g_autofree char *pointer = g_build_filename (outputs, "link", NULL);
  g_autofree char *twin = g_build_filename (outputs, "twin", NULL);
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  write_bytes (good, "12345", 5);
  found = gm_decode_process_output (outputs, "good", 5, &error);
  g_assert_cmpstr (found, ==, good);
  g_assert_null (gm_decode_process_output (outputs, "good", 4, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_cmpint (symlink ("/etc/hostname", pointer), ==, 0);
  g_assert_null (gm_decode_process_output (outputs, "link", 500, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BUG);
  g_clear_error (&error);
  g_assert_cmpint (link (good, twin), ==, 0);
  g_assert_null (gm_decode_process_output (outputs, "twin", 500, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BUG);
}

static void
test_program_trouble (void)
{
  static const struct
  {
    const char *program;
    GmErrorCode code;
    const char *words;
  } cases[] = {
    { "/nonexistent/gotmusic-decode", GM_ERROR_BUG, "the decoder cannot be started" },
    { "/bin/false", GM_ERROR_BUG, "the decoder ended with status 1" },
    { "crash", GM_ERROR_BAD_DATA, "the decoder crashed on this file" },
    { "liar", GM_ERROR_BUG, "the decoder wrote no result.json" },
  };
  g_autofree char *real = g_strdup (g_getenv ("GM_DECODE_PROGRAM"));
  g_autofree char *crash = input ("crash");
  g_autofree char *liar = input ("liar");

  write_bytes (crash, "#!/bin/sh\nkill -SEGV $$\n", 24);
  write_bytes (liar, "#!/bin/sh\necho done\nsleep 100\n", 30);
  g_chmod (crash, 0700);
  g_chmod (liar, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *program = cases[i].program[0] == '/' ? g_strdup (cases[i].program)
                                                            : input (cases[i].program);
      g_autoptr (GError) error = NULL;

      g_setenv ("GM_DECODE_PROGRAM", program, TRUE);
      g_assert_null (gm_analysis_run (&(GmAnalysisAsk){ .path = "/tmp/x", .directory = outputs },
                                      NULL, NULL, NULL, &error));
      g_assert_error (error, GM_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
  g_setenv ("GM_DECODE_PROGRAM", real, TRUE);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      g_remove (child);
    }
  g_rmdir (path);
}

int
main (int argc, char **argv)
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  directory = g_dir_make_tmp ("analysis-XXXXXX", NULL);
  outputs = g_dir_make_tmp ("analysis-out-XXXXXX", NULL);
  g_test_add_func ("/analysis/everything-in-one-run", test_everything);
  g_test_add_func ("/analysis/bad-files-have-a-sentence", test_bad_files);
  g_test_add_func ("/analysis/the-shortest-is-taken", test_shortest);
  g_test_add_func ("/analysis/tags-leave-nothing-behind", test_tags_leave_nothing);
  g_test_add_func ("/analysis/wrongly-tagged-is-cleaned", test_wrongly_tagged);
  g_test_add_func ("/analysis/bad-cover-costs-the-cover-only", test_bad_cover);
  g_test_add_func ("/analysis/picture-and-preview-alone", test_picture_and_preview_alone);
  g_test_add_func ("/analysis/child-has-walls", test_walls);
  g_test_add_func ("/analysis/without-walls-nothing-is-opened", test_no_walls);
  g_test_add_func ("/analysis/cancel-kills-the-child", test_cancel_kills_the_child);
  g_test_add_func ("/analysis/outputs-are-suspected", test_outputs_are_suspected);
  g_test_add_func ("/analysis/program-trouble-is-told", test_program_trouble);
  status = g_test_run ();
  remove_folder (directory);
  remove_folder (outputs);
  g_free (directory);
  g_free (outputs);
  return status;
}
