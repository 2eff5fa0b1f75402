/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/container.h"

#include <string.h>

#include "base/error.h"

#define OGG_PAGE_MAX_BYTES   65307 /* RFC 3533, section 6 */
#define OGG_FIRST_PACKET     28    /* its page has one lacing value: the packet is short */
#define MP3_SEARCH_MAX_BYTES 65536 /* of padding between a tag and the first frame */

typedef struct
{
  const guint8 *data;
  gsize length;
} Bytes;

static const struct
{
  const char *mime;
  const char *extension;
} kinds[] = {
  [GM_CONTAINER_WAV] = { "audio/wav", "wav" },    [GM_CONTAINER_AIFF] = { "audio/aiff", "aiff" },
  [GM_CONTAINER_FLAC] = { "audio/flac", "flac" }, [GM_CONTAINER_MP3] = { "audio/mpeg", "mp3" },
  [GM_CONTAINER_AAC] = { "audio/aac", "aac" },    [GM_CONTAINER_OGG] = { "audio/ogg", "ogg" },
  [GM_CONTAINER_OPUS] = { "audio/ogg", "opus" },  [GM_CONTAINER_MP4] = { "audio/mp4", "m4a" },
};

const char *
gm_container_mime (GmContainerKind kind)
{
  return kinds[kind].mime;
}

const char *
gm_container_extension (GmContainerKind kind)
{
  return kinds[kind].extension;
}

gint64
gm_container_duration_ms (const GmContainer *container)
{
  if (container->rate == 0)
    return 0;

  return (gint64) (container->frames / container->rate * 1000 +
                   container->frames % container->rate * 1000 / container->rate);
}

/* Callers have checked that the bytes are there. */
static guint64
big_endian (const guint8 *p, guint n_bytes)
{
  guint64 value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value = value << 8 | p[i];

  return value;
}

static guint64
little_endian (const guint8 *p, guint n_bytes)
{
  guint64 value = 0;

  while (n_bytes-- > 0)
    value = value << 8 | p[n_bytes];

  return value;
}

static gboolean
begins (const Bytes *file, gsize offset, const char *text)
{
  gsize n = strlen (text);

  return offset <= file->length && file->length - offset >= n &&
         memcmp (file->data + offset, text, n) == 0;
}

static gboolean
cut_off (guint64 promised, guint64 there, GError **error)
{
  return gm_fail (error, GM_ERROR_BAD_DATA,
                  "the file is cut off: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                  " bytes are there",
                  there, promised);
}

/* ID3v2.4, section 3.1: sizes have seven bits a byte. */
static gsize
skip_id3 (const Bytes *file)
{
  gsize at = 0;

  while (begins (file, at, "ID3") && file->length - at >= 10)
    {
      const guint8 *p = file->data + at;
      gsize size = (gsize) (p[6] & 127) << 21 | (p[7] & 127) << 14 | (p[8] & 127) << 7 |
                   (p[9] & 127);

      at += 10 + size;
    }

  return MIN (at, file->length);
}

typedef struct
{
  guint bytes; /* of the frame, with its header */
  guint rate;
  guint samples;
  guint side_bytes; /* between the header and a Xing tag */
} Mp3Frame;

/* ISO 11172-3, 2.4.2.3: the header of a layer III frame. */
static gboolean
read_mp3_frame (const Bytes *file, gsize at, Mp3Frame *out)
{
  static const guint16 kbits[2][15] = {
    { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160 },
    { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320 },
  };
  static const guint rates[3] = { 44100, 48000, 32000 };
  const guint8 *p = file->data + at;
  guint version, kbit;
  gboolean mono;

  if (at + 4 > file->length || p[0] != 0xff || (p[1] & 0xe6) != 0xe2)
    return FALSE;

  version = p[1] >> 3 & 3; /* 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5 */
  if (version == 1 || p[2] >> 4 == 0 || p[2] >> 4 == 15 || (p[2] >> 2 & 3) == 3)
    return FALSE;

  mono = p[3] >> 6 == 3;
  kbit = kbits[version == 3][p[2] >> 4];
  out->rate = rates[p[2] >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  out->samples = version == 3 ? 1152 : 576;
  out->bytes = out->samples / 8 * kbit * 1000 / out->rate + (p[2] >> 1 & 1);
  out->side_bytes = version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17);
  return TRUE;
}

