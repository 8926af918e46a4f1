/// \file
/// What the fuzzers of the picture formats run on any bytes, shared with the test that replays the corpus.
#pragma once

#include <cstdint>
#include <span>

#include "base/check.h"
#include "image/line_image.h"
#include "image/picture_file.h"

namespace nakawari::fuzz {

/// A picture that can be read can be used and written, and what is written is read again as the same.
inline void picture(std::span<const std::uint8_t> bytes) {
  const auto read = decode_picture(bytes, "x");
  if (!read) {
    NAKAWARI_CHECK(!read.error().message.empty());
    return;
  }
  NAKAWARI_CHECK(read->width > 0 && read->height > 0);
  NAKAWARI_CHECK(read->data.size() ==
                 static_cast<std::size_t>(read->width) * static_cast<std::size_t>(read->height));
  if (read->data.size() > 100'000) return;  // large pages only slow the search down
  const LineImage lines = classify_lines(*read);
  NAKAWARI_CHECK(lines.width() == read->width && lines.height() == read->height);
  const auto written = encode_picture(*read, PictureFormat::png);
  NAKAWARI_CHECK(written.has_value());
  const auto again = decode_picture(*written, "x.png");
  NAKAWARI_CHECK(again.has_value());
  for (std::size_t i = 0; i < read->data.size(); ++i)
    NAKAWARI_CHECK(again->data[i] == read->data[i] || (again->data[i].a == 0 && read->data[i].a == 0));
}

}  // namespace nakawari::fuzz
