/* unixfs-format.h - protobuf numbers of dag-pb nodes and UnixFS data.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

enum
{
  GM_UNIXFS_WIRE_VARINT = 0,
  GM_UNIXFS_WIRE_FIXED64 = 1,
  GM_UNIXFS_WIRE_BYTES = 2,
  GM_UNIXFS_WIRE_FIXED32 = 5,
};

enum
{
  GM_UNIXFS_NODE_DATA = 1,
  GM_UNIXFS_NODE_LINKS = 2,
};

enum
{
  GM_UNIXFS_LINK_HASH = 1,
  GM_UNIXFS_LINK_NAME = 2,
  GM_UNIXFS_LINK_TSIZE = 3,
};

enum
{
  GM_UNIXFS_DATA_TYPE = 1,
  GM_UNIXFS_DATA_CONTENT = 2,
  GM_UNIXFS_DATA_FILESIZE = 3,
  GM_UNIXFS_DATA_BLOCKSIZES = 4,
};

enum
{
  GM_UNIXFS_TYPE_RAW = 0,
  GM_UNIXFS_TYPE_FILE = 2,
};