/* Two frames in a row: one alone is found in any file that is long enough. */
static gboolean
find_mp3_frame (const Bytes *file, gsize from, gsize *at, Mp3Frame *frame)
{
  gsize end = MIN (file->length, from + MP3_SEARCH_MAX_BYTES);

  for (gsize i = from; i + 4 <= end; i++)
    {
      Mp3Frame next;

      if (read_mp3_frame (file, i, frame) && read_mp3_frame (file, i + frame->bytes, &next) &&
          next.rate == frame->rate)
        {
          *at = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_adts (const Bytes *file, gsize at)
{
  for (guint i = 0; i < 2; i++)
    {
      const guint8 *p = file->data + at;
      gsize bytes;

      if (at + 7 > file->length || p[0] != 0xff || (p[1] & 0xf6) != 0xf0)
        return FALSE;
      bytes = (gsize) (p[3] & 3) << 11 | p[4] << 3 | p[5] >> 5;
      if (bytes < 7)
        return FALSE;
      at += bytes;
    }

  return TRUE;
}

gboolean
gm_container_sniff (const guint8 *head, gsize length, GmContainerKind *out, GError **error)
{
  const Bytes file = { head, length };
  gsize start = skip_id3 (&file);
  gsize at;
  Mp3Frame frame;

  if (length == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the file is empty");

  if (begins (&file, 0, "RIFF") && begins (&file, 8, "WAVE"))
    *out = GM_CONTAINER_WAV;
  else if (begins (&file, 0, "FORM") && (begins (&file, 8, "AIFF") || begins (&file, 8, "AIFC")))
    *out = GM_CONTAINER_AIFF;
  else if (begins (&file, start, "fLaC"))
    *out = GM_CONTAINER_FLAC;
  else if (begins (&file, 0, "OggS"))
    *out = begins (&file, OGG_FIRST_PACKET, "OpusHead") ? GM_CONTAINER_OPUS : GM_CONTAINER_OGG;
  else if (begins (&file, 4, "ftyp"))
    *out = GM_CONTAINER_MP4;
  else if (is_adts (&file, start))
    *out = GM_CONTAINER_AAC;
  else if ((start > 0 && start == length) || find_mp3_frame (&file, start, &at, &frame))
    *out = GM_CONTAINER_MP3; /* the tag may be longer than the head */
  else
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "this is not a sound file (WAV, AIFF, FLAC, MP3, Ogg, Opus or M4A)");

  return TRUE;
}

/* RIFF and IFF-85: named chunks of even length. The sound must be all there. */
static gboolean
check_chunks (const Bytes *file, gboolean big, const char *sound, GError **error)
{
  guint64 at = 12;

  while (at + 8 <= file->length)
    {
      const guint8 *p = file->data + at;
      guint64 size = big ? big_endian (p + 4, 4) : little_endian (p + 4, 4);
      gboolean is_sound = memcmp (p, sound, 4) == 0;

      if (is_sound && (size == G_MAXUINT32 || size == 0))
        return TRUE; /* written to a pipe: the length is where the file ends */
      if (at + 8 + size > file->length)
        return cut_off (at + 8 + size, file->length, error);
      if (is_sound)
        return TRUE;

      at += 8 + size + (size & 1);
    }

  return gm_fail (error, GM_ERROR_BAD_DATA, "the file is cut off: it ends before the sound begins");
}

/* RFC 9639, section 8.2: rate is 20 bits, the number of samples 36. */
static gboolean
parse_flac (const Bytes *file, GmContainer *out, GError **error)
{
  gsize at = skip_id3 (file) + 8;

  if (at + 34 > file->length)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the file is cut off inside its header");

  out->rate = (guint) (big_endian (file->data + at + 10, 3) >> 4);
  out->frames = big_endian (file->data + at + 13, 5) & G_GUINT64_CONSTANT (0xfffffffff);
  return TRUE;
}

/* The first frame of a variable-rate file says how many follow ("Xing"; "Info" for constant). */
static gboolean
parse_mp3 (const Bytes *file, GmContainer *out, GError **error)
{
  gsize at, tag;
  Mp3Frame frame;

  if (!find_mp3_frame (file, skip_id3 (file), &at, &frame))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the file has a tag but no sound");

  tag = at + 4 + frame.side_bytes;
  if ((begins (file, tag, "Xing") || begins (file, tag, "Info")) && tag + 12 <= file->length &&
      (file->data[tag + 7] & 1) != 0)
    {
      out->rate = frame.rate;
      out->frames = big_endian (file->data + tag + 8, 4) * frame.samples;
    }

  return TRUE;
}

/* ISO 14496-12, section 4.2: boxes with 32-bit, 64-bit or open length. */
static gboolean
check_boxes (const Bytes *file, GError **error)
{
  gboolean has_index = FALSE;
  guint64 at = 0;

  while (at + 8 <= file->length)
    {
      const guint8 *p = file->data + at;
      guint64 size = big_endian (p, 4);

      if (size == 1 && at + 16 <= file->length)
        size = big_endian (p + 8, 8);
      if (size == 0)
        size = file->length - at;
      if (size < 8)
        return gm_fail (error, GM_ERROR_BAD_DATA, "the file is damaged at byte %" G_GUINT64_FORMAT,
                        at);
      if (size > file->length - at)
        return cut_off (size > G_MAXUINT64 - at ? G_MAXUINT64 : at + size, file->length, error);

      has_index |= memcmp (p + 4, "moov", 4) == 0;
      at += size;
    }

  return has_index ||
         gm_fail (error, GM_ERROR_BAD_DATA, "the file is cut off: its index is missing");
}

/* RFC 3533, section 6: the last page carries flag 4 and the position of the end. */
static gboolean
find_last_page (const Bytes *file, gsize *at)
{
  gsize least = file->length > OGG_PAGE_MAX_BYTES ? file->length - OGG_PAGE_MAX_BYTES : 0;

  for (gsize i = file->length < 27 ? 0 : file->length - 27 + 1; i > least; i--)
    if (begins (file, i - 1, "OggS"))
      {
        *at = i - 1;
        return TRUE;
      }

  return FALSE;
}

static gboolean
parse_ogg (const Bytes *file, GmContainer *out, GError **error)
{
  gsize at, end;
  guint64 skip = 0;
  const gsize first = OGG_FIRST_PACKET;

  if (!find_last_page (file, &at) || (file->data[at + 5] & 4) == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the file is cut off: its last page is missing");

  end = at + 27 + file->data[at + 26];
  for (gsize i = at + 27; i < MIN (at + 27 + file->data[at + 26], file->length); i++)
    end += file->data[i];
  if (end > file->length)
    return cut_off (end, file->length, error);

  if (begins (file, first, "OpusHead") && first + 12 <= file->length)
    {
      out->rate = 48000;                                 /* RFC 7845, section 4 */
      skip = little_endian (file->data + first + 10, 2); /* frames before the beginning */
    }
  else if (begins (file, first, "\1vorbis") && first + 16 <= file->length)
    out->rate = (guint) little_endian (file->data + first + 12, 4);
  else
    return TRUE;

  out->frames = little_endian (file->data + at + 6, 8);
  out->frames = out->frames < G_MAXINT64 && out->frames > skip ? out->frames - skip : 0;
  return TRUE;
}

gboolean
gm_container_parse (const guint8 *data, gsize length, GmContainer *out, GError **error)
{
  const Bytes file = { data, length };
  GmContainer found = { 0 };
  gboolean whole = TRUE;

  if (!gm_container_sniff (data, length, &found.kind, error))
    return FALSE;

  switch (found.kind)
    {
    case GM_CONTAINER_WAV: whole = check_chunks (&file, FALSE, "data", error); break;
    case GM_CONTAINER_AIFF: whole = check_chunks (&file, TRUE, "SSND", error); break;
    case GM_CONTAINER_FLAC: whole = parse_flac (&file, &found, error); break;
    case GM_CONTAINER_MP3: whole = parse_mp3 (&file, &found, error); break;
    case GM_CONTAINER_OPUS:
    case GM_CONTAINER_OGG: whole = parse_ogg (&file, &found, error); break;
    case GM_CONTAINER_MP4: whole = check_boxes (&file, error); break;
    case GM_CONTAINER_AAC:
    default: break;
    }
  if (!whole)
    return FALSE;

  if (found.rate == 0 || found.frames == 0)
    found.rate = 0, found.frames = 0;
  *out = found;
  return TRUE;
}

gboolean
gm_container_load (const char *path, GmContainer *out, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);

  if (file == NULL)
    {
      gm_error_adopt (error);
      return FALSE;
    }

  return gm_container_parse ((const guint8 *) g_mapped_file_get_contents (file),
                             g_mapped_file_get_length (file), out, error);
}
